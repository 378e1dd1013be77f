"""The preview of a letterhead: the real paper with it, drawn as a picture."""

from __future__ import annotations

from app.documents.specimen import build_specimen
from app.domain import letterheads
from app.domain.accounts import Permission
from app.extensions import db
from app.jobs.tasks import Made, Task, asker_of


def draw_letterhead(task: Task) -> Made:
    """A picture of the first pages. Raises NotAllowed for who may no longer keep that letterhead.

    What is drawn is the letterhead as it stands now; a page that shows an older version asks again.
    """
    person = asker_of(task.claim, "pratinjau")
    head = letterheads.find(int(task.claim.params["letterhead"]))
    person.require(Permission.REGION_MANAGE, region=head.region_code)
    specimen = build_specimen(person, head)
    db.session.remove()
    content = task.press.render("png", specimen, task.progress, task.is_over)
    return Made(content, f"kop-surat-{head.region_code}.png", "image/png")
