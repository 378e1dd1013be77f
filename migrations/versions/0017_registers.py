"""Registers: what all of them share; circulars with who acknowledged them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.records import create_record_table

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the tables to this version."""
    create_record_table(
        "circular",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("letter_number", sa.String(length=80), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=120), nullable=False),
        sa.Column("recipients", sa.String(length=400), nullable=False),
        sa.Column("recipient_count", sa.Integer(), nullable=True),
    )
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
    create_record_table(
        "circular_acknowledgement",
        sa.Column("circular_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=160), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["circular_id"], ["circular.id"], name=op.f("fk_circular_acknowledgement_circular_id_circular")
        ),
    )


def downgrade() -> None:
    """Take the tables back to the version before; their indexes go with them."""
    for table in (
        "circular_acknowledgement",
        "register_move",
        "register_counter",
        "circular",
    ):
        op.drop_table(table)
