"""Steps of incidents and obstacles. Limits are working days; no law sets them, they are the desk's own measure."""

from __future__ import annotations

from enum import StrEnum

from app.domain.registers import JUDGE, RECORD, Flow
from app.domain.workflow import Step


class IncidentState(StrEnum):
    """Where an incident stands."""

    RECORDED = "dicatat"
    VERIFIED = "terverifikasi"
    ESCALATED = "dinaikkan"
    FORWARDED = "diteruskan"
    ANSWERED = "dijawab"
    CLOSED = "selesai"
    NOT_PROVEN = "tidak_terbukti"


class IncidentVerb(StrEnum):
    """What is done with an incident."""

    VERIFY = "verify"
    ESCALATE = "escalate"
    FORWARD = "forward"
    ANSWER = "answer"
    CLOSE = "close"
    DISMISS = "dismiss"
    REOPEN = "reopen"


RECEIVERS = ("Bawaslu", "Sentra Gakkumdu", "Polri")
"""Whom a desk forwards to: it neither judges nor punishes by itself."""

_I = IncidentState
INCIDENT_FLOW = Flow(
    table={
        IncidentVerb.VERIFY: Step("Verifikasi", frozenset({_I.RECORDED}), _I.VERIFIED, JUDGE, four_eyes=True),
        IncidentVerb.ESCALATE: Step(
            "Naikkan ke desk di atasnya", frozenset({_I.VERIFIED}), _I.ESCALATED, RECORD, needs_reason=True
        ),
        IncidentVerb.FORWARD: Step(
            "Teruskan",
            frozenset({_I.VERIFIED, _I.ESCALATED, _I.ANSWERED}),
            _I.FORWARDED,
            RECORD,
        ),
        IncidentVerb.ANSWER: Step("Catat jawaban", frozenset({_I.FORWARDED}), _I.ANSWERED, RECORD),
        IncidentVerb.CLOSE: Step(
            "Selesaikan",
            frozenset({_I.VERIFIED, _I.ESCALATED, _I.ANSWERED}),
            _I.CLOSED,
            JUDGE,
            four_eyes=True,
        ),
        IncidentVerb.DISMISS: Step(
            "Tidak terbukti",
            frozenset({_I.RECORDED, _I.VERIFIED, _I.ESCALATED, _I.FORWARDED, _I.ANSWERED}),
            _I.NOT_PROVEN,
            JUDGE,
            four_eyes=True,
            needs_reason=True,
        ),
        IncidentVerb.REOPEN: Step(
            "Buka kembali",
            frozenset({_I.CLOSED, _I.NOT_PROVEN}),
            _I.VERIFIED,
            JUDGE,
            needs_reason=True,
        ),
    },
    start=_I.RECORDED,
    words={
        _I.RECORDED: "dicatat",
        _I.VERIFIED: "terverifikasi",
        _I.ESCALATED: "dinaikkan ke desk di atasnya",
        _I.FORWARDED: "diteruskan",
        _I.ANSWERED: "dijawab",
        _I.CLOSED: "selesai",
        _I.NOT_PROVEN: "tidak terbukti",
    },
    ended=frozenset({_I.CLOSED, _I.NOT_PROVEN}),
    limits={_I.RECORDED: 1, _I.VERIFIED: 3, _I.ESCALATED: 3, _I.FORWARDED: 5, _I.ANSWERED: 3},
    by_letter=frozenset({IncidentVerb.FORWARD, IncidentVerb.ANSWER}),
    to_someone=frozenset({IncidentVerb.FORWARD}),
    receivers=RECEIVERS,
)


class ObstacleState(StrEnum):
    """Where an obstacle stands."""

    OPEN = "terbuka"
    HANDLED = "ditangani"
    CLOSED = "selesai"


class ObstacleVerb(StrEnum):
    """What is done about an obstacle."""

    HANDLE = "handle"
    CLOSE = "close"
    REOPEN = "reopen"


_O = ObstacleState
OBSTACLE_FLOW = Flow(
    table={
        ObstacleVerb.HANDLE: Step(
            "Catat penanganan", frozenset({_O.OPEN}), _O.HANDLED, RECORD, needs_reason=True
        ),
        ObstacleVerb.CLOSE: Step(
            "Nyatakan selesai",
            frozenset({_O.OPEN, _O.HANDLED}),
            _O.CLOSED,
            JUDGE,
            four_eyes=True,
            needs_reason=True,
        ),
        ObstacleVerb.REOPEN: Step("Buka kembali", frozenset({_O.CLOSED}), _O.OPEN, JUDGE, needs_reason=True),
    },
    start=_O.OPEN,
    words={_O.OPEN: "terbuka", _O.HANDLED: "sedang ditangani", _O.CLOSED: "selesai"},
    ended=frozenset({_O.CLOSED}),
    limits={_O.OPEN: 1, _O.HANDLED: 3},
)
