"""Seal checks: wrong codes and compared files at /cek, counted for a quarter of an hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "seal_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_check")),
    )
    op.create_index(op.f("ix_seal_check_at"), "seal_check", ["at"])
    op.create_index("ix_seal_check_who_at", "seal_check", ["who", "at"])


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_table("seal_check")
