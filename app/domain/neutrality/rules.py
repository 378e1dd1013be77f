"""Rules of the neutrality room: kinds of people, states, the one workflow table, who is competent for whom.

A case is "dugaan" until a decision (domain.md 2c and 5): the words follow the state.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from app.domain.accounts import Permission
from app.domain.errors import Invalid
from app.domain.identity import NUMBER_SENTENCE, holds_identity_number
from app.domain.workflow import Step

AREA = "ASN"
"""The area of work that cases belong to: an appointment limited to other areas gives nothing here."""
OTHER_BREACH = "lain"
MOST_WORDS = 1_000


class Kind(StrEnum):
    """What kind of person a case is about; the chain follows the kind."""

    PNS = "pns"
    PPPK = "pppk"
    CONTRACT = "kontrak"
    VILLAGE_HEAD = "kepala_desa"
    VILLAGE_STAFF = "perangkat_desa"
    VILLAGE_COUNCIL = "bpd"
    TNI = "tni"
    POLRI = "polri"
    ORGANISER = "penyelenggara"

    def words(self, village: str = "kampung/desa") -> str:
        """As people say it in a count; `village` is what a desa is called there."""
        return {
            "pns": "PNS",
            "pppk": "PPPK",
            "kontrak": "tenaga kontrak",
            "kepala_desa": f"kepala {village}",
            "perangkat_desa": f"perangkat {village}",
            "bpd": "anggota BPD",
            "tni": "anggota TNI",
            "polri": "anggota Polri",
            "penyelenggara": "penyelenggara Pemilihan",
        }[self.value]

    @property
    def alias(self) -> str:
        """What a pseudonym begins with: PNS-1, Kades-1."""
        return {
            "pns": "PNS",
            "pppk": "PPPK",
            "kontrak": "Kontrak",
            "kepala_desa": "Kades",
            "perangkat_desa": "Perangkat",
            "bpd": "BPD",
            "tni": "TNI",
            "polri": "Polri",
            "penyelenggara": "Penyelenggara",
        }[self.value]


CIVIL_SERVANTS = frozenset({Kind.PNS, Kind.PPPK})
VILLAGE = frozenset({Kind.VILLAGE_HEAD, Kind.VILLAGE_STAFF, Kind.VILLAGE_COUNCIL})


class Route(NamedTuple):
    """Whom a kind of case goes to: who may receive it, who recommends, who examines and decides."""

    receivers: tuple[str, ...]
    recommends: str
    decides: str
    needs_recommendation: bool = False
    """Whether nobody examines before a recommendation is there: BKN's, for civil servants."""


_HEAD = "Bupati/Wali Kota"
ROUTES: dict[Kind, Route] = {
    **dict.fromkeys(CIVIL_SERVANTS, Route(("BKN",), "BKN", "PPK kepegawaian", needs_recommendation=True)),
    Kind.CONTRACT: Route(("Instansi pemberi kerja",), "Bawaslu", "instansi pemberi kerja"),
    **dict.fromkeys(VILLAGE, Route((_HEAD,), "Bawaslu", "bupati/wali kota")),
    Kind.TNI: Route(("Atasan di TNI",), "Bawaslu", "atasan di TNI"),
    Kind.POLRI: Route(("Atasan di Polri",), "Bawaslu", "atasan di Polri"),
    Kind.ORGANISER: Route(("KPU", "Bawaslu", "DKPP"), "Bawaslu", "KPU, Bawaslu, atau DKPP"),
}
"""UU 6/2014 for village heads and staff; SE MenPANRB 4/2024 gives civil servants to BKN, and nobody else."""


class Source(StrEnum):
    """Where the desk has a case from."""

    BAWASLU = "temuan_bawaslu"
    PUBLIC = "laporan_masyarakat"
    DESK = "temuan_desk"
    UNKNOWN = "belum_diketahui"

    @property
    def label(self) -> str:
        """In words for people."""
        return {
            "temuan_bawaslu": "Temuan Bawaslu",
            "laporan_masyarakat": "Laporan masyarakat",
            "temuan_desk": "Temuan desk",
            "belum_diketahui": "Belum diketahui",
        }[self.value]


class CaseState(StrEnum):
    """Where a case stands (domain.md 2c)."""

    RECORDED = "dicatat"
    STUDIED = "dikaji_bawaslu"
    NOT_A_BREACH = "bukan_pelanggaran"
    FORWARDED = "diteruskan"
    RECOMMENDED = "rekomendasi"
    EXAMINED = "pemeriksaan"
    SANCTIONED = "sanksi_dijatuhkan"
    REPORTED_BACK = "dilaporkan_balik"
    CLOSED = "selesai"
    STOPPED = "dihentikan"

    @property
    def label(self) -> str:
        """In words for filters and lists over several kinds."""
        return STATE_WORDS[self]

    def words(self, kind: Kind) -> str:
        """In words for one kind, naming who has the case: "Diteruskan ke BKN"."""
        route = ROUTES[kind]
        if self is CaseState.FORWARDED:
            return f"Diteruskan ke {_listed(route.receivers)}"
        if self is CaseState.RECOMMENDED:
            return f"Rekomendasi {route.recommends}"
        if self is CaseState.EXAMINED:
            return f"Pemeriksaan oleh {route.decides}"
        return STATE_WORDS[self]


