"""What does not fit together in a report, found before it is sent: some of it blocks, some asks for a reason.

A reason travels with the report, so that whoever reads it later sees both. The names of the rules are stable: a reason
is kept under its rule, and a rule that may speak several times carries the section or figure behind a colon.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.domain import identity
from app.domain.registers import Fact
from app.domain.reports.claims import Claim, claims_in
from app.domain.reports.drafts import Draft, before_of
from app.domain.reports.figure_checks import beyond, fallen, uneven, unlike_reference
from app.domain.reports.findings import Finding, finding
from app.domain.reports.queries import ReportRow
from app.domain.reports.rules import MOST_TEXT, NEVER_NIL, TROUBLES, Grade
from app.domain.reports.snapshot import Reading, SectionText
from app.domain.reports.typed import figures_in, leftovers_in, names_in
from app.words import angka

OF_SECTION = {
    "logistik": "LOG",
    "keamanan": "KAM",
    "netralitas": "ASN",
    "ktp": "KTP",
    "sosialisasi": "SOS",
    "dukungan": "DUK",
    "cuaca": "CUACA",
}
"""A section whose text speaks of its own area of work only."""


class Checked(NamedTuple):
    """One line of what is looked at before "nihil" is said."""

    key: str
    words: str
    is_open: bool
    """With this open, "nihil" would not be true."""


def findings_of(row: ReportRow, draft: Draft, reading: Reading) -> list[Finding]:
    """Everything found, what blocks first. Reads the report before; at most two statements."""
    before = before_of(row)
    then = before.snapshot.reading if before is not None and before.snapshot is not None else None
    found = [
        *_unfinished(draft, reading),
        *_identities(draft),
        *beyond(reading),
        *([] if draft.is_nil else _claimed(draft, reading)),
        *_graded(draft, reading),
        *unlike_reference(reading),
        *uneven(reading),
        *fallen(then, reading),
        *_typed(draft, reading),
    ]
    return sorted(found, key=lambda one: not one.blocks)


def nil_checks(reading: Reading) -> tuple[Checked, ...]:
    """What must be looked at before a nil report, each with its number; what nobody knows is told as that."""
    told = []
    for key in TROUBLES:
        fact = reading.figure(key)
        if fact is not None:
            count = "tidak ada" if fact.value == 0 else fact.said
            told.append(Checked(key, f"{fact.label}: {count}", key in NEVER_NIL and bool(fact.value)))
    return tuple(told)


def still_unexplained(draft: Draft, findings: Iterable[Finding]) -> list[Finding]:
    """What keeps the report from being sent: what blocks, and what lacks its reason."""
    return [one for one in findings if one.blocks or not draft.reason(one.rule).strip()]


def _unfinished(draft: Draft, reading: Reading) -> Iterable[Finding]:
    if draft.is_nil:
        yield from _nil(draft, reading)
    elif not any(one.text.strip() for one in draft.sections):
        yield finding(
            "kosong",
            "Laporan ini belum berisi kalimat apa pun. Tulis sedikitnya satu bagian, atau kirim laporan nihil.",
            ("umum",),
        )
    for section in draft.sections:
        if section.key in draft.carried and section.text.strip():
            yield finding(
                "lanjutan",
                f"{section.title}: teks dari laporan sebelumnya belum dipastikan. Tandai bahwa masih berlaku, ubah, "
                "atau hapus.",
                (section.key,),
                section.key,
            )
        if len(section.text) > MOST_TEXT:
            yield finding(
                "terlalu_panjang",
                f"{section.title}: {angka(len(section.text))} huruf, paling banyak {angka(MOST_TEXT)}.",
                (section.key,),
                section.key,
            )
    if draft.grade != Grade.SAFE and not draft.grade_reason.strip():
        words = f"Keadaan «{Grade(draft.grade).label}» harus beralasan. Tuliskan mengapa."
        yield finding("alasan_keadaan", words, ("keadaan",))


def _nil(draft: Draft, reading: Reading) -> Iterable[Finding]:
    still = [one for one in nil_checks(reading) if one.is_open]
    if still:
        words = "; ".join(one.words for one in still)
        yield finding(
            "nihil_bertentangan",
            f"Laporan nihil tidak sesuai dengan catatan desk: {words}. Buat laporan lengkap, atau selesaikan dahulu "
            "catatannya.",
            tuple(one.key for one in still),
        )
    if not draft.nil_checked:
        words = "Nyatakan dahulu bahwa Anda sudah memeriksa catatan desk."
        yield finding("nihil_tanpa_periksa", words)


def _texts(draft: Draft) -> list[tuple[str, str, str]]:
    """(key, what it is called, text) of all that people wrote."""
    return [
        ("keadaan", "Alasan keadaan", draft.grade_reason),
        *((one.key, one.title, one.text) for one in draft.sections),
        *(("perubahan", "Perubahan", one.text) for one in draft.changes if one.is_edited),
        *(("alasan", "Alasan", reason) for _, reason in draft.reasons),
    ]


def _identities(draft: Draft) -> Iterable[Finding]:
    named: dict[str, str] = {}
    for key, title, text in _texts(draft):
        if identity.holds_identity_number(text):
            yield finding("nomor_identitas", f"{title}: {identity.NUMBER_SENTENCE}", (key,), key)
        for name in names_in(text):
            named.setdefault(key, f"{title}: tampaknya memuat nama orang («{name}»). Tulis jabatannya saja.")
    for key, words in named.items():
        yield finding("nama_orang", words, (key,), key)


def _claimed(draft: Draft, reading: Reading) -> Iterable[Finding]:
    """ "Tidak ada kendala" beside 3 open cases (seed 004)."""
    open_ = [fact for key in TROUBLES if (fact := reading.figure(key)) is not None and fact.value]
    for section in draft.sections:
        found: dict[str, tuple[Claim, list[Fact]]] = {}
        for claim in claims_in(section.text):
            against = [fact for fact in open_ if _speaks_of(claim, section, TROUBLES[fact.key])]
            if claim.is_calm:
                against = [fact for fact in against if fact.key.startswith("keamanan.kejadian")]
            if against:
                rule = "aman_bertentangan" if claim.is_calm else "tidak_ada_kendala"
                found.setdefault(rule, (claim, against))
        for rule, (claim, against) in found.items():
            told = "; ".join(f"{fact.label}: {fact.said}" for fact in against)
            yield finding(
                rule,
                f"{section.title} menyebut «{claim.words}», padahal tercatat {told}. Ubah teksnya, atau tuliskan "
                "alasannya.",
                (section.key, *(fact.key for fact in against)),
                section.key,
            )


def _speaks_of(claim: Claim, section: SectionText, area: str) -> bool:
    """Whether a claim in a section says something of troubles of this area of work."""
    areas = claim.areas or frozenset(filter(None, [OF_SECTION.get(section.key, "")]))
    return not areas or area in areas


def _graded(draft: Draft, reading: Reading) -> Iterable[Finding]:
    if draft.grade != Grade.SAFE:
        return
    worst, said = reading.figure("keamanan.kejadian_berat"), reading.figure("keamanan.situasi")
    told = []
    if worst is not None and worst.value:
        told.append(worst)
    if said is not None and said.words and "kondusif" not in said.words.replace("tidak kondusif", ""):
        told.append(said)
    if told:
        yield finding(
            "keadaan_bertentangan",
            f"Keadaan dipilih «{Grade.SAFE.label}», padahal tercatat "
            f"{'; '.join(f'{fact.label}: {fact.said}' for fact in told)}.",
            ("keadaan", *(fact.key for fact in told)),
        )


def _typed(draft: Draft, reading: Reading) -> Iterable[Finding]:
    """Numbers in a text that are unlike the figure that they name: "474 TPS" where there are 475."""
    for key, title, text in _texts(draft):
        told = figures_in(text, reading)
        for rule, some in (("angka_teks", told), ("bagian_tidak_genap", leftovers_in(text, reading))):
            if some:
                words = "; ".join(f"«{one.words}», padahal {one.known}" for one in some)
                yield finding(rule, f"{title} menyebut {words}.", (key, *(one.key for one in some)), key)
