"""/libur: days on which offices are closed, and counting working days by them."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from flask import Blueprint, flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import data
from app.blueprints.holidays.effects import effects
from app.blueprints.holidays.forms import HolidayForm, PasteForm, WorkDaysForm
from app.blueprints.stages.forms import choices
from app.blueprints.stages.reach import MANAGE, region_choices
from app.domain import regions, stages
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotNow
from app.domain.stages import EVERYWHERE, Day, Holiday, HolidayKind
from app.extensions import db
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.web.context import election, today_in
from app.web.forms import FIRST_DAY, LAST_DAY, DeedForm, small_number
from app.web.sources import Source, source_of

bp = Blueprint("holidays", __name__)
SHIPPED = "libur.csv"


class HolidayRow(NamedTuple):
    """A day with its words, and whether this person may change it."""

    holiday: Holiday
    kind: str
    region: str
    decree: str
    source: Source
    may_change: bool


class Counted(NamedTuple):
    """The answer of the calculator: the day, the closed weekdays in between, and years whose list is empty."""

    since: dt.date
    number: int
    day: dt.date
    closed: int
    unknown_years: tuple[int, ...]


def _year(today: dt.date) -> int:
    asked = small_number(request.args.get("tahun", ""))
    return asked if asked is not None and FIRST_DAY.year <= asked <= LAST_DAY.year else today.year


def may_set(region_code: str) -> bool:
    """Whether this person may set days there; those of the whole country are set by who governs the election."""
    if region_code != EVERYWHERE:
        return current_user.may(MANAGE, region=region_code)
    if "sets_everywhere" not in g:
        g.sets_everywhere = current_user.may(MANAGE) and stages.may_govern(current_user, MANAGE, election())
    return bool(g.sets_everywhere)


@bp.get("/libur")
@requires(Permission.CALENDAR_READ)
def index() -> ResponseReturnValue:
    """The days of a year in a region, the calculator, and for who may, what adds to the list."""
    return list_page()


def list_page(
    form: HolidayForm | None = None,
    paste: PasteForm | None = None,
    problems: tuple[tuple[int, str], ...] = (),
    status: int = 200,
) -> ResponseReturnValue:
    """The page of the list, with forms as they were typed."""
    region = regions.find(reach.asked_region(Permission.CALENDAR_READ))
    today = today_in(region.code)
    year, known = _year(today), stages.years_with_holidays()
    counting = WorkDaysForm.asked()
    counted = None
    if "n" in request.args:
        status = 200 if counting.validate() else 422
        if status == 200 and counting.since.data and counting.number.data is not None:
            counted = _count(counting.since.data, counting.number.data, region.code, known)
    shipped = stages.unknown_of(_shipped()) if may_set(EVERYWHERE) else []
    page = render_template(
        "holidays/index.html",
        region=region,
        year=year,
        years=sorted({*known, today.year, today.year + 1, year}),
        rows=_rows(stages.holidays_in(year, region.code)),
        is_known=year in known,
        counting=counting,
        counted=counted,
        form=form or offered(HolidayForm(formdata=None)),
        paste=paste or PasteForm(formdata=None),
        problems=problems,
        may_add=current_user.may(MANAGE),
        may_everywhere=may_set(EVERYWHERE),
        shipped=len(shipped),
        shipped_effects=effects(added=shipped) if shipped else [],
    )
    return page, status


def _count(since: dt.date, number: int, region_code: str, known: list[int]) -> Counted:
    day = stages.nth_working_day(since, number, region_code)
    first, last = min(since, day), max(since, day)
    closed = stages.free_days(region_code, first, last)
    return Counted(
        since,
        number,
        day,
        sum(stages.is_working_day(one, ()) for one in closed),
        tuple(year for year in range(first.year, last.year + 1) if year not in known),
    )


def _rows(holidays: list[Holiday]) -> list[HolidayRow]:
    names = regions.names_of({one.region_code for one in holidays if one.region_code})
    may = {code: may_set(code) for code in {one.region_code for one in holidays}}
    return [
        HolidayRow(
            one,
            HolidayKind(one.kind).label,
            names.get(one.region_code, "Seluruh Indonesia") if one.region_code else "Seluruh Indonesia",
            one.source.partition("; http")[0],
            source_of(one.source),
            may[one.region_code],
        )
        for one in holidays
    ]


def _shipped() -> list[Day]:
    return stages.days_from_rows(data.rows(SHIPPED))


def offered(form: HolidayForm) -> HolidayForm:
    """The kinds and regions that this person may choose from."""
    kinds = [kind for kind in HolidayKind if kind is HolidayKind.REGIONAL or may_set(EVERYWHERE)]
    form.kind.choices = choices([(kind.value, kind.label) for kind in kinds])
    reach = current_user.reach(MANAGE)
    there = region_choices(reach, form.region_code.data or reach[0]) if reach else []
    form.region_code.choices = choices([("", "Seluruh Indonesia"), *there])
    return form


@bp.post("/libur")
@requires(MANAGE)
def add() -> ResponseReturnValue:
    """Put a day on the list. The same sending twice adds one."""
    form = offered(HolidayForm())
    if not form.validate():
        return list_page(form, status=422)
    try:
        if form.is_first_sending():
            said = form.said()
            stages.add_holiday(said, by=current_user)
            flash(f"{said.name} sudah ada dalam daftar.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return list_page(form, status=422)
    return htmx.see_other(url_for(".index", tahun=form.said().day.year))


@bp.post("/libur/tempel")
@requires(MANAGE)
def paste() -> ResponseReturnValue:
    """Add many national days at once, all or none; days that are there already are left alone."""
    form = PasteForm()
    if not form.validate():
        return list_page(paste=form, status=422)
    read = stages.read_lines(form.lines.data)
    if read.problems:
        form.tell(len(read.problems))
        return list_page(paste=form, problems=read.problems, status=422)
    if form.is_first_sending():
        _told(stages.add_unknown(read.days, by=current_user), len(read.days))
    db.session.commit()
    return htmx.see_other(url_for(".index", tahun=read.days[0].day.year))


@bp.post("/libur/muat")
@requires(MANAGE)
def load() -> ResponseReturnValue:
    """Add the shipped days that are not on the list."""
    shipped = _shipped()
    _told(stages.add_unknown(shipped, by=current_user), len(shipped))
    db.session.commit()
    return htmx.see_other(url_for(".index"))


def _told(added: int, said: int) -> None:
    there = f" {said - added} sudah ada dan tidak diubah." if said > added else ""
    flash(f"{added} hari ditambahkan.{there}", "ok")


@bp.get("/libur/<int:holiday_id>")
@requires(MANAGE)
def show(holiday_id: int) -> ResponseReturnValue:
    """One day, to be changed or taken off the list."""
    holiday = stages.find_holiday(holiday_id)
    names = ("day", "name", "kind", "region_code", "source", "version")
    said: dict[str, Any] = {name: getattr(holiday, name) for name in names}
    form = HolidayForm(formdata=None, data=said)
    return one_page(holiday, offered(form))


def one_page(
    holiday: Holiday, form: HolidayForm, status: int = 200, overtaken: str = ""
) -> ResponseReturnValue:
    """The page of one day, with the form as it was typed, and what taking it off the list would move."""
    page = render_template(
        "holidays/show.html",
        row=_rows([holiday])[0],
        form=form,
        overtaken=overtaken,
        effects=effects(removed=holiday) if may_set(holiday.region_code) else [],
    )
    return page, status


@bp.post("/libur/<int:holiday_id>")
@requires(MANAGE)
def change(holiday_id: int) -> ResponseReturnValue:
    """Say a day otherwise. 409 where somebody else was quicker."""
    holiday, form = stages.find_holiday(holiday_id), offered(HolidayForm())
    if not form.validate():
        return one_page(holiday, form, 422)
    try:
        if form.is_first_sending():
            said = form.said()
            stages.change_holiday(holiday, said, version=form.version.data or 0, by=current_user)
            flash("Perubahan sudah disimpan.", "ok")
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return one_page(holiday, form, 422)
    except NotNow as refusal:
        db.session.rollback()
        return one_page(stages.find_holiday(holiday_id), form, 409, refusal.message)
    return htmx.see_other(url_for(".index", tahun=form.said().day.year))


@bp.post("/libur/<int:holiday_id>/hapus")
@requires(MANAGE)
def remove(holiday_id: int) -> ResponseReturnValue:
    """Take a day off the list; the trail keeps it, and it may be added again."""
    holiday, form = stages.find_holiday(holiday_id), DeedForm()
    if not form.validate():
        raise Invalid("Formulir ini tidak lengkap. Buka lagi hari libur itu, lalu ulangi.")
    year = holiday.day.year
    if form.is_first_sending():
        stages.remove_holiday(holiday, version=form.version.data, by=current_user)
        flash(f"{holiday.name} tidak dihitung lagi sebagai hari libur.", "ok")
    db.session.commit()
    return htmx.see_other(url_for(".index", tahun=year))


from app.blueprints.holidays import checking  # noqa: E402, F401  (it adds its views to bp)
