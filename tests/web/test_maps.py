"""Maps of the parts of a region: outlines where they are shipped, tiles where not."""

from __future__ import annotations

import re

import pytest

from app.domain import regions
from app.web.maps import picture_of, tiles_of

SIGN, LINE, LETTER, WIDTH = 1, 40, 18, 1_000


def kecamatan(code: str) -> list[str]:
    return [row.code for row in regions.children_of(code)]


def kabupaten() -> list[str]:
    return [row.code for row in regions.children_of("64")]


def test_each_kabupaten_of_kaltim_has_the_outlines_of_all_its_kecamatan(session: object):
    for code in kabupaten():
        codes = kecamatan(code)
        picture = picture_of(codes, dict.fromkeys(codes, 50.0), str, named=False)
        assert picture is not None, code
        assert picture.kind == "outline"
        assert [part["code"] for part in picture.parts] == codes
        assert {part["href"] for part in picture.parts} == set(codes)
        assert [part["name"] for part in picture.parts] == [row.name for row in regions.children_of(code)]
        _, _, width, height = map(int, picture.view_box.split())
        for part in picture.parts:
            assert re.fullmatch(r"(M\d+,\d+l[-\d, ]+z)+", part["d"])
            x, y = part["label"][:2]
            assert 0 <= x <= width
            assert 0 <= y <= height


def test_names_on_a_map_of_kecamatan_lie_on_no_other_name(session: object):
    for code in kabupaten():
        codes = kecamatan(code)
        picture = picture_of(codes, {}, str, named=False)
        assert picture is not None
        boxes = [box(part["label"], len(part["short_name"])) for part in picture.parts if part["short_name"]]
        assert len(boxes) >= len(codes) / 2
        for number, one in enumerate(boxes):
            assert not any(meet(one, other) for other in boxes[number + 1 :]), code


def box(label: list[object], letters: int) -> tuple[float, float, float, float]:
    x, y, side = label[0], label[1], label[2] if len(label) > 2 else ""
    assert isinstance(x, int)
    assert isinstance(y, int)
    width = letters * LETTER
    left = {"": x - width / 2, "start": x, "end": x - width}[str(side)]
    return left, y - LINE, left + width, y


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_the_province_keeps_its_own_map(session: object):
    picture = picture_of(kabupaten(), {}, str)
    assert picture is not None
    assert (picture.kind, len(picture.parts)) == ("outline", 10)


@pytest.mark.parametrize("codes", [[], ["64.03.01", "65.01.01"]])
def test_what_no_file_has_in_whole_has_no_outlines(codes: list[str]):
    assert picture_of(codes, {}, str, named=False) is None


def test_who_wants_every_name_on_the_map_gets_no_outlines_of_kecamatan(session: object):
    assert picture_of(kecamatan("64.03"), {}, str) is None


def test_tiles_stand_in_the_order_of_codes_so_many_in_a_row(session: object):
    names = {row.code: row.title for row in regions.children_of("64.03")}
    picture = tiles_of(names, {"64.03.01": 40.0}, lambda code: f"/{code}", 3)
    assert (picture.kind, picture.cols, picture.rows) == ("tiles", 3, 5)
    spots = [(part["row"], part["col"]) for part in picture.parts]
    assert spots == sorted(spots)
    assert len(set(spots)) == len(names)
    assert (picture.parts[0]["percent"], picture.parts[1]["percent"]) == (40.0, None)
    assert [part["href"] for part in picture.parts] == [f"/{code}" for code in sorted(names)]
