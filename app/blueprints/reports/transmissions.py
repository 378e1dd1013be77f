"""/pengiriman: what was sent to Kemendagri and others, with its receipt; never deleted."""

from __future__ import annotations

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.deed import carried_out
from app.blueprints.reports.routes import bp
from app.blueprints.reports.transmission_forms import ReceiptForm, TransmissionForm, WithdrawalForm
from app.domain import clock, evidence, regions, reports
from app.domain.accounts import Permission
from app.domain.regions import Level
from app.domain.reports import CHANNELS, RECIPIENTS, Kind, ReportRow, TransmissionRow, Wanted
from app.extensions import db
from app.web import htmx, reach, sending
from app.web.access import me, requires
from app.web.context import election
from app.web.forms import parse_day
from app.web.paging import asked_page

PER_PAGE = 50
KEMENDAGRI = RECIPIENTS[0]


@bp.get("/pengiriman")
@requires(Permission.REPORT_READ)
def transmissions() -> ResponseReturnValue:
    """The register within the person's reach, the latest first, by the filters of the address."""
    typed, wanted = _asked()
    number = asked_page()
    rows, more = reports.transmissions(me(), election().id, wanted, page=number, per_page=PER_PAGE)
    roots = reports.roots(me())
    return render_template(
        "reports/transmissions.html",
        rows=rows,
        zones={row.id: regions.zone_of(row.region_code) for row in rows},
        typed=typed,
        number=number,
        more=more,
        narrowed=any(typed.values()),
        selects=_selects(typed, reach.region_choices(roots, (Level.PROVINCE, Level.REGENCY))),
    )


def _asked() -> tuple[dict[str, str], Wanted]:
    """The filters of the address as they were chosen, and what they mean; what is unknown is no filter."""
    names = ("wilayah", "cari", "jenis", "cara", "sejak", "sampai", "batal")
    typed = {name: request.args.get(name, "").strip()[:80] for name in names}
    typed["jenis"] = typed["jenis"] if typed["jenis"] in set(Kind) else ""
    typed["cara"] = typed["cara"] if typed["cara"] in CHANNELS else ""
    typed["batal"] = typed["batal"] if typed["batal"] == "tanpa" else ""
    typed["wilayah"] = reach.within_roots(reports.roots(me()), typed["wilayah"]) if typed["wilayah"] else ""
    since, until = parse_day(typed["sejak"]), parse_day(typed["sampai"])
    typed["sejak"], typed["sampai"] = (day.isoformat() if day else "" for day in (since, until))
    wanted = Wanted(
        typed["wilayah"], typed["cari"], typed["jenis"], typed["cara"], since, until, not typed["batal"]
    )
    return typed, wanted


def _selects(typed: dict[str, str], places: list[tuple[str, str]]) -> list[dict[str, object]]:
    kinds = [(kind.value, kind.label) for kind in Kind]
    return [
        {"name": "wilayah", "label": "Wilayah", "value": typed["wilayah"], "choices": places},
        {"name": "jenis", "label": "Jenis laporan", "value": typed["jenis"], "choices": kinds},
        {"name": "cara", "label": "Cara kirim", "value": typed["cara"], "choices": list(CHANNELS.items())},
        {
            "name": "batal",
            "label": "Yang dibatalkan",
            "value": typed["batal"],
            "choices": [("tanpa", "Tidak ditampilkan")],
            "blank": "Ditampilkan",
        },
    ]


@bp.get("/pelaporan/<int:report_id>/pengiriman")
@requires(Permission.REPORT_READ)
def report_transmissions(report_id: int) -> ResponseReturnValue:
    """What of one report went outside, and the form that writes one down."""
    row = reports.find(report_id, me())
    form = TransmissionForm(formdata=None).offer(_numbers(row))
    zone = regions.zone_of(row.region_code)
    form.at.data = clock.local(clock.now(), zone).replace(tzinfo=None)
    form.recipient.data = KEMENDAGRI if regions.level_of(row.region_code) is Level.PROVINCE else ""
    return _of_report(row, form)


def _numbers(row: ReportRow) -> list[int]:
    """The versions that were ever frozen, the newest first."""
    return list(range(row.number, 0, -1))


