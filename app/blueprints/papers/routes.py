"""/laporan and /pekerjaan: asking for a paper, watching it being made, fetching it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.papers import view
from app.blueprints.papers.forms import PaperForm
from app.documents import ability
from app.documents.asking import MOST_LINES, Ask
from app.documents.case_asking import CASES_JOB, CaseAsk
from app.documents.pack_order import PACK_JOB, PackAsk
from app.documents.register_asking import LIST_JOB, ListAsk
from app.documents.report_order import REPORT_JOB
from app.domain import jobs, letterheads, regions, reports
from app.domain.accounts import Permission
from app.domain.checklists import AREAS
from app.domain.errors import Invalid, NotFound
from app.domain.jobs import Job
from app.extensions import db
from app.jobs.results import Results
from app.web import htmx, reach, sending
from app.web.access import current_user, requires
from app.web.context import election, home_region, today_in
from app.web.forms import parse_day
from app.words import angka

bp = Blueprint("papers", __name__)

SHOWN = 10


def _form(**more: object) -> PaperForm:
    return PaperForm(areas=list(AREAS.items()), stages=view.stage_choices(), **more)


def _reached(code: str) -> regions.RegionRow:
    """A region that the person may report on. Raises NotFound for any other, as for one that does not exist."""
    return regions.find(reach.within(Permission.REPORT_EXPORT, code))


def _page(form: PaperForm, region: regions.RegionRow, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "papers/index.html",
        form=form,
        region=region,
        choices=view.region_choices(current_user, region.code),
        place_hint=view.place_hint(region),
        next_number=view.next_number(region),
        no_pdf=ability.why_no_pdf(),
        recent=[view.job_view(job) for job in jobs.recent(current_user, SHOWN, view.PAPERS)],
    )
    return page, status


@bp.get("/laporan")
@requires(Permission.REPORT_EXPORT)
def index() -> ResponseReturnValue:
    """The form, filled in from the address where that makes sense, and what the person asked for lately."""
    args = request.args
    region = _reached(args.get("wilayah") or home_region())
    form = _form(formdata=None)
    form.region.data = region.code
    form.paper.data, form.numbering.data = view.usual_paper(region)
    for field, name in ((form.area, "bidang"), (form.stage, "tahapan")):
        field.data = (
            args.get(name, "") if args.get(name) in {choice.value for choice in field.choices} else ""
        )
    for field, name in ((form.kind, "bentuk"), (form.format, "format"), (form.paper, "kertas")):
        field.data = (
            args[name] if args.get(name) in {choice.value for choice in field.choices} else field.data
        )
    form.since.data, form.until.data = parse_day(args.get("dari", "")), parse_day(args.get("sampai", ""))
    return _page(form, region)


@bp.post("/laporan")
@requires(Permission.REPORT_EXPORT)
def ask() -> ResponseReturnValue:
    """Ask for the paper; the worker makes it. The same sending twice asks once."""
    form = _form()
    valid = form.validate()
    region = _reached(form.region.data or home_region())
    if not valid:
        return _page(form, region, 422)
    try:
        wanted = form.asked()
        _refuse_too_long(wanted)
        if not form.is_first_sending():
            db.session.rollback()
            return htmx.see_other(_same(wanted, but_number=form.takes_number))
        if form.takes_number:
            day = today_in(region.code)
            wanted = replace(wanted, number=letterheads.take_number(region.code, day, by=current_user))
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(form, region, 422)
    job = jobs.ask(
        "paper", f"{wanted.title}, {region.title}", wanted.to_params(), region=region.code, by=current_user
    )
    db.session.commit()
    return htmx.see_other(url_for(".job", job_id=job.id))


def _refuse_too_long(wanted: Ask) -> None:
    """Refuse (Invalid) a detailed paper that nobody could leaf through."""
    if wanted.kind != "rinci":
        return
    from app.documents.report import lines_of  # only a paper that is asked for needs what gathers it

    lines, most = lines_of(current_user, election(), wanted), MOST_LINES[wanted.format]
    if lines > most:
        sentence = (
            f"Laporan rinci ini memuat {angka(lines)} isian; paling banyak {angka(most)}. "
            "Persempit wilayah, bidang, atau periodenya, atau pilih bentuk ringkas."
        )
        raise Invalid(sentence, kind=sentence)


def _same(wanted: Ask, *, but_number: bool) -> str:
    """Where the first sending of the same form led to; the desk's number was only taken then."""

    def told(params: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in params.items() if not (but_number and name == "number")}

    params = told(wanted.to_params())
    found = next((job for job in jobs.recent(current_user, SHOWN) if told(job.asked) == params), None)
    return url_for(".index") if found is None else url_for(".job", job_id=found.id)


