"""Government support, meetings with attendance, field visits and follow-ups: a table for each register."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.records import create_record_table

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = (
    "grant_agreement",
    "grant_tranche",
    "seconded_staff",
    "ad_hoc_staff",
    "lent_room",
    "health_check",
    "lent_transport",
    "meeting",
    "meeting_attendance",
    "field_visit",
    "follow_up",
)


def upgrade() -> None:
    """Bring the tables to this version."""
    _grants()
    _measured()
    _meetings()


def downgrade() -> None:
    """Take the tables back to the version before."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _grants() -> None:
    create_record_table(
        "grant_agreement",
        _text("institution", 20),
        _text("recipient", 160),
        _text("letter_number", 80),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=True),
        _text("source", 300),
        _text("note", 400),
    )
    create_record_table(
        "grant_tranche",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("transferred", sa.BigInteger(), nullable=True),
        sa.Column("transferred_on", sa.Date(), nullable=True),
        _text("source", 300),
        _text("note", 400),
        _belongs("grant_tranche", "agreement_id", "grant_agreement"),
    )
    _index("grant_tranche", "agreement_id")


def _measured() -> None:
    own: dict[str, tuple[sa.Column[Any], ...]] = {
        "seconded_staff": (_text("body", 30), _text("letter_number", 80)),
        "ad_hoc_staff": (_text("body", 30),),
        "lent_room": (_text("body", 30), _text("place", 200)),
        "health_check": (_text("body", 30), _text("place", 200)),
        "lent_transport": (_text("kind", 20), _text("purpose", 200)),
    }
    for table, columns in own.items():
        create_record_table(
            table,
            *columns,
            sa.Column("target", sa.Integer(), nullable=True),
            sa.Column("real", sa.Integer(), nullable=True),
            sa.Column("counted_on", sa.Date(), nullable=True),
            _text("source", 300),
            _text("note", 400),
        )


def _meetings() -> None:
    create_record_table(
        "meeting",
        _text("kind", 20),
        _text("name", 200),
        sa.Column("held_on", sa.Date(), nullable=False),
        _text("starts_at", 5),
        _text("place", 200),
        _text("link", 300),
        _text("chair", 160),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        _text("source", 300),
    )
    create_record_table(
        "meeting_attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        _text("institution", 20),
        _text("unit", 160),
        _text("presence", 20),
        sa.Column("people", sa.Integer(), nullable=True),
        _text("speaker", 160),
        _text("companions", 300),
        _text("note", 400),
        _belongs("meeting_attendance", "meeting_id", "meeting"),
    )
    _index("meeting_attendance", "meeting_id")
    create_record_table(
        "field_visit",
        _text("standing", 20),
        _text("team_of", 20),
        _text("team", 300),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        _text("purpose", 200),
        _text("place", 200),
        _text("transport", 20),
        sa.Column("findings", sa.Text(), nullable=False),
        _text("source", 300),
    )
    create_record_table(
        "follow_up",
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("risk_id", sa.Integer(), nullable=True),
        sa.Column("task", sa.Text(), nullable=False),
        _text("owner", 160),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        _text("source", 300),
        _belongs("follow_up", "meeting_id", "meeting"),
        _belongs("follow_up", "visit_id", "field_visit"),
        _belongs("follow_up", "incident_id", "incident"),
        _belongs("follow_up", "risk_id", "risk"),
    )
    for column in ("meeting_id", "visit_id", "incident_id", "risk_id"):
        _index("follow_up", column)


def _text(name: str, most: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length=most), nullable=False)


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
