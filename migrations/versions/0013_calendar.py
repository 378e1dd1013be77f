"""Calendar: its version, moves that were withdrawn, and the days on which offices are closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")
# Plain statements, the same on both databases: batch mode would copy tables whose rows others name.
COLUMNS = (
    ("election", "calendar_version", "INTEGER DEFAULT 1 NOT NULL"),
    ("stage_override", "document", "VARCHAR(160) DEFAULT '' NOT NULL"),
    ("stage_override", "withdrawn_by", "VARCHAR(120) DEFAULT '' NOT NULL"),
    ("stage_override", "withdrawn_reason", "VARCHAR(400) DEFAULT '' NOT NULL"),
)
MOMENT = {"postgresql": "TIMESTAMP WITH TIME ZONE"}


def upgrade() -> None:
    """Bring the tables to this version."""
    moment = MOMENT.get(op.get_bind().dialect.name, "DATETIME")
    for table, name, kind in (*COLUMNS, ("stage_override", "withdrawn_at", moment)):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    op.create_table(
        "holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('nasional', 'cuti_bersama', 'daerah')", name=op.f("ck_holiday_known_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'daerah') = (region_code <> '')", name=op.f("ck_holiday_regional_has_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
    )
    op.create_index(
        "uq_holiday_day_region_code",
        "holiday",
        ["day", "region_code"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )


def downgrade() -> None:
    """Take the tables back to the version before; holidays and withdrawn moves are lost."""
    op.drop_index("uq_holiday_day_region_code", table_name="holiday")
    op.drop_table("holiday")
    op.execute("DELETE FROM stage_override WHERE withdrawn_at IS NOT NULL")
    op.execute("ALTER TABLE stage_override DROP COLUMN withdrawn_at")
    for table, name, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
