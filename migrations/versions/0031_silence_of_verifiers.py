"""Silence of verifiers: after how long a desk's report that nobody verified is shown to the desk above."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column(
        "report_rhythm", sa.Column("escalate_minutes", sa.Integer(), server_default="120", nullable=False)
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_column("report_rhythm", "escalate_minutes")
