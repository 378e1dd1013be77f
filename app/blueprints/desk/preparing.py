"""What the desk still lacks, on its admin's front page, each with the page that puts it right."""

from __future__ import annotations

from app.domain import preparing
from app.domain.accounts import Permission
from app.domain.preparing import Step
from app.web.access import current_user

MENDED_AT = {
    "election": "/pemilihan",
    "stages": "/tahapan",
    "entries": "/pustaka",
    "people-operator": "/orang",
    "people-penyelia": "/orang",
    "signatory": "/orang",
    "figures": "/angka-acuan",
    "letterhead": "/kop-surat",
    "newcomers": "/orang",
    "worker": "/bantuan",
}
"""Step -> the page where it is put right."""


def missing_steps(region_code: str) -> list[tuple[Step, str]]:
    """The steps and the paths of their pages; none for whoever does not manage people in this region."""
    if not current_user.may(Permission.PEOPLE_MANAGE, region=region_code):
        return []
    found = preparing.missing_steps(current_user, region_code)
    return [(step, MENDED_AT[step.name]) for step in found]