def _own(job_id: int) -> Job:
    """The person's own job, as long as they may report on its region, or read its register. Raises NotFound."""
    found = jobs.find(job_id, current_user)
    if found.kind not in view.PAPERS:
        raise NotFound("Pekerjaan ini bukan laporan. Keadaannya ada di halaman tempat Anda memintanya.")
    if found.kind == REPORT_JOB:
        reports.find(reports.find_seal(found.asked["code"]).report_id, current_user)
    elif found.kind == LIST_JOB:
        if not ListAsk.from_params(found.asked).is_still_for(current_user):
            raise NotFound("Penugasan Anda berubah sejak daftar ini diminta. Minta lagi dari registernya.")
    elif found.kind == CASES_JOB:
        if not CaseAsk.from_params(found.asked).is_still_for(current_user):
            raise NotFound(
                "Penugasan Anda berubah sejak daftar ini diminta. Minta lagi dari halaman Netralitas."
            )
    elif found.kind == PACK_JOB:
        if not PackAsk.from_params(found.asked).is_still_for(current_user):
            raise NotFound("Penugasan Anda tidak lagi mencakup laporan wilayah ini.")
    elif not current_user.may(Permission.REPORT_EXPORT, region=found.region_code):
        raise NotFound("Penugasan Anda tidak lagi mencakup wilayah laporan ini.")
    return found


@bp.get("/pekerjaan/<int:job_id>")
@requires(Permission.REPORT_EXPORT)
def job(job_id: int) -> ResponseReturnValue:
    """One job: how far it is, and the file when it is ready. A person may leave and come back."""
    found = _own(job_id)
    return render_template(
        "papers/job.html",
        facts=view.asked_facts(found),
        again=view.again(found),
        **view.job_context(found),
    )


@bp.get("/pekerjaan/<int:job_id>/keadaan")
@requires(Permission.REPORT_EXPORT)
def state(job_id: int) -> ResponseReturnValue:
    """The part of the page that changes, asked for every two seconds until the job is over."""
    found = _own(job_id)
    if not htmx.is_partial():
        return htmx.see_other(url_for(".job", job_id=job_id))
    return htmx.fragment("papers/_job.html", polled=True, **view.job_context(found))


@bp.post("/pekerjaan/<int:job_id>/ulang")
@requires(Permission.REPORT_EXPORT)
def again(job_id: int) -> ResponseReturnValue:
    """Let a failed job be tried once more. Refuses one that has not failed (409)."""
    found = _own(job_id)
    jobs.ask_again(found, by=current_user)
    db.session.commit()
    flash("Diminta lagi. Pekerja latar akan mencobanya sekali lagi.", "ok")
    return htmx.see_other(url_for(".job", job_id=job_id))


@bp.get("/pekerjaan/<int:job_id>/unduh")
@requires(Permission.REPORT_EXPORT)
def download(job_id: int) -> ResponseReturnValue:
    """The finished file; the trail tells that it went out (F125)."""
    found = _own(job_id)
    if found.state != "selesai" or not found.result_key:
        raise NotFound(
            "Berkas ini belum ada atau sudah dihapus sesudah 30 hari. Lihat keadaannya di halaman Cetak."
        )
    content = Results.of(current_app).open(found.result_key)
    jobs.record_download(found, by=current_user)
    db.session.commit()
    return sending.download(content, found.result_name, found.result_type)
