"""What a document may load: its own assets, and nothing of the world."""

from __future__ import annotations

import pytest

from app.documents.fetching import OwnAssets, RefusedAddress

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    "address",
    [
        "http://attacker.example/x.png",
        "https://attacker.example/x.css",
        "ftp://attacker.example/x",
        "file:///etc/passwd",
        "file://./shapes.ttf",
        "data:text/css,p{color:red}",
        "/etc/passwd",
        "desk:../pdf.py",
        "desk:make_shapes.py",
        "desk:photo-1",
        "desk:",
        "DESK:shapes.ttf",
    ],
)
def test_it_refuses_every_other_address(address):
    with pytest.raises(RefusedAddress):
        OwnAssets({"photo-0": b"x"}).fetch(address)


def test_it_serves_its_font_and_its_own_pictures():
    assets = OwnAssets({"photo-0": b"\xff\xd8\xff picture"})
    assert assets.fetch("desk:photo-0").read() == b"\xff\xd8\xff picture"
    assert assets.fetch("desk:shapes.ttf").read()[:4] == b"\x00\x01\x00\x00"


def test_it_opens_no_drawing_that_poses_as_a_photo():
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://attacker.example/x.png"/></svg>'
    assert OwnAssets({"photo-0": drawing}).fetch("desk:photo-0").read() == b""
