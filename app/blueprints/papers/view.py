"""Jobs and the form in words, so that the templates only draw."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import url_for

from app.blueprints.papers.forms import BY_HAND, BY_PATTERN
from app.documents import case_asking
from app.documents.asking import FORMATS, KINDS, PAPER_WORDS, Ask
from app.documents.case_asking import CASES_JOB, CaseAsk
from app.documents.pack_order import LAYOUTS, PACK_JOB, PackAsk
from app.documents.register_asking import LIST_JOB, ListAsk, filters_in_words
from app.documents.report_order import REPORT_JOB
from app.domain import clock, jobs, letterheads, regions, reports, stages
from app.domain.accounts import Permission, Person
from app.domain.checklists import AREAS
from app.domain.jobs import Job
from app.domain.regions import Level, RegionRow
from app.web.access import me
from app.web.context import election, today_in
from app.words import angka, tanggal, ukuran

STATES = {
    "antre": ("Menunggu giliran", "", "clock-history"),
    "jalan": ("Sedang dibuat", "", "arrow-counterclockwise"),
    "selesai": ("Siap diunduh", " ok", "check-circle"),
    "gagal": ("Belum berhasil", " bad", "exclamation-octagon"),
}
"""State -> words, tint of the badge, icon."""
PAPERS = ("paper", LIST_JOB, CASES_JOB, REPORT_JOB, PACK_JOB)
"""The kinds of jobs whose files are fetched on these pages."""
GONE = ("Sudah dihapus", "", "info-circle")
MOST_CHOICES = 800
"""Regions in the select; more than that and kecamatan are reached from their own pages."""


class JobView(NamedTuple):
    """A job as its page and the list of jobs show it."""

    id: int
    title: str
    state: str
    words: str
    tone: str
    icon: str
    is_open: bool
    is_ready: bool
    percent: float
    step: str
    asked: str
    file_name: str
    size: str
    sha256: str
    error: str
    form: str
    """PDF, XLSX or CSV."""


def job_view(job: Job) -> JobView:
    """The job in words."""
    is_ready = job.state == "selesai" and bool(job.result_key)
    words, tone, icon = GONE if job.state == "selesai" and not is_ready else STATES[job.state]
    return JobView(
        id=job.id,
        title=job.title,
        state=job.state,
        words=words,
        tone=tone,
        icon=icon,
        is_open=job.state in ("antre", "jalan"),
        is_ready=is_ready,
        percent=100 * job.done / job.total if job.total else 0,
        step=f"Langkah {angka(job.done)} dari {angka(job.total)}" if job.total else "Mengumpulkan data",
        asked=ago(job.asked_at, clock.real_now()),
        file_name=job.result_name,
        size=ukuran(job.result_size) if job.result_size else "",
        sha256=job.result_key.rpartition("/")[2],
        error=job.error,
        form=str(job.asked.get("format", "")).upper(),
    )


def ago(moment: dt.datetime, now: dt.datetime) -> str:
    """How long ago, since a training day's clock and the worker's differ: baru saja, 5 menit lalu, 2 hari lalu."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "baru saja"
    if minutes < 60:
        return f"{minutes} menit lalu"
    if minutes < 24 * 60:
        return f"{minutes // 60} jam lalu"
    return f"{minutes // (24 * 60)} hari lalu"


def job_context(job: Job) -> dict[str, Any]:
    """What the polled part of a job's page needs."""
    waits = job.state == "antre"
    return {
        "job": job_view(job),
        "ahead": jobs.ahead_of(job) if waits else 0,
        "worker_lives": not waits or jobs.worker_alive(),
    }


def asked_facts(job: Job) -> list[tuple[str, str]]:
    """What was asked for, as (label, words)."""
    if job.kind == LIST_JOB:
        return _list_facts(job)
    if job.kind == CASES_JOB:
        return _case_facts(job)
    if job.kind == REPORT_JOB:
        return _report_facts(job)
    if job.kind == PACK_JOB:
        return _pack_facts(job)
    ask = Ask.from_params(job.asked)
    region = regions.find(ask.region)
    facts = [
        ("Wilayah", f"{region.title} ({region.code})"),
        ("Bidang", AREAS.get(ask.area, "semua bidang")),
        ("Tahapan", dict(stage_choices()).get(ask.stage, "semua tahapan")),
    ]
    if ask.since or ask.until:
        facts.append(
            ("Tenggat", ask.period_text(ask.until or ask.since or clock.today(regions.zone_of(ask.region))))
        )
    facts += [
        ("Bentuk", KINDS[ask.kind].partition(":")[0]),
        ("Berkas", FORMATS[ask.format].partition(",")[0]),
    ]
    if ask.format == "pdf":
        facts.append(("Kertas", PAPER_WORDS[ask.paper]))
    if ask.number:
        facts.append(("Nomor", ask.number))
    return facts


def _list_facts(job: Job) -> list[tuple[str, str]]:
    ask = ListAsk.from_params(job.asked)
    return _listed(ask, ask.register.title, filters_in_words(ask.register, ask.said.filters, me()))


