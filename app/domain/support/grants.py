"""Grants and their tranches beside one another: no more than the agreement says, each tranche once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select, update

from app.domain.errors import Invalid
from app.domain.registers import Kin, Place, SheetLine, Values, counting
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
    others = _tranches(agreement.id, but={kin.id})
    if any(one.ordinal == values["ordinal"] for one in others):
        sentence = f"Tahap {values['ordinal']} dari NPHD ini sudah ada. Betulkan yang itu."
        raise Invalid(sentence, ordinal=sentence)
    _within(agreement.total, _known(others), values)


def tranches_fit(lines: Sequence[SheetLine]) -> Iterable[tuple[int, str, str]]:
    """The same of the lines of a sheet, each fault with its line. Two statements for each agreement; locks nothing."""
    by_agreement: dict[int | None, list[int]] = {}
    for index, line in enumerate(lines):
        by_agreement.setdefault(line.kin.parents["agreement_id"], []).append(index)
    for agreement_id, own in by_agreement.items():
        agreement = db.session.get_one(GrantAgreement, agreement_id, populate_existing=True)
        said = [lines[index] for index in own]
        known = _known(_tranches(agreement.id, but=_corrected(agreement.id, said)))
        for index, line in zip(own, said, strict=True):
            if line.region != agreement.region_code:
                yield index, "region", "Wilayah tahap sama dengan wilayah NPHD-nya."
                continue
            try:
                _within(agreement.total, known, line.values)
            except Invalid as refusal:
                yield from ((index, name, sentence) for name, sentence in refusal.fields.items())
            known = {name: value + (line.values[name] or 0) for name, value in known.items()}


def _corrected(agreement_id: int, said: Sequence[SheetLine]) -> set[int]:
    """The stored tranches that these lines speak of, whether they change them or not."""
    ordinals = {line.values["ordinal"] for line in said}
    return {one.id for one in _tranches(agreement_id, but=set()) if one.ordinal in ordinals}


def _known(tranches: Sequence[GrantTranche]) -> dict[str, int]:
    return {name: sum(getattr(one, name) or 0 for one in tranches) for name, _ in PARTS}


def agreement_fits(values: Values, place: Place, kin: Kin) -> None:
    """Refuse (Invalid) a total below what its tranches add up to. Locks the agreement until the commit."""
    if kin.id:
        _held(kin.id)
        for sentence in _above(kin.id, values["total"]):
            raise Invalid(sentence, total=sentence)


def agreements_fit(lines: Sequence[SheetLine]) -> Iterable[tuple[int, str, str]]:
    """The same of the lines of a sheet, each fault with its line. One statement for each agreement that changes."""
    for index, line in enumerate(lines):
        if line.kin.id:
            yield from ((index, "total", sentence) for sentence in _above(line.kin.id, line.values["total"]))


def _above(agreement_id: int, total: int | None) -> Iterable[str]:
    """What its tranches add up to, where that is more than its total will be."""
    known = _known(_tranches(agreement_id, but=set()))
    for name, label in PARTS:
        if total is not None and known[name] > total:
            told = angka(known[name])
            yield f"{label} dari semua tahapnya Rp{told}, lebih besar dari nilai ini. Periksa keduanya."


def _within(total: int | None, known: Mapping[str, int], values: Values) -> None:
    if total is None:
        return
    for name, label in PARTS:
        if values[name] is not None and known[name] + values[name] > total:
            rest = max(0, total - known[name])
            sentence = (
                f"Semua tahap menjadi Rp{angka(known[name] + values[name])}, lebih besar dari nilai NPHD "
                f"Rp{angka(total)}. {label} paling banyak Rp{angka(rest)}."
            )
            raise Invalid(sentence, **{name: sentence})


def _tranches(agreement_id: int, *, but: set[int]) -> Sequence[GrantTranche]:
    query = select(GrantTranche).where(
        counting(GrantTranche), GrantTranche.agreement_id == agreement_id, GrantTranche.id.not_in(but)
    )
    return db.session.scalars(query).all()


def _held(agreement_id: int | None) -> GrantAgreement:
    """The agreement, its row locked: two tranches at one moment are checked one after the other."""
    here = update(GrantAgreement).where(GrantAgreement.id == agreement_id)
    db.session.execute(
        here.values(version=GrantAgreement.version).execution_options(synchronize_session=False)
    )
    return db.session.get_one(GrantAgreement, agreement_id, populate_existing=True)
