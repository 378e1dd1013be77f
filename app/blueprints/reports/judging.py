"""The page of a report, the deeds of whoever judges it or takes it back, and the queue of what waits for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.reports import page
from app.blueprints.reports.routes import bp
from app.blueprints.reports.steps import StepForm
from app.domain import clock, regions, reports
from app.domain.accounts import Permission
from app.domain.errors import NotFound
from app.domain.reports import ReportRow, State, Verb
from app.web import htmx, reach
from app.web.access import current_user, requires
from app.web.context import election, home_region
from app.web.forms import small_number
from app.web.paging import safe_path
from app.words import lama

SAID = {
    Verb.RECALL: "Laporan ditarik kembali. Naskahnya terbuka lagi.",
    Verb.VERIFY: "Laporan terverifikasi.",
    Verb.RETURN: "Laporan dikembalikan kepada penulisnya.",
    Verb.ENDORSE: "Laporan disahkan.",
    Verb.REOPEN: "Laporan dibuka kembali. Versi baru ditulis oleh desknya.",
}
AT_ONCE = 20
FROM_QUEUE = "antrean"


@bp.get("/pelaporan/<int:report_id>")
@requires(Permission.REPORT_READ)
def show(report_id: int) -> ResponseReturnValue:
    """One report: the version that was sent last, or an older one (`?versi=`)."""
    row = reports.find(report_id, current_user)
    asked = request.args.get("versi", "")
    number = small_number(asked) if asked else None
    if asked and not number:
        raise NotFound("Versi laporan itu tidak ada.")
    return page.drawn(row, number=number)


def _step(report_id: int, verb: Verb, do: Callable[[ReportRow, StepForm], Any]) -> ResponseReturnValue:
    """The one path of every step."""
    row = reports.find(report_id, current_user)
    reports.mandate_in(current_user, Permission(reports.WORKFLOW[verb].permission), row.region_code)
    in_queue = request.form.get("dari") == FROM_QUEUE
    form = StepForm().about(verb, row.kind, f"-{row.id}" if in_queue else "")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        now = reports.find(report_id, current_user)
        if in_queue and htmx.is_partial():
            return _card_again(now, status, verb, form, overtaken)
        return page.drawn(now, status, used=verb, form=form, overtaken=overtaken, seen=form.seen.data or 0)

    refused = carried_out(form, lambda: do(row, form), again)
    if refused is not None:
        return refused
    if in_queue and htmx.is_partial():
        return _left(f"{page.name_of(row)} {row.region_name}: {SAID[verb]}")
    flash(SAID[verb], "ok")
    return htmx.see_other(safe_path(request.form.get("kembali"), url_for(".show", report_id=report_id)))


@bp.post("/pelaporan/<int:report_id>/tarik")
@requires(Permission.REPORT_WRITE)
def recall(report_id: int) -> ResponseReturnValue:
    """Take back what nobody has verified yet, with the reason."""
    return _step(
        report_id,
        Verb.RECALL,
        lambda row, form: reports.recall(
            row, by=current_user, version=form.version.data, reason=form.reason.data
        ),
    )


@bp.post("/pelaporan/<int:report_id>/verifikasi")
@requires(Permission.REPORT_VERIFY)
def verify(report_id: int) -> ResponseReturnValue:
    """Find it right; not by who wrote it."""
    return _step(
        report_id,
        Verb.VERIFY,
        lambda row, form: reports.verify(row, by=current_user, version=form.version.data),
    )


@bp.post("/pelaporan/<int:report_id>/kembalikan")
@requires(Permission.REPORT_VERIFY)
def return_back(report_id: int) -> ResponseReturnValue:
    """Give it back with a reason and the section that is meant; not by who wrote it."""
    return _step(
        report_id,
        Verb.RETURN,
        lambda row, form: reports.return_back(
            row,
            by=current_user,
            version=form.version.data,
            reason=form.reason.data,
            section=form.section.data or "",
        ),
    )


@bp.post("/pelaporan/<int:report_id>/sahkan")
@requires(Permission.REPORT_ENDORSE)
def endorse(report_id: int) -> ResponseReturnValue:
    """Make it the desk's word; not by who wrote or verified it."""
    return _step(
        report_id,
        Verb.ENDORSE,
        lambda row, form: reports.endorse(row, by=current_user, version=form.version.data),
    )


