"""Whatever people write comes out as words on every paper: no file is read, nobody is asked, and it gets done."""

from __future__ import annotations

import dataclasses
import io
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest

from app.documents.list_snapshot import ListColumn, RegisterList
from app.documents.pack_order import PackPaper
from app.documents.pack_paper import render_pack_pdf
from app.documents.pdf import render_blank_pdf, render_list_pdf, render_pdf
from app.documents.report_paper import render_report_pdf
from tests.documents import cast, reading, report_cast
from tests.documents.test_letterhead import FULL
from tests.documents.test_pack_paper import pack

pytestmark = [pytest.mark.one_database, pytest.mark.slow]

NOT_WORDS = frozenset(
    {
        *(
            "kind",
            "standing",
            "mode",
            "paper",
            "zone",
            "region_level",
            "region_code",
            "code",
            "sha256",
            "logo_sha256",
        ),
        *(
            "state",
            "mark",
            "grade",
            "grade_before",
            "key",
            "size",
            "address",
            "hash",
            "area",
            "unit_kind",
            "template",
        ),
    }
)
"""Fields whose values are ours: chosen from a list, never typed."""
LISTED = RegisterList(
    title="Daftar kejadian",
    region_name="Kabupaten Berau",
    region_code="64.03",
    places="Semua kecamatan",
    election_name="Pemilihan Serentak Tahun 2024",
    desk_name="Desk Pilkada Kabupaten Berau",
    letterhead=FULL.letterhead,
    filters=("Sejak 1 November 2024",),
    columns=(ListColumn("Nomor", 30), ListColumn("Uraian", 120)),
    rows=(("1", "Jalan putus"), ("2", "Listrik padam")),
    sums=(("Jumlah", "2"),),
    audit_head=cast.untouched().audit_head,
    made_by="Operator Berau",
    made_at=cast.AS_OF,
    zone="Asia/Makassar",
)
PAPERS: dict[str, Callable[[str], bytes]] = {
    "the checklist": lambda word: render_pdf(spoilt(cast.berau(items=3, evidence=1), word)),
    "the letterhead": lambda word: render_pdf(spoilt(FULL, word)),
    "the blank checklist": lambda word: render_blank_pdf(spoilt(cast.blank(4), word)),
    "a register's list": lambda word: render_list_pdf(spoilt(LISTED, word)),
    "a report": lambda word: render_report_pdf(spoilt(report_cast.daily(), word), report_cast.ENDORSED, {}),
    "a compilation": lambda word: render_report_pdf(
        spoilt(report_cast.compiled(), word), report_cast.MARKS, {}
    ),
    "the pack of a Monday": lambda word: render_pack_pdf(PackPaper(spoilt(pack(2), word), "kertas")),
}
WORDS = {
    "letters that run backwards": "\u202eterbalik\u202c \u2067kanan\u2069 \u200f\u05d0\u05d1 \u0627\u0644",
    "emoji": "\U0001f9d1\u200d\U0001f9d2 \U0001f1ee\U0001f1e9 \U0001f3f4\U000e0067\U000e007f \u2764\ufe0f",
    "marks upon marks": "e"
    + "\u0301\u0323\u20dd" * 20
    + " \ufb01 \u1e9e \U0001d538 \ue000 \U0010ffff \ufffd",
    "what Python and Jinja would read": "{{ 7*7 }} {% raw %} ${7*7} %(x)s {0} \\n \\",
    "breaks of every kind": "a\u2028b\u2029c\u00a0d\u200be\ufefff\tg",
}


def spoilt(thing: Any, word: str, name: str = "") -> Any:
    """The snapshot with the word behind each text in it that people may have typed."""
    if isinstance(thing, str):
        is_ours = name in NOT_WORDS or (
            thing.replace("_", "").replace("-", "").islower() and " " not in thing
        )
        return thing if is_ours or not thing else f"{thing} {word}"
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = {
            f.name: spoilt(getattr(thing, f.name), word, f.name) for f in dataclasses.fields(thing) if f.init
        }
        return dataclasses.replace(thing, **fields)
    if isinstance(thing, tuple) and hasattr(thing, "_asdict"):
        return thing._replace(**{key: spoilt(value, word, key) for key, value in thing._asdict().items()})
    if isinstance(thing, tuple):
        return tuple(spoilt(one, word, name) for one in thing)
    return thing


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody on this machine who would hear a paper that asks for something."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


@pytest.mark.parametrize("paper", list(PAPERS))
def test_an_address_in_a_text_is_printed_and_never_asked(paper: str, listener: socket.socket):
    here = f"http://127.0.0.1:{listener.getsockname()[1]}"
    word = (
        f'<img src="{here}/1"><img src=file:///etc/passwd><link rel=attachment href=file:///etc/passwd>'
        f"<style>@import url({here}/2); p{{background:url({here}/3)}}</style>"
        f'<object data="{here}/4"></object></p></td></table> url(file:///etc/passwd) ]]>'
    )
    made = PAPERS[paper](word)
    said = "".join(reading.text(made).split())
    assert "<imgsrc=file:///etc/passwd>" in said
    assert "root:x:" not in said
    with pikepdf.open(io.BytesIO(made)) as document:
        assert not [name for name in document.attachments if "passwd" in name]
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize("paper", [name for name in PAPERS if name not in ("the checklist", "a compilation")])
def test_no_letter_of_any_script_stops_a_paper(paper: str):
    assert reading.pages(PAPERS[paper](" ".join(WORDS.values())))


LONG = "kata " * 20_000


def a_report() -> bytes:
    told = report_cast.daily()
    first, *others = told.sections
    return render_report_pdf(
        told._replace(sections=(first._replace(text=LONG), *others)), report_cast.MARKS, {}
    )


def a_list() -> bytes:
    return render_list_pdf(dataclasses.replace(LISTED, rows=(("1", LONG),)))


@pytest.mark.parametrize("made", [a_report, a_list])
def test_a_text_of_a_hundred_thousand_letters_gets_printed(made: Callable[[], bytes]):
    assert len(reading.pages(made())) > 5
