"""What an admin does to one person: each deed has its own address, and its form stays in place when it is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from app.blueprints.people import choices, forms, view
from app.blueprints.people.routes import bp, handed
from app.domain import accounts
from app.domain.accounts import Permission, managing
from app.domain.errors import Invalid, NotNow
from app.extensions import db
from app.web import htmx
from app.web.access import me, requires
from app.words import tanggal_pendek


def _deed(
    account_id: int,
    deed: str,
    form: forms.PlacedForm,
    do: Callable[[], Any],
    said: str | Callable[[], str],
    appointment_id: int = 0,
) -> ResponseReturnValue:
    """Do it once and say so on the person's page; a refusal comes back in the form that was sent."""
    failed = view.Failed(deed, form, appointment_id)
    if not form.validate():
        return _page(account_id, failed, 422)
    try:
        if form.is_first_sending():
            do()
        db.session.commit()
    except Invalid as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(account_id, failed, 422)
    except NotNow as refusal:
        db.session.rollback()
        failed.message = refusal.message
        return _page(account_id, failed, 409)
    flash(said if isinstance(said, str) else said(), "ok")
    if deed == "akhiri" and account_id == me().id:
        return htmx.see_other(url_for("desk.index"))  # the right to see the page may be gone with it
    return htmx.see_other(url_for("people.show", account_id=account_id))


def _page(account_id: int, failed: view.Failed, status: int) -> ResponseReturnValue:
    return make_response(render_template("people/show.html", **view.page_of(account_id, failed)), status)


def _known(account_id: int) -> None:
    """Raise NotFound for whoever is out of reach, before anything is said about what was sent."""
    accounts.known_account(account_id, me())


@bp.post("/orang/<int:account_id>/penugasan")
@requires(Permission.PEOPLE_MANAGE)
def appoint(account_id: int) -> ResponseReturnValue:
    """Give one more appointment."""
    _known(account_id)
    form = forms.ProposalForm(place="beri", **view.offered(me()))

    def do() -> None:
        region = choices.part_of(form.region.data, form.part.data)
        managing.give(account_id, form.proposal(region), by=me(), seen=form.seen)

    return _deed(account_id, "beri", form, do, "Penugasan sudah diberikan.")


@bp.post("/orang/<int:account_id>/penugasan/<int:appointment_id>/akhiri")
@requires(Permission.PEOPLE_MANAGE)
def end(account_id: int, appointment_id: int) -> ResponseReturnValue:
    """End an appointment after a day."""
    _known(account_id)
    form = forms.EndForm(place=f"akhiri-{appointment_id}")

    def do() -> None:
        managing.end(account_id, appointment_id, on=form.on.data, by=me(), seen=form.seen)

    def said() -> str:
        return f"Penugasan itu berlaku sampai {tanggal_pendek(form.on.data)}, lalu berakhir."

    return _deed(account_id, "akhiri", form, do, said, appointment_id)


@bp.post("/orang/<int:account_id>/penugasan/<int:appointment_id>/perpanjang")
@requires(Permission.PEOPLE_MANAGE)
def extend(account_id: int, appointment_id: int) -> ResponseReturnValue:
    """Let an appointment last longer."""
    _known(account_id)
    form = forms.ExtendForm(place=f"perpanjang-{appointment_id}")

    def do() -> None:
        managing.extend(
            account_id,
            appointment_id,
            until=form.until.data,
            document=form.document.data,
            by=me(),
            seen=form.seen,
        )

    return _deed(account_id, "perpanjang", form, do, "Penugasan sudah diperpanjang.", appointment_id)


@bp.post("/orang/<int:account_id>/penugasan/<int:appointment_id>/batalkan")
@requires(Permission.PEOPLE_MANAGE)
def withdraw(account_id: int, appointment_id: int) -> ResponseReturnValue:
    """Take back an appointment that has not begun."""
    _known(account_id)
    form = forms.PlainForm(place=f"batalkan-{appointment_id}")

    def do() -> None:
        managing.withdraw(account_id, appointment_id, by=me(), seen=form.seen)

    return _deed(
        account_id, "batalkan", form, do, "Penugasan yang belum mulai itu dibatalkan.", appointment_id
    )


