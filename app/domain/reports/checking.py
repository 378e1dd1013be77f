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
from app.domain.reports.drafting import Draft, before_of
from app.domain.reports.queries import ReportRow
from app.domain.reports.rules import MOST_TEXT, NEVER_NIL, TROUBLES, Grade
from app.domain.reports.snapshot import Reading, SectionText
from app.domain.reports.typed import figures_in, leftovers_in, names_in
from app.words import angka

BLOCKS: dict[str, bool] = {
    "kosong": True,
    "lanjutan": True,
    "alasan_keadaan": True,
    "nomor_identitas": True,
    "terlalu_panjang": True,
    "bagian_melebihi": True,
    "nihil_bertentangan": True,
    "nihil_tanpa_periksa": True,
    "tidak_ada_kendala": False,
    "aman_bertentangan": False,
    "keadaan_bertentangan": False,
    "acuan_berbeda": False,
    "bagian_tidak_genap": False,
    "kumulatif_turun": False,
    "angka_teks": False,
    "nama_orang": False,
}
"""Every rule: whether it blocks. The others ask for a reason."""
CUMULATIVE = (
    "logistik.kecamatan_lengkap",
    "logistik.keldes_lengkap",
    "logistik.tps_lengkap",
    "logistik.tps_khusus_lengkap",
    "logistik.daerah_lengkap",
    "logistik.pergeseran",
    "logistik.diterima_",
    "netralitas.kasus",
    "netralitas.edaran",
    "netralitas.ikrar",
    "netralitas.tanda_terima",
    "ktp.rekam",
    "ktp.cetak",
    "ktp.pemula_rekam",
    "ktp.surat_keterangan",
    "ktp.kecamatan_terlayani",
    "sosialisasi.",
    "dukungan.nphd_ditransfer",
    "dukungan.nphd_persen",
    "rapat.diadakan",
    "rapat.senin",
    "kunjungan.terlaksana",
)
"""Beginnings of keys of figures that only grow."""
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


class Finding(NamedTuple):
    """One thing that does not fit; `keys` are the figures, sections or fields that it is about."""

    rule: str
    words: str
    keys: tuple[str, ...] = ()
    blocks: bool = False


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
        *_beyond(reading),
        *([] if draft.is_nil else _claimed(draft, reading)),
        *_graded(draft, reading),
        *_unlike_reference(reading),
        *_uneven(reading),
        *_fallen(then, reading),
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


def _finding(rule: str, words: str, keys: tuple[str, ...] = (), of: str = "") -> Finding:
    return Finding(f"{rule}:{of}" if of else rule, words, keys, BLOCKS[rule])


def _unfinished(draft: Draft, reading: Reading) -> Iterable[Finding]:
    if draft.is_nil:
        yield from _nil(draft, reading)
    elif not any(one.text.strip() for one in draft.sections):
        yield _finding(
            "kosong",
            "Laporan ini belum berisi kalimat apa pun. Tulis sedikitnya satu bagian, atau kirim laporan nihil.",
            ("umum",),
        )
    for section in draft.sections:
        if section.key in draft.carried and section.text.strip():
            yield _finding(
                "lanjutan",
                f"{section.title}: teks dari laporan sebelumnya belum dipastikan. Tandai bahwa masih berlaku, ubah, "
                "atau hapus.",
                (section.key,),
                section.key,
            )
        if len(section.text) > MOST_TEXT:
            yield _finding(
                "terlalu_panjang",
                f"{section.title}: {angka(len(section.text))} huruf, paling banyak {angka(MOST_TEXT)}.",
                (section.key,),
                section.key,
            )
    if draft.grade != Grade.SAFE and not draft.grade_reason.strip():
        words = f"Keadaan «{Grade(draft.grade).label}» harus beralasan. Tuliskan mengapa."
        yield _finding("alasan_keadaan", words, ("keadaan",))


def _nil(draft: Draft, reading: Reading) -> Iterable[Finding]:
    still = [one for one in nil_checks(reading) if one.is_open]
    if still:
        words = "; ".join(one.words for one in still)
        yield _finding(
            "nihil_bertentangan",
            f"Laporan nihil tidak sesuai dengan catatan desk: {words}. Buat laporan lengkap, atau selesaikan dahulu "
            "catatannya.",
            tuple(one.key for one in still),
        )
    if not draft.nil_checked:
        words = "Nyatakan dahulu bahwa Anda sudah memeriksa catatan desk."
        yield _finding("nihil_tanpa_periksa", words)


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
            yield _finding("nomor_identitas", f"{title}: {identity.NUMBER_SENTENCE}", (key,), key)
        for name in names_in(text):
            named.setdefault(key, f"{title}: tampaknya memuat nama orang («{name}»). Tulis jabatannya saja.")
    for key, words in named.items():
        yield _finding("nama_orang", words, (key,), key)


