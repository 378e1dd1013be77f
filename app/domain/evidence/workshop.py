"""Opens photos and PDFs that nobody has vouched for: a program of its own, which `intake.py` starts.

A picture or a PDF of one megabyte can unfold to gigabytes or crash its reader. Here that costs one
short-lived process under the ceiling of `app/ceiling.py`, without the application's keys in its environment, and
the web process never loads Pillow or qpdf. It reads the file from standard input and writes one line of JSON,
then the new bytes; the last `thumbnail` of them (a number in that line) are the small picture.
"""

from __future__ import annotations

import importlib
import io
import json
import math
import re
import sys
from typing import Any

Answer = dict[str, Any]


class Refused(Exception):
    """The file is not taken in; the argument says why, in a word that `intake.py` turns into a sentence."""


# --- Photos -------------------------------------------------------------------------------------------------

_ORIENTATION, _EXIF, _GPS = 0x0112, 0x8769, 0x8825
_TAKEN, _DIGITISED, _OFFSET = 0x9003, 0x9004, 0x9011
_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}


def redraw(data: bytes, job: Answer) -> tuple[Answer, bytes]:
    """Draw the picture anew: upright, at most `longest` pixels a side, without any metadata.

    Returns what the metadata said of time and place, beside the new size and kind; after the picture's bytes
    stand those of a small one, `thumbnail` of them. Raises Refused.
    """
    image = _opened(data, job["kind"])
    width, height = image.size
    if width * height > job["pixels"]:
        raise Refused("pixels")
    if getattr(image, "is_animated", False):
        raise Refused("moving")
    told = _told(image)
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    if job["kind"] == "jpeg":
        image.draft(
            "RGB", (job["longest"], job["longest"])
        )  # decode at a fraction: a sixteenth of the memory
    image.load()
    picture = _plain_mode(image)
    always = job["always_png"]
    keep_png = always or (job["kind"] == "png" and picture.getcolors(job["colours"]) is not None)
    picture.thumbnail((job["longest"], job["longest"]))
    if turn is not None:
        from PIL.Image import Transpose

        picture = picture.transpose(Transpose[turn])
    picture.info = {}  # Pillow writes comments and colour profiles that it finds here
    kind, content = "png", _as_png(picture) if keep_png else b""
    if not content or (len(content) > job["png"] and not always):
        kind, content = "jpeg", _as_jpeg(picture, job["quality"])
    found = {"kind": kind, "width": picture.width, "height": picture.height, **told}
    picture.thumbnail((job["thumbnail"], job["thumbnail"]))
    small = _as_jpeg(picture, job["thumbnail_quality"])
    return {**found, "thumbnail": len(small)}, content + small


def _opened(data: bytes, kind: str) -> Any:
    # The plugin itself, not Image.open(): the latter tries every format that was ever written.
    from PIL import JpegImagePlugin, PngImagePlugin, WebPImagePlugin

    plugins: dict[str, Any] = {
        "jpeg": JpegImagePlugin.JpegImageFile,
        "png": PngImagePlugin.PngImageFile,
        "webp": WebPImagePlugin.WebPImageFile,
    }
    return plugins[kind](io.BytesIO(data))


def _plain_mode(image: Any) -> Any:
    if image.mode.startswith("I"):  # 16 bits a pixel: scaled, because converting alone would clip it to white
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image.convert("L") if image.mode in ("1", "L") else image.convert("RGB")


def _as_png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _as_jpeg(picture: Any, quality: int) -> bytes:
    if picture.mode == "RGBA":
        from PIL import Image

        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _told(image: Any) -> Answer:
    """Time and place from the metadata; nonsense in there is no reason to refuse the picture."""
    told: Answer = {}
    try:
        exif = image.getexif()
        details = exif.get_ifd(_EXIF)
        told["taken"] = _time(details.get(_TAKEN) or details.get(_DIGITISED))
        told["offset"] = _offset(details.get(_OFFSET))
        gps = exif.get_ifd(_GPS)
        north, east = _degrees(gps.get(2), gps.get(1), "S", 90), _degrees(gps.get(4), gps.get(3), "W", 180)
        if north is not None and east is not None and (north, east) != (0, 0):
            told["latitude"], told["longitude"] = f"{north:.6f}", f"{east:.6f}"
    except Exception:  # decoders of other people's metadata fail in every way there is
        return told
    return told