def _case_facts(job: Job) -> list[tuple[str, str]]:
    ask = CaseAsk.from_params(job.asked)
    return _listed(ask, case_asking.TITLE, case_asking.filters_in_words(ask.said.filters))


def _listed(ask: ListAsk | CaseAsk, title: str, filters: list[str]) -> list[tuple[str, str]]:
    chosen = ask.said.filters.region
    return [
        ("Register", title),
        ("Wilayah", ", ".join(regions.find(code).title for code in ([chosen] if chosen else ask.reach))),
        ("Saringan", "; ".join(filters) or "tanpa saringan"),
        ("Kop surat", regions.find(ask.region).title),
        ("Berkas", "PDF"),
    ]


def _report_facts(job: Job) -> list[tuple[str, str]]:
    sealed = reports.find_seal(job.asked["code"])
    return [
        ("Laporan", sealed.kind.heading),
        ("Wilayah", sealed.region_name),
        ("Hari", tanggal(sealed.day)),
        ("Versi", f"{sealed.number}, {sealed.state.label.lower()}"),
        ("Kode segel", sealed.spelled),
    ]


def _pack_facts(job: Job) -> list[tuple[str, str]]:
    ask = PackAsk.from_params(job.asked)
    return [
        ("Rapat", tanggal(ask.day)),
        ("Wilayah", regions.find(ask.region).title),
        ("Berkas", f"PDF, {LAYOUTS[ask.layout].lower()}"),
    ]


def again(job: Job) -> tuple[str, str]:
    """(address, words) of where the same scope can be asked for again: the form, the register's list, the report."""
    if job.kind == REPORT_JOB:
        sealed = reports.find_seal(job.asked["code"])
        address = url_for("reports.version_files", report_id=sealed.report_id, versi=sealed.number)
        return address, "Kembali ke berkas laporan"
    if job.kind == LIST_JOB:
        ask = ListAsk.from_params(job.asked)
        return _listing(url_for("registers.index", book=ask.register.key), ask)
    if job.kind == CASES_JOB:
        return _listing(url_for("neutrality.index"), CaseAsk.from_params(job.asked))
    if job.kind == PACK_JOB:
        asked = PackAsk.from_params(job.asked)
        address = url_for("reports.monday_pack", day=asked.day.isoformat(), wilayah=asked.region)
        return address, "Buka bahan rapat Senin ini"
    return _form_again(job), "Buat laporan lain dengan lingkup ini"


def _listing(address: str, ask: ListAsk | CaseAsk) -> tuple[str, str]:
    words = {name: text for name, text in ask.said.typed.items() if text}
    return f"{address}?{urlencode(words)}" if words else address, "Buka daftar dengan saringan ini"


def _form_again(job: Job) -> str:
    ask = Ask.from_params(job.asked)
    said = {
        "wilayah": ask.region,
        "bidang": ask.area,
        "tahapan": ask.stage,
        "dari": ask.since,
        "sampai": ask.until,
        "bentuk": ask.kind,
        "format": ask.format,
        "kertas": ask.paper,
    }
    return "/laporan?" + urlencode({name: value for name, value in said.items() if value})


def usual_paper(region: RegionRow) -> tuple[str, str]:
    """What the desk's letterhead says: its paper, and whether papers get the desk's next number."""
    head = letterheads.in_force(region.code)
    if head is None:
        return "F4", BY_HAND
    return head.content.paper, BY_PATTERN if head.content.number_pattern else BY_HAND


def next_number(region: RegionRow) -> str:
    """The number that the desk's next report would get, taking none; empty where numbers are written by hand."""
    head = letterheads.in_force(region.code)
    return "" if head is None else letterheads.next_number(head, today_in(region.code))


def stage_choices() -> list[tuple[str, str]]:
    """The election's stages."""
    return [(stage.code, stage.name) for stage in stages.stages_of(election())]


def region_choices(person: Person, chosen: str) -> list[tuple[str, str]]:
    """Regions within reach down to the kecamatan, with the chosen one and those right below it."""
    roots = person.reach(Permission.REPORT_EXPORT)
    rows = [row for level in (Level.PROVINCE, Level.REGENCY) for row in regions.regions_under(roots, level)]
    districts = regions.regions_under(roots, Level.DISTRICT)
    if len(rows) + len(districts) <= MOST_CHOICES:
        rows += districts
    rows += [*regions.path_of(chosen), *regions.children_of(chosen)]
    reached = {row.code: row for row in rows if person.may(Permission.REPORT_EXPORT, region=row.code)}
    return [(code, _indented(reached[code])) for code in sorted(reached)]


def _indented(row: RegionRow) -> str:
    """A kecamatan under its kabupaten, a desa under its kecamatan: blanks that a browser keeps."""
    return "\u2003" * {Level.DISTRICT: 1, Level.VILLAGE: 2}.get(row.level, 0) + row.title


def place_hint(region: RegionRow) -> str:
    """What stands on paper when the field stays empty."""
    from app.documents.office import usual_place  # with all that a paper holds: not for every start

    return f"Kosong: {usual_place(region)}."