@bp.post("/orang/<int:account_id>/nama")
@requires(Permission.PEOPLE_MANAGE)
def rename(account_id: int) -> ResponseReturnValue:
    """Correct the name."""
    _known(account_id)
    form = forms.NameForm(place="nama")

    def do() -> None:
        managing.rename(account_id, form.name.data, by=me(), seen=form.seen)

    return _deed(account_id, "nama", form, do, "Nama sudah dibetulkan.")


@bp.post("/orang/<int:account_id>/masa")
@requires(Permission.PEOPLE_MANAGE)
def limit(account_id: int) -> ResponseReturnValue:
    """Let the account end after a day, or no longer."""
    _known(account_id)
    form = forms.LimitForm(place="masa")

    def do() -> None:
        managing.limit(account_id, form.last_day.data, by=me(), seen=form.seen)

    def said() -> str:
        day = form.last_day.data
        return f"Akun berlaku sampai {tanggal_pendek(day)}." if day else "Akun berlaku tanpa batas waktu."

    return _deed(account_id, "masa", form, do, said)


@bp.post("/orang/<int:account_id>/tutup")
@requires(Permission.PEOPLE_MANAGE)
def close(account_id: int) -> ResponseReturnValue:
    """Shut the account; it can be opened again."""
    _known(account_id)
    form = forms.CloseForm(place="tutup")

    def do() -> None:
        managing.close(account_id, form.reason.data, by=me(), seen=form.seen)

    return _deed(account_id, "tutup", form, do, "Akun sudah ditutup dan semua sesinya berakhir.")


@bp.post("/orang/<int:account_id>/buka")
@requires(Permission.PEOPLE_MANAGE)
def reopen(account_id: int) -> ResponseReturnValue:
    """Open a shut account again."""
    _known(account_id)
    form = forms.PlainForm(place="buka")

    def do() -> None:
        managing.reopen(account_id, by=me(), seen=form.seen)

    return _deed(account_id, "buka", form, do, "Akun sudah dibuka kembali dengan kata sandi yang lama.")


@bp.post("/orang/<int:account_id>/sesi/akhiri")
@requires(Permission.PEOPLE_MANAGE)
def end_sessions(account_id: int) -> ResponseReturnValue:
    """Sign the person out everywhere."""
    _known(account_id)
    form = forms.PlainForm(place="sesi")
    ended = [0]

    def do() -> None:
        ended[0] = managing.end_all_sessions(account_id, by=me(), seen=form.seen)

    def said() -> str:
        return f"{ended[0]} sesi sudah diakhiri." if ended[0] else "Tidak ada sesi yang terbuka."

    return _deed(account_id, "sesi", form, do, said)


@bp.post("/orang/<int:account_id>/dua-langkah/reset")
@requires(Permission.PEOPLE_MANAGE)
def reset_two_steps(account_id: int) -> ResponseReturnValue:
    """Take the second factor off whoever lost phone and recovery codes."""
    _known(account_id)
    form = forms.PlainForm(place="dua-langkah")

    def do() -> None:
        managing.reset_two_steps(account_id, by=me(), seen=form.seen)

    return _deed(
        account_id,
        "dua-langkah",
        form,
        do,
        "Masuk dua langkah sudah diatur ulang dan semua sesinya berakhir.",
    )


@bp.post("/orang/<int:account_id>/sandi")
@requires(Permission.PEOPLE_MANAGE)
def reset(account_id: int) -> ResponseReturnValue:
    """Give a temporary password; the answer is the only page that ever shows it."""
    _known(account_id)
    form = forms.PlainForm(place="sandi")
    failed = view.Failed("sandi", form)
    if not form.validate():
        return _page(account_id, failed, 422)
    try:
        if not form.is_first_sending():
            flash(
                "Kata sandi sementara tadi hanya ditampilkan sekali. Bila belum tercatat, atur ulang sekali lagi.",
                "warn",
            )
            return htmx.see_other(url_for("people.show", account_id=account_id))
        slip = managing.reset_password(account_id, by=me(), seen=form.seen)
        db.session.commit()
    except NotNow as refusal:
        db.session.rollback()
        failed.message = refusal.message
        return _page(account_id, failed, 409)
    return handed(slip, is_new=False)