def _time(value: Any) -> str | None:
    match = re.fullmatch(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", str(value or "").strip("\x00 "))
    return f"{match[1]}-{match[2]}-{match[3]}T{match[4]}" if match else None


def _offset(value: Any) -> str:
    match = re.fullmatch(r"[+-](?:0\d|1[0-4]):[0-5]\d", str(value or "").strip("\x00 "))
    return match[0] if match else ""


def _degrees(parts: Any, side: Any, negative: str, most: int) -> float | None:
    if parts is None or len(parts) != 3:
        return None
    degrees: float = sum(float(part) / 60.0**power for power, part in enumerate(parts))
    if not math.isfinite(degrees) or not 0 <= degrees <= most:
        return None
    return -degrees if str(side).strip("\x00 ").upper() == negative else degrees


# --- PDF ----------------------------------------------------------------------------------------------------

_FORBIDDEN_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"})
_FORBIDDEN_NAMES = {
    "/S": frozenset(
        {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/GoToR"}
    ),
    "/Type": frozenset({"/EmbeddedFile"}),
    "/Subtype": frozenset({"/RichMedia", "/3D", "/Movie", "/Screen", "/Sound", "/FileAttachment"}),
}


def read_pdf(data: bytes, job: Answer) -> tuple[Answer, bytes]:
    """Count the pages and look at every object for anything that acts or carries files. Raises Refused.

    The PDF itself stays as it is, byte for byte: saving it anew would break an electronic signature.
    """
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    with pdf:
        if len(pdf.objects) > job["objects"]:
            raise Refused("heavy")
        pages = len(pdf.pages)
        if pages == 0:
            raise Refused("broken")
        if pages > job["pages"]:
            raise Refused("pages")
        for thing in pdf.objects:
            _refuse_acting(thing)
        _refuse_unread(" ".join(pdf.get_warnings()))
    return {"kind": "pdf", "pages": pages}, b""


def _refuse_unread(warnings: str) -> None:
    """qpdf goes on without an object stream that it cannot unfold; what nobody has read is not taken in."""
    if "bad_alloc" in warnings:
        raise Refused("heavy")
    if "error decoding stream data" in warnings:
        raise Refused("broken")


def _refuse_acting(thing: Any) -> None:
    from pikepdf import Array, Dictionary, Name, Stream

    waiting = [thing]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Array):
            children = list(item)
        elif isinstance(item, Dictionary | Stream):
            children = []
            for key, value in item.items():
                if key in _FORBIDDEN_KEYS:
                    raise Refused("acting")
                if isinstance(value, Name) and str(value) in _FORBIDDEN_NAMES.get(key, ()):
                    raise Refused("acting")
                children.append(value)
        else:
            continue
        waiting.extend(
            child for child in children if isinstance(child, Array | Dictionary) and not child.is_indirect
        )


# --- The program --------------------------------------------------------------------------------------------


def answer(data: bytes, job: Answer) -> tuple[Answer, bytes]:
    """What the job yields, or {"refused": word}; a library that is not there is an error, not a refusal."""
    work = read_pdf if job["kind"] == "pdf" else redraw
    importlib.import_module("pikepdf" if work is read_pdf else "PIL")
    try:
        return work(data, job)
    except Refused as refusal:
        return {"refused": str(refusal)}, b""
    except MemoryError:
        return {"refused": "heavy"}, b""
    except Exception:  # a broken or hostile file makes its reader fail in every way there is
        return {"refused": "broken"}, b""


def main() -> None:
    """Read the job from the first argument and the file from standard input; write the answer."""
    job = json.loads(sys.argv[1])
    found, content = answer(sys.stdin.buffer.read(), job)
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
