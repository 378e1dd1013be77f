"""The situation room: from how many percent an area of work counts as ready."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "situation_threshold",
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("area", sa.String(length=8), nullable=False),
        sa.Column("watch", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("set_by_name", sa.String(length=120), nullable=False),
        sa.CheckConstraint(
            "0 < watch AND watch <= ready AND ready <= 100", name=op.f("ck_situation_threshold_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_situation_threshold_region_code_region")
        ),
        sa.PrimaryKeyConstraint("region_code", "area", name=op.f("pk_situation_threshold")),
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_table("situation_threshold")
