"""The pack of a Monday meeting as PDF or as a sheet, made once from what was frozen and kept for good."""

from __future__ import annotations

import hashlib

from flask import current_app

from app.documents import ability
from app.documents.asking import MEDIA_TYPES
from app.documents.pack_order import PackAsk, PackPaper
from app.domain import letterheads, reports
from app.domain.errors import NotAllowed
from app.extensions import db
from app.jobs.printing import told
from app.jobs.results import SEALED, Results
from app.jobs.tasks import Made, Task, asker_of


def print_pack(task: Task) -> Made:
    """A kept pack for whoever may still read that region's reports. No transaction is open while it is printed.

    A file that is kept is handed out as it is; one that was lost is printed again, and handed out if it is the same.
    Raises the domain's refusals and what the press raises.
    """
    ask, person = PackAsk.from_params(task.claim.params), asker_of(task.claim, "bahan rapat")
    if not ask.is_still_for(person):
        raise NotAllowed("Penugasan Anda tidak lagi mencakup laporan wilayah ini. Hubungi admin desk.")
    found = reports.find_pack(ask.pack)
    pack, store = found.pack, Results.of(current_app, SEALED)
    name = ask.file_name(pack.region_name)
    kept = store.read(found.files[ask.layout])
    if kept is not None:
        return Made(kept, name, MEDIA_TYPES[ask.form])
    if ask.form == "pdf":
        ability.refuse_without_pdf()
    logo = letterheads.logo(pack.dress.logo_sha256) if pack.dress.logo_sha256 else None
    db.session.remove()
    task.progress(1, 3)
    content = task.press.render(ask.form, PackPaper(pack, ask.layout, logo), told(task), task.is_over)
    reports.note_pack_file(found.id, ask.layout, hashlib.sha256(content).hexdigest())
    store.keep(content)
    db.session.commit()
    return Made(content, name, MEDIA_TYPES[ask.form])
