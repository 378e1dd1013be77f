"""What the desk still lacks, on its admin's front page, each with the page that puts it right."""

from __future__ import annotations

from flask import current_app

from app.domain import preparing
from app.domain.accounts import Permission, State
from app.domain.preparing import Step
from app.web.access import current_user
from app.web.context import election

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
    "units": "/perangkat-daerah",
    "holidays": "/libur",
    "backup": "/bantuan/memasang",
    "worker": "/bantuan",
}
"""Step -> the page where it is put right."""


def missing_steps(region_code: str) -> list[tuple[Step, str]]:
    """The steps and the addresses of their pages; none for whoever does not manage people in this region."""
    if not current_user.may(Permission.PEOPLE_MANAGE, region=region_code):
        return []
    data = current_app.config["SETTINGS"].data_dir
    found = preparing.missing_steps(current_user, region_code, data=data)
    return [(step, _address(step, region_code)) for step in found]


def _address(step: Step, region_code: str) -> str:
    """The page, narrowed to what the step counted."""
    narrowed = {
        "newcomers": lambda: f"?keadaan={State.NEVER.value}&wilayah={region_code}",
        "holidays": lambda: f"?tahun={election().voting_day.year}",
    }.get(step.name)
    return MENDED_AT[step.name] + (narrowed() if narrowed else "")