@bp.post("/pelaporan/<int:report_id>/buka-kembali")
@requires(Permission.REPORT_VERIFY)
def reopen(report_id: int) -> ResponseReturnValue:
    """Open what was verified or endorsed for a new version, with the reason; not by who wrote it."""
    return _step(
        report_id,
        Verb.REOPEN,
        lambda row, form: reports.reopen(
            row, by=current_user, version=form.version.data, reason=form.reason.data
        ),
    )


JUDGING = (Verb.VERIFY, Verb.ENDORSE)
JUDGES = (Permission.REPORT_VERIFY, Permission.REPORT_ENDORSE)


@bp.get("/pelaporan/verifikasi")
@requires(Permission.REPORT_READ)
def queue() -> ResponseReturnValue:
    """What waits for this person's verifying or endorsing, oldest first; `?wilayah=` for one region and below."""
    asked = request.args.get("wilayah", "")
    region = reach.within(Permission.REPORT_READ, asked) if asked else ""
    waiting = {verb: _waiting(verb, region) for verb in JUDGING}
    rows = [(verb, row) for verb in JUDGING for row in waiting[verb][0]]
    return render_template(
        "reports/queue.html",
        cards=_cards(rows),
        total=sum(count for _, count in waiting.values()),
        region=region,
        region_choices=_places(region) if any(current_user.may(one) for one in JUDGES) else [],
    )


def _places(region: str) -> list[tuple[str, str]]:
    """The regions to narrow the queue down to: those below one's own, and the one that is chosen."""
    found = regions.children_of(home_region())
    if region and region not in {one.code for one in found}:
        found = [regions.find(region), *found]
    return [(one.code, one.title) for one in found]


def _waiting(verb: Verb, region: str, limit: int = AT_ONCE) -> tuple[list[ReportRow], int]:
    return reports.queue_of(current_user, election().id, verb, region=region, limit=limit)


def _cards(
    rows: list[tuple[Verb, ReportRow]], used: Verb | None = None, form: StepForm | None = None
) -> list[dict[str, Any]]:
    """What the queue shows of each report: what it says in short, what is new in it, and the forms of the deeds."""
    last = reports.frozen_many(row for _, row in rows)
    before = reports.frozen_many((row for _, row in rows), back=1)
    now = clock.now()
    return [
        {
            "row": row,
            "name": page.name_of(row),
            "shown": last[row.id],
            "mark": row.mark(now),
            "age": lama(now - row.sent_at) if row.sent_at else "",
            "zone": regions.zone_of(row.region_code),
            "different": page.different(before.get(row.id), last[row.id]),
            "deeds": _deeds(row, verb, used, form),
        }
        for verb, row in rows
        if row.id in last
    ]


def _deeds(row: ReportRow, verb: Verb, used: Verb | None, form: StepForm | None) -> list[page.Deed]:
    """The deed that the report waits for, and returning it, where the person may."""
    held = reports.permissions_in(current_user, row.region_code)
    verbs = [verb, Verb.RETURN] if Permission.REPORT_VERIFY in held else [verb]
    fresh = {one: StepForm(formdata=None) for one in verbs}
    return [
        page.deed_of(row, one, form if one is used and form else fresh[one], f"-{row.id}") for one in verbs
    ]


def _left(said: str, status: int = 200, tone: str = "ok") -> Response:
    """A judged report leaves the queue; the sentence is said and the count follows."""
    left = sum(_waiting(verb, "", 0)[1] for verb in JUDGING)
    return htmx.fragment("checklists/_judged.html", status, said=said, left=left, tone=tone)


def _card_again(row: ReportRow, status: int, verb: Verb, form: StepForm, overtaken: str) -> Response:
    """In the queue: the card with what was typed or as it is now, or, where it waits no more, only why."""
    waits = {State.SENT: Verb.VERIFY, State.VERIFIED: Verb.ENDORSE}.get(row.state)
    if waits is None or (overtaken and waits not in reports.open_verbs_of(row, current_user)):
        said = f"{page.name_of(row)} {row.region_name} sekarang {row.state.label.lower()}. {overtaken}"
        return _left(said, status, "warn")
    [card] = _cards([(waits, row)], verb, form)
    return htmx.fragment("reports/_card.html", status, card=card, overtaken=overtaken, refused=form)