S = CaseState
STATE_WORDS = {
    S.RECORDED: "Dicatat",
    S.STUDIED: "Dikaji Bawaslu",
    S.NOT_A_BREACH: "Bukan pelanggaran",
    S.FORWARDED: "Diteruskan",
    S.RECOMMENDED: "Rekomendasi",
    S.EXAMINED: "Pemeriksaan",
    S.SANCTIONED: "Sanksi dijatuhkan",
    S.REPORTED_BACK: "Dilaporkan balik",
    S.CLOSED: "Selesai",
    S.STOPPED: "Dihentikan",
}
ENDED = frozenset({S.NOT_A_BREACH, S.CLOSED, S.STOPPED})
OPEN = frozenset(S) - ENDED
DECIDED = frozenset({S.SANCTIONED, S.REPORTED_BACK, S.CLOSED})
"""From here on it is no mere allegation."""
BEGINNINGS = (S.RECORDED, S.STUDIED, S.FORWARDED, S.RECOMMENDED, S.EXAMINED)
"""Where a case may already stand when the desk first hears of it."""


class Verb(StrEnum):
    """A deed on a case; the value is the last part of its audit action and of its endpoint."""

    STUDY = "study"
    CLEAR = "clear"
    FORWARD = "forward"
    RECOMMEND = "recommend"
    EXAMINE = "examine"
    SANCTION = "sanction"
    REPORT_BACK = "report_back"
    NOTE = "note"
    TAKE_BACK = "take_back"
    CHANGE = "change"
    CLOSE = "close"
    STOP = "stop"
    REOPEN = "reopen"


_HANDLE, _JUDGE = Permission.NEUTRALITY_HANDLE, Permission.NEUTRALITY_JUDGE


def _from(*states: CaseState) -> frozenset[CaseState]:
    return frozenset(states)


WORKFLOW: dict[Verb, Step[CaseState]] = {
    Verb.STUDY: Step("Dikaji Bawaslu", _from(S.RECORDED), S.STUDIED, _HANDLE),
    Verb.FORWARD: Step("Teruskan", _from(S.STUDIED), S.FORWARDED, _HANDLE),
    Verb.RECOMMEND: Step("Catat rekomendasi", _from(S.FORWARDED), S.RECOMMENDED, _HANDLE),
    Verb.EXAMINE: Step("Mulai pemeriksaan", _from(S.FORWARDED, S.RECOMMENDED), S.EXAMINED, _HANDLE),
    Verb.SANCTION: Step("Catat sanksi", _from(S.EXAMINED), S.SANCTIONED, _HANDLE),
    Verb.REPORT_BACK: Step("Catat laporan balik", _from(S.SANCTIONED), S.REPORTED_BACK, _HANDLE),
    Verb.CLEAR: Step(
        "Bukan pelanggaran",
        _from(S.STUDIED, S.FORWARDED, S.EXAMINED),
        S.NOT_A_BREACH,
        _HANDLE,
        needs_reason=True,
    ),
    Verb.NOTE: Step("Tambah catatan", OPEN, None, _HANDLE, needs_reason=True),
    Verb.TAKE_BACK: Step("Batalkan langkah terakhir", OPEN, None, _HANDLE, needs_reason=True),
    Verb.CHANGE: Step("Betulkan data", OPEN, None, _HANDLE),
    Verb.CLOSE: Step("Selesaikan", _from(S.REPORTED_BACK), S.CLOSED, _JUDGE, four_eyes=True),
    Verb.STOP: Step("Hentikan", OPEN, S.STOPPED, _JUDGE, four_eyes=True, needs_reason=True),
    Verb.REOPEN: Step("Buka kembali", ENDED, None, _JUDGE, four_eyes=True, needs_reason=True),
}
"""TAKE_BACK and REOPEN lead to where the case stood before: `stood_before` knows, not a column of the table."""
BACKWARDS = frozenset({Verb.TAKE_BACK, Verb.REOPEN})
WITH_LETTER = frozenset({Verb.FORWARD, Verb.RECOMMEND, Verb.SANCTION, Verb.REPORT_BACK, Verb.CLEAR})
"""Steps that the chain takes by letter: its number and date, or why they are not known (domain.md 2c)."""


def path_of(moves: Iterable[tuple[str, CaseState]]) -> list[CaseState]:
    """The states a case went through and still stands on, from (verb, state after) of each move in order."""
    path: list[CaseState] = []
    for verb, state in moves:
        if verb in BACKWARDS:
            path.pop()
        elif not path or path[-1] is not state:
            path.append(state)
    return path


def stood_before(moves: Iterable[tuple[str, CaseState]]) -> CaseState | None:
    """The state before the last step that still holds; None where there is none."""
    path = path_of(moves)
    return path[-2] if len(path) > 1 else None


def skips_a_step(kind: Kind, verb: Verb, state: CaseState) -> bool:
    """Whether this kind of case misses a step: civil servants are not examined before BKN's recommendation."""
    return verb is Verb.EXAMINE and state is S.FORWARDED and ROUTES[kind].needs_recommendation


def breach_words(title: str, state: CaseState) -> str:
    """The breach with what may be said of it: "Dugaan: ..." until a decision."""
    if state is S.NOT_A_BREACH:
        return f"Bukan pelanggaran: {title}"
    return title if state in DECIDED else f"Dugaan: {title}"


def plain_text(text: str, field: str, *, most: int = MOST_WORDS) -> str:
    """The text without blanks at its ends.

    Refuses (Invalid, at `field`) what is too long, and whatever holds an identity number: it is not masked but
    left out by the person, who alone knows what it was meant to say.
    """
    text = text.strip()
    if len(text) > most:
        sentence = f"Paling banyak {most} tanda."
        raise Invalid(sentence, **{field: sentence})
    if holds_identity_number(text):
        raise Invalid(NUMBER_SENTENCE, **{field: NUMBER_SENTENCE})
    return text


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])}, atau {words[-1]}"
