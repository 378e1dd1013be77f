"""Cases of neutrality with their steps, numbers and clocks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the tables to this version."""
    _cases()
    _moves()
    op.create_table(
        "neutrality_counter",
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_neutrality_counter_region_code_region")
        ),
        sa.PrimaryKeyConstraint("region_code", "series", name=op.f("pk_neutrality_counter")),
    )
    op.create_table(
        "neutrality_clock",
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("set_by_name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_neutrality_clock")),
    )


def _cases() -> None:
    op.create_table(
        "neutrality_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("kind_number", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=160), nullable=False),
        sa.Column("breach", sa.String(length=8), nullable=False),
        sa.Column("breach_words", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=24), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("occurred_note", sa.String(length=200), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("name_locked", sa.Text(), nullable=False),
        sa.Column("nip_tail", sa.String(length=4), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("is_since_known", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.CheckConstraint("length(nip_tail) <= 4", name=op.f("ck_neutrality_case_only_a_tail")),
        sa.CheckConstraint(
            "occurred_on IS NOT NULL OR occurred_note <> ''",
            name=op.f("ck_neutrality_case_unknown_day_has_note"),
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_neutrality_case_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_neutrality_case_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_neutrality_case_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neutrality_case")),
        sa.UniqueConstraint(
            "region_code", "kind", "kind_number", name=op.f("uq_neutrality_case_region_code_kind_kind_number")
        ),
        sa.UniqueConstraint(
            "region_code", "year", "number", name=op.f("uq_neutrality_case_region_code_year_number")
        ),
    )


def _moves() -> None:
    op.create_table(
        "neutrality_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("letter_number", sa.String(length=80), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=True),
        sa.Column("sender", sa.String(length=120), nullable=False),
        sa.Column("receiver", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("office", sa.String(length=240), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_neutrality_move_by_id_account")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["neutrality_case.id"], name=op.f("fk_neutrality_move_case_id_neutrality_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neutrality_move")),
    )
    op.create_index("ix_neutrality_move_case_id_id", "neutrality_move", ["case_id", "id"], unique=False)


def downgrade() -> None:
    """Take the tables back to the version before; all cases are lost."""
    for table in ("neutrality_clock", "neutrality_counter", "neutrality_move", "neutrality_case"):
        op.drop_table(table)