def _beyond(reading: Reading) -> Iterable[Finding]:
    for fact in reading.figures:
        if fact.value is not None and fact.whole is not None and fact.value > fact.whole:
            yield _finding(
                "bagian_melebihi",
                f"{fact.label}: {angka(fact.value)} lebih besar daripada keseluruhannya, {angka(fact.whole)}. Betulkan "
                "catatannya, lalu ambil angka terbaru.",
                (fact.key,),
                fact.key,
            )


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
            yield _finding(
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
        yield _finding(
            "keadaan_bertentangan",
            f"Keadaan dipilih «{Grade.SAFE.label}», padahal tercatat "
            f"{'; '.join(f'{fact.label}: {fact.said}' for fact in told)}.",
            ("keadaan", *(fact.key for fact in told)),
        )


WHOLES = {
    "kecamatan": "Kecamatan",
    "TPS": "TPS",
}
"""Unit of a figure -> the reference figure that its whole must equal."""


def _unlike_reference(reading: Reading) -> Iterable[Finding]:
    known = {one.label: one for one in reading.reference if one.value is not None}
    for fact in reading.figures:
        label = "TPS lokasi khusus" if "khusus" in fact.key else WHOLES.get(fact.unit, "")
        one = known.get(label)
        if one is None or fact.whole is None or fact.is_silent or fact.whole == one.value:
            continue
        yield _finding(
            "acuan_berbeda",
            f"{fact.label} dihitung dari {angka(fact.whole)}, sedangkan angka acuan {label} {angka(one.value)}"
            f"{f' ({one.source})' if one.source else ''}.",
            (fact.key, f"acuan.{label}"),
            fact.key,
        )
    whole = known.get("Pemilih dalam DPT")
    parts = [known[name].value for name in ("DPT laki-laki", "DPT perempuan") if name in known]
    both = sum(value for value in parts if value is not None)
    if whole is not None and len(parts) == 2 and both != whole.value:
        yield _finding(
            "acuan_berbeda",
            f"DPT laki-laki dan perempuan berjumlah {angka(both)}, sedangkan DPT {angka(whole.value)}.",
            ("acuan.Pemilih dalam DPT",),
            "dpt",
        )


def _uneven(reading: Reading) -> Iterable[Finding]:
    """Parts that do not make their whole: 11 there and 3 on the way, of 13."""
    for done, today in (
        ("logistik.kecamatan_lengkap", "logistik.kecamatan_hari_ini"),
        ("logistik.tps_khusus_lengkap", "logistik.tps_khusus_hari_ini"),
    ):
        there, coming = reading.figure(done), reading.figure(today)
        if there is None or coming is None or None in (there.value, there.whole) or not coming.value:
            continue
        total = (there.value or 0) + coming.value
        if total > (there.whole or 0):
            yield _finding(
                "bagian_tidak_genap",
                f"{there.label} {angka(there.value)} dan {coming.label.lower()} {angka(coming.value)} berjumlah "
                f"{angka(total)}, padahal seluruhnya {angka(there.whole)}.",
                (done, today),
                done,
            )
    people = reading.figure("keamanan.personel")
    parts = [f for f in reading.figures if f.key.startswith("keamanan.personel.") and f.value is not None]
    both = sum(fact.value for fact in parts if fact.value is not None)
    if people is not None and people.value is not None and parts and both > people.value:
        yield _finding(
            "bagian_tidak_genap",
            f"Personel menurut lembaga berjumlah {angka(both)}, padahal seluruhnya {angka(people.value)}.",
            (people.key, *(fact.key for fact in parts)),
            people.key,
        )


def _fallen(then: Reading | None, now: Reading) -> Iterable[Finding]:
    for was in () if then is None else then.figures:
        fact = now.figure(was.key)
        if fact is None or not was.key.startswith(CUMULATIVE) or None in (was.value, fact.value):
            continue
        if (fact.value or 0) < (was.value or 0):
            yield _finding(
                "kumulatif_turun",
                f"{fact.label} turun dari {angka(was.value)} menjadi {angka(fact.value)}, padahal angka ini hanya "
                "bertambah.",
                (fact.key,),
                fact.key,
            )


def _typed(draft: Draft, reading: Reading) -> Iterable[Finding]:
    """Numbers in a text that are unlike the figure that they name: "474 TPS" where there are 475."""
    for key, title, text in _texts(draft):
        told = figures_in(text, reading)
        for rule, some in (("angka_teks", told), ("bagian_tidak_genap", leftovers_in(text, reading))):
            if some:
                words = "; ".join(f"«{one.words}», padahal {one.known}" for one in some)
                yield _finding(rule, f"{title} menyebut {words}.", (key, *(one.key for one in some)), key)
