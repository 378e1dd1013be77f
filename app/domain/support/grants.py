"""Grants and their tranches beside one another: no more than the agreement says, each tranche once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from app.domain.errors import Invalid
from app.domain.registers import Kin, Place, Values, counting
from app.domain.support.models import GrantAgreement, GrantTranche
from app.extensions import db
from app.words import angka

PARTS = (("amount", "Nilai tahap"), ("transferred", "Ditransfer"))


def tranche_fits(values: Values, place: Place, kin: Kin) -> None:
    """Refuse (Invalid) a tranche of another region than its agreement's, a second one of the same number, and sums
    above the agreement's total, where that is known. Locks the agreement until the commit.
    """
    agreement = _held(kin.parents["agreement_id"])
    if agreement.region_code != place.region:
        raise Invalid("Wilayah tahap sama dengan wilayah NPHD-nya.", region="Pilih wilayah NPHD-nya.")
    others = _tranches(agreement.id, but=kin.id)
    if any(one.ordinal == values["ordinal"] for one in others):
        sentence = f"Tahap {values['ordinal']} dari NPHD ini sudah ada. Betulkan yang itu."
        raise Invalid(sentence, ordinal=sentence)
    _within(agreement.total, others, values)


def agreement_fits(values: Values, place: Place, kin: Kin) -> None:
    """Refuse (Invalid) a total below what its tranches add up to. Locks the agreement until the commit."""
    if not kin.id:
        return
    _held(kin.id)
    others = _tranches(kin.id, but=0)
    for name, label in PARTS:
        known = sum(getattr(one, name) or 0 for one in others)
        if values["total"] is not None and known > values["total"]:
            sentence = (
                f"{label} dari semua tahapnya Rp{angka(known)}, lebih besar dari nilai ini. Periksa keduanya."
            )
            raise Invalid(sentence, total=sentence)


def _within(total: int | None, others: Sequence[GrantTranche], values: Values) -> None:
    if total is None:
        return
    for name, label in PARTS:
        known = sum(getattr(one, name) or 0 for one in others)
        if values[name] is not None and known + values[name] > total:
            rest = max(0, total - known)
            sentence = (
                f"Semua tahap menjadi Rp{angka(known + values[name])}, lebih besar dari nilai NPHD "
                f"Rp{angka(total)}. {label} paling banyak Rp{angka(rest)}."
            )
            raise Invalid(sentence, **{name: sentence})


def _tranches(agreement_id: int, *, but: int) -> Sequence[GrantTranche]:
    query = select(GrantTranche).where(
        counting(GrantTranche), GrantTranche.agreement_id == agreement_id, GrantTranche.id != but
    )
    return db.session.scalars(query).all()


def _held(agreement_id: int | None) -> GrantAgreement:
    """The agreement, its row locked: two tranches at one moment are checked one after the other."""
    here = update(GrantAgreement).where(GrantAgreement.id == agreement_id)
    db.session.execute(
        here.values(version=GrantAgreement.version).execution_options(synchronize_session=False)
    )
    return db.session.get_one(GrantAgreement, agreement_id, populate_existing=True)
