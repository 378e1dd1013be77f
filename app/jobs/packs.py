"""The pack of a Monday meeting as PDF or as a sheet."""

from __future__ import annotations

from app.documents import ability
from app.documents.asking import MEDIA_TYPES
from app.documents.dress import dress_of
from app.documents.pack_order import PackAsk, PackPaper
from app.domain import letterheads, regions, reports, stages
from app.domain.errors import NotAllowed
from app.extensions import db, one_moment
from app.jobs.tasks import Made, Task, asker_of


def print_pack(task: Task) -> Made:
    """The pack as the person who asked may read it now. No transaction is open while it is printed.

    Raises the domain's refusals and what the press raises.
    """
    ask, person = PackAsk.from_params(task.claim.params), asker_of(task.claim, "bahan rapat")
    if ask.form == "pdf":
        ability.refuse_without_pdf()
    if not ask.is_still_for(person):
        raise NotAllowed("Penugasan Anda tidak lagi mencakup laporan wilayah ini. Hubungi admin desk.")
    with one_moment():
        dress = dress_of(regions.path_of(ask.region), ask.day)
        pack = reports.pack_of(person, stages.current_election().id, ask.region, ask.day, dress)
        logo = letterheads.logo(dress.logo_sha256) if dress.logo_sha256 else None
    db.session.remove()
    task.progress(1, 3)
    content = task.press.render(
        ask.form,
        PackPaper(pack, ask.layout, logo),
        lambda done, total: task.progress(done + 1, total + 2),
        task.is_over,
    )
    return Made(content, ask.file_name(pack.region_name), MEDIA_TYPES[ask.form])
