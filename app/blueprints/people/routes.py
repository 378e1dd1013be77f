"""/orang: the people of the desks below an admin, one of them, and somebody new."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.people import choices, listing, view
from app.blueprints.people.forms import NewPersonForm
from app.blueprints.people.words import ROLE_CHOICES
from app.domain import accounts, clock, regions
from app.domain.accounts import Permission, managing
from app.domain.errors import Invalid
from app.extensions import db
from app.web import htmx
from app.web.access import me, requires
from app.web.paging import Page, asked_page

bp = Blueprint("people", __name__)

PER_PAGE = 50


@bp.get("/orang")
@requires(Permission.PEOPLE_MANAGE)
def index() -> ResponseReturnValue:
    """The people whom this admin manages, narrowed by the address."""
    said = listing.asked(request.args)
    number = asked_page()
    rows, total = accounts.people_page(me(), said.filters, page=number, per_page=PER_PAGE)
    zone = regions.zone_of(accounts.own_regions(me())[0])
    return render_template(
        "people/index.html",
        rows=listing.lines(rows, zone),
        page=Page(number, max(1, -(-total // PER_PAGE)), total),
        typed=said.typed,
        selects=listing.selects(said.typed),
        sheet_url=url_for("imports.index", kind="orang"),
    )


@bp.get("/orang/baru")
@requires(Permission.PEOPLE_MANAGE)
def new() -> ResponseReturnValue:
    """The form for somebody new."""
    by = me()
    home = accounts.own_regions(by)[0]
    form = NewPersonForm(
        formdata=None,
        place="baru",
        data={"starts_on": clock.today(regions.zone_of(home)), "region": home},
        **view.offered(by),
    )
    return _new_page(form)


def _new_page(form: NewPersonForm, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("people/new.html", form=form, roles=ROLE_CHOICES), status)


@bp.post("/orang/baru")
@requires(Permission.PEOPLE_MANAGE)
def create() -> ResponseReturnValue:
    """Make the account with its first appointment; the answer is the only page that ever shows its password."""
    form = NewPersonForm(place="baru", **view.offered(me()))
    if not form.validate():
        return _new_page(form, 422)
    try:
        if not form.is_first_sending():
            flash(
                "Akun itu sudah dibuat. Kata sandi sementaranya hanya ditampilkan sekali; bila belum tercatat, "
                "atur ulang di halaman orangnya.",
                "warn",
            )
            return htmx.see_other(url_for("people.index", cari=form.name.data))
        region = choices.part_of(form.region.data, form.part.data)
        slip = managing.open_account(
            form.name.data,
            form.username.data,
            form.proposal(region),
            by=me(),
            is_other=form.is_other.data,
        )
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        form.username.data = form.username.data or accounts.suggest_username(form.name.data)
        return _new_page(form, 422)
    return handed(slip, is_new=True)


def handed(slip: accounts.Handed, *, is_new: bool) -> ResponseReturnValue:
    """The slip with a temporary password: kept nowhere, so that it is read here or never."""
    return make_response(
        render_template("people/handed.html", slip=slip, is_new=is_new, address=request.host_url.rstrip("/"))
    )


@bp.get("/orang/<int:account_id>")
@requires(Permission.PEOPLE_MANAGE)
def show(account_id: int) -> ResponseReturnValue:
    """One person: appointments, rights and why, sign-ins, history, and the deeds."""
    return render_template("people/show.html", **view.page_of(account_id))


from app.blueprints.people import deeds  # noqa: E402, F401  (they add their views to bp)
