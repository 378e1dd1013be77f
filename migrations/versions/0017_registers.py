"""Registers: what all of them share; circulars with who acknowledged them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "circular",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("letter_number", sa.String(length=80), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("recipients", sa.String(length=400), nullable=False),
        sa.Column("recipient_count", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_circular_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_circular_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_circular_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular")),
    )
    op.create_index(op.f("ix_circular_region_code"), "circular", ["region_code"], unique=False)
    op.create_table(
        "register_counter",
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_register_counter_region_code_region")
        ),
        sa.PrimaryKeyConstraint("subject_kind", "region_code", "year", name=op.f("pk_register_counter")),
    )
    op.create_table(
        "register_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("letter_number", sa.String(length=80), nullable=False),
        sa.Column("receiver", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("office", sa.String(length=240), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_register_move_by_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_move")),
    )
    op.create_index(
        "ix_register_move_subject_kind_record_id_id",
        "register_move",
        ["subject_kind", "record_id", "id"],
        unique=False,
    )
    op.create_table(
        "circular_acknowledgement",
        sa.Column("circular_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=160), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["circular.id"], name=op.f("fk_circular_acknowledgement_circular_id_circular")
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_circular_acknowledgement_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_circular_acknowledgement_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_circular_acknowledgement_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circular_acknowledgement")),
    )
    op.create_index(
        op.f("ix_circular_acknowledgement_region_code"),
        "circular_acknowledgement",
        ["region_code"],
        unique=False,
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_index(op.f("ix_circular_acknowledgement_region_code"), table_name="circular_acknowledgement")
    op.drop_table("circular_acknowledgement")
    op.drop_index("ix_register_move_subject_kind_record_id_id", table_name="register_move")
    op.drop_table("register_move")
    op.drop_table("register_counter")
    op.drop_index(op.f("ix_circular_region_code"), table_name="circular")
    op.drop_table("circular")
