"""What was left of the checklists on each day: the days behind their burn-down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "checklist_day",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("election_id", "region_code", "day", name=op.f("pk_checklist_day")),
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_table("checklist_day")