def _of_report(
    row: ReportRow, form: TransmissionForm, status: int = 200, overtaken: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "reports/report_transmissions.html",
        row=row,
        form=form,
        overtaken=overtaken,
        transmissions=reports.transmissions_of(row, me()),
        may_transmit=reports.may_transmit(me(), row.region_code),
        recipients=RECIPIENTS,
        zone=regions.zone_of(row.region_code),
    )
    return page, status


@bp.post("/pelaporan/<int:report_id>/pengiriman")
@requires(Permission.REPORT_WRITE)
def transmit(report_id: int) -> ResponseReturnValue:
    """Write one down, its receipt with it where there is one. The same sending twice writes one."""
    row = reports.find(report_id, me())
    reports.mandate_in(me(), Permission.REPORT_WRITE, row.region_code)
    form = TransmissionForm().offer(_numbers(row))

    def do() -> None:
        receipt = form.inspected()  # takes up to a second: before the first write
        entry = reports.transmit(row, form.said(row.region_code), by=me())
        if receipt is not None:
            reports.keep_receipt(reports.find_transmission(entry, me()), receipt, by=me())
        flash("Pengiriman dicatat.", "ok")

    again = carried_out(form, do, lambda status, overtaken: _of_report(row, form, status, overtaken))
    return again or htmx.see_other(url_for(".report_transmissions", report_id=report_id))


@bp.get("/pengiriman/<int:transmission_id>")
@requires(Permission.REPORT_READ)
def transmission(transmission_id: int) -> ResponseReturnValue:
    """One entry with its receipts."""
    return _page(reports.find_transmission(transmission_id, me()))


def _page(
    found: TransmissionRow,
    status: int = 200,
    *,
    withdrawing: WithdrawalForm | None = None,
    receipt: ReceiptForm | None = None,
    overtaken: str = "",
) -> ResponseReturnValue:
    page = render_template(
        "reports/transmission.html",
        sent=found,
        files=evidence.uses_of(*found.subject),
        withdrawing=withdrawing or WithdrawalForm(formdata=None),
        receipt=receipt or ReceiptForm(formdata=None),
        may_transmit=reports.may_transmit(me(), found.region_code),
        overtaken=overtaken,
        zone=regions.zone_of(found.region_code),
    )
    return page, status


def _mine(transmission_id: int) -> TransmissionRow:
    """An entry of the person's own desk. Raises NotFound, NotAllowed."""
    found = reports.find_transmission(transmission_id, me())
    reports.mandate_in(me(), Permission.REPORT_WRITE, found.region_code)
    return found


@bp.post("/pengiriman/<int:transmission_id>/batalkan")
@requires(Permission.REPORT_WRITE)
def withdraw_transmission(transmission_id: int) -> ResponseReturnValue:
    """Say that an entry does not hold, and why."""
    found, form = _mine(transmission_id), WithdrawalForm()

    def do() -> None:
        reports.withdraw_transmission(found, form.reason.data or "", by=me())
        flash("Catatan pengiriman dibatalkan. Ia tetap terlihat di register.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(_mine(transmission_id), status, withdrawing=form, overtaken=overtaken)

    return carried_out(form, do, again) or _shown(transmission_id)


@bp.post("/pengiriman/<int:transmission_id>/bukti")
@requires(Permission.REPORT_WRITE)
def keep_receipt(transmission_id: int) -> ResponseReturnValue:
    """Put a receipt beside an entry."""
    found, form = _mine(transmission_id), ReceiptForm()

    def do() -> None:
        reports.keep_receipt(found, form.needed(), by=me())
        flash("Tanda terima tersimpan.", "ok")

    def again(status: int, overtaken: str) -> ResponseReturnValue:
        return _page(_mine(transmission_id), status, receipt=form, overtaken=overtaken)

    return carried_out(form, do, again) or _shown(transmission_id)


def _shown(transmission_id: int) -> ResponseReturnValue:
    return htmx.see_other(url_for(".transmission", transmission_id=transmission_id))


@bp.get("/pengiriman/<int:transmission_id>/bukti/<int:use_id>")
@requires(Permission.REPORT_READ)
def open_receipt(transmission_id: int, use_id: int) -> ResponseReturnValue:
    """A receipt itself; the reading is on the trail."""
    found = reports.find_transmission(transmission_id, me())
    use = evidence.one_use(*found.subject, use_id)
    evidence.record_reading(use, by=me())
    db.session.commit()
    return sending.evidence_file(use)
