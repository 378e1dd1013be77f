"""/pelaporan/irama: when reports are owed, set by a desk for itself and those below, and what a change moves."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.reports.chasing_forms import FollowForm
from app.blueprints.reports.rhythm_forms import RhythmForm
from app.blueprints.reports.routes import bp
from app.blueprints.stages.forms import LOOKED, asked, carried
from app.domain import clock, regions, reports, stages
from app.domain.accounts import Permission
from app.domain.errors import Invalid, NotFound
from app.domain.regions import Level, RegionRow
from app.domain.reports import Following, Kind, RhythmRow
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.web.context import election
from app.words import angka, tanggal, tanggal_pendek

ARRANGE = Permission.REPORT_ARRANGE
LEVELS = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)


class Shown(NamedTuple):
    """A kind's rhythm in words."""

    row: RhythmRow
    whose: str
    days: str
    cut_off: str
    due: str
    locks: str
    escalates: str
    """After how long a report that nobody verified is shown to the desk above: "2 jam"."""


@bp.get("/pelaporan/irama")
@requires(ARRANGE)
def rhythms() -> ResponseReturnValue:
    """The rhythm of each kind in a region (`?wilayah=`)."""
    region = arranged_region()
    names = {row.code: row.title for row in regions.path_of(region.code)}
    calendar = reports.calendar_in(election(), region.code)
    found = reports.own_rhythms(region.code).values()
    return render_template(
        "reports/rhythms.html",
        region=region,
        rows=[_shown(row, calendar, names) for row in found],
        choices=reach.region_choices(current_user.reach(ARRANGE), LEVELS, region.code),
    )


def arranged_region() -> RegionRow:
    """The region of the address (`?wilayah=`), or the topmost that the person arranges. NotFound out of reach."""
    wanted = request.values.get("wilayah", "")[:13]
    found = regions.find(reach.within(ARRANGE, wanted or current_user.reach(ARRANGE)[0]))
    if found.level not in LEVELS:
        raise NotFound("Kelurahan/desa tidak wajib membuat laporan.")
    return found


def _shown(row: RhythmRow, calendar: reports.Calendar, names: dict[str, str]) -> Shown:
    first, last = reports.span_of(row, calendar)
    zone = regions.zone_of(row.region_code)
    day = first if row.kind is not Kind.WEEKLY else first + dt.timedelta(days=-first.weekday() % 7)
    cut_off = clock.at(day, row.said.cut_off, zone)
    due = cut_off + dt.timedelta(minutes=row.said.minutes_to_write)
    locks = due + dt.timedelta(minutes=row.said.grace_minutes)
    if row.version:
        whose = f"Diatur {row.set_by_name}"
    elif row.set_in:
        whose = f"Mengikuti {names.get(row.set_in, row.set_in)}"
    else:
        whose = "Usulan aplikasi"
    return Shown(
        row,
        whose,
        tanggal_pendek(first) if first == last else f"{tanggal_pendek(first)} sampai {tanggal_pendek(last)}",
        f"{row.said.cut_off:%H.%M}",
        _hour(due, day, zone),
        _hour(locks, day, zone),
        _long(row.said.escalate_minutes),
    )


def _long(minutes: int) -> str:
    """2 jam, or 1 jam 30 menit, or 45 menit."""
    hours, left = divmod(minutes, 60)
    said = [f"{angka(hours)} jam"] if hours else []
    return " ".join([*said, f"{left} menit"] if left else said)


def _hour(moment: dt.datetime, day: dt.date, zone: str) -> str:
    """16.00, or 12.00 besok, or 27 Des 2024 16.00: seen from the report's day."""
    local = clock.local(moment, zone)
    days = (local.date() - day).days
    if days < 2:
        return f"{local:%H.%M}" + (" esok harinya" if days else "")
    return f"{days} hari kemudian, {local:%H.%M}"


def _kind(name: str) -> Kind:
    found = next((kind for kind in reports.PROPOSED if kind.value == name), None)
    if found is None:
        raise NotFound("Jenis laporan itu tidak berirama.")
    return found


@bp.get("/pelaporan/irama/<name>")
@requires(ARRANGE)
def look_at_rhythm(name: str) -> ResponseReturnValue:
    """One kind's rhythm, and once it is changed what would move; nothing is saved."""
    region, kind, form = arranged_region(), _kind(name), asked(RhythmForm)
    if LOOKED in request.args:
        return _page(region, kind, form, status=200 if form.validate() else 422, looks=True)
    return _page(region, kind, form)


