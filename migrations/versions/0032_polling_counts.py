"""Voting day: how many TPS have opened, finished voting and finished counting, hour by hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.records import create_record_table

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    create_record_table(
        "polling_count",
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.String(length=5), nullable=False),
        sa.Column("stations", sa.Integer(), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=True),
        sa.Column("late", sa.Integer(), nullable=True),
        sa.Column("halted", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("fall_reason", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_table("polling_count")
