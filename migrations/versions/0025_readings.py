"""Readings: what a desk knew at a report's cut-off, whether or not anybody was writing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "report_reading",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_reading_report_id_report")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_reading")),
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_table("report_reading")