def _page(
    region: RegionRow,
    kind: Kind,
    form: RhythmForm,
    *,
    status: int = 200,
    looks: bool = False,
    overtaken: str = "",
) -> ResponseReturnValue:
    row = reports.rhythm_of(region.code, kind)
    calendar = reports.calendar_in(election(), region.code)
    effects: list[str] | None = None
    if not looks:
        first, last = reports.span_of(row, calendar)
        said = row.said._replace(
            first_offset=(first - calendar.voting_day).days, last_offset=(last - calendar.voting_day).days
        )
        form.show(said, calendar.voting_day)
    elif status in (200, 409):
        try:
            said = form.said(calendar.voting_day)
            reports.check_rhythm(region.code, kind, said)
            planned = row._replace(said=said, set_in=region.code)
            effects = _sentences(_following(region, kind, planned), planned, calendar)
        except Invalid as refusal:
            form.refuse(refusal)
            status = 422
    page = render_template(
        "reports/rhythm.html",
        region=region,
        kind=kind,
        row=row,
        form=form,
        h_text=stages.h_text,
        effects=effects,
        carried=[("wilayah", region.code), *carried(form)] if effects is not None else [],
        back=_sentences(_following(region, kind, None), None, calendar) if row.version else [],
        overtaken=overtaken,
    )
    return page, status


def _following(region: RegionRow, kind: Kind, planned: RhythmRow | None) -> Following:
    """What the rows would do with the region's rhythm as planned, or with none of its own."""
    rhythms = reports.all_rhythms()
    rhythms.pop((region.code, kind), None)
    if planned is not None:
        rhythms[region.code, kind] = planned
    return reports.following(election(), rhythms=rhythms)


def _sentences(moves: Following, planned: RhythmRow | None, calendar: reports.Calendar) -> list[str]:
    said = (
        (len(moves.moved), "laporan yang akan datang mendapat jam data, tenggat, atau kunci yang lain."),
        (len(moves.added), "laporan baru menjadi wajib."),
        (len(moves.gone), "laporan yang belum disentuh tidak diminta lagi."),
    )
    found = [f"{angka(number)} {words}" for number, words in said if number]
    found = found or ["Tidak ada laporan yang berubah."]
    if planned is not None and planned.is_owed:
        shown = _shown(planned, calendar, {})
        first, _ = reports.span_of(planned, calendar)
        found.append(
            f"Mulai {tanggal(first)}: data {shown.cut_off}, tenggat {shown.due}, terkunci {shown.locks}."
        )
        found.append(f"Yang {shown.escalates} belum diverifikasi dinaikkan ke desk di atas dan pimpinan.")
    return found


@bp.post("/pelaporan/irama/<name>")
@requires(ARRANGE)
def set_rhythm(name: str) -> ResponseReturnValue:
    """Save a kind's rhythm, and let the rows follow. 409 where somebody else was quicker."""
    region, kind, form = arranged_region(), _kind(name), RhythmForm()

    def do() -> None:
        now = election()
        with reports.in_step(now):
            voting_day = reports.calendar_in(now, region.code).voting_day
            reports.set_rhythm(
                region.code, kind, form.said(voting_day), by=current_user, version=form.version.data
            )
        flash("Irama disimpan, dan laporan yang akan datang sudah mengikuti.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(region, kind, form, status=status, looks=True, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".rhythms", wilayah=region.code))


@bp.post("/pelaporan/irama/<name>/ikut")
@requires(ARRANGE)
def drop_rhythm(name: str) -> ResponseReturnValue:
    """Let the desk follow the one above again, or the proposal. 409 where somebody else was quicker."""
    region, kind, form = arranged_region(), _kind(name), FollowForm()

    def do() -> None:
        now = election()
        with reports.in_step(now):
            reports.drop_rhythm(region.code, kind, by=current_user, version=form.version.data)
        flash("Desk ini kembali mengikuti irama di atasnya.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(region, kind, RhythmForm(formdata=None), status=status, overtaken=overtaken)

    return carried_out(form, do, again) or htmx.see_other(url_for(".rhythms", wilayah=region.code))
