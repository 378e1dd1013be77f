"""Regions, polling stations and reference figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "region",
        sa.Column("code", REGION_CODE, nullable=False),
        sa.Column("parent_code", REGION_CODE, nullable=True),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("local_term", sa.String(length=30), nullable=True),
        sa.Column("source_version", sa.String(length=60), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["parent_code"], ["region.code"], name=op.f("fk_region_parent_code_region")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )
    op.create_index(op.f("ix_region_parent_code"), "region", ["parent_code"], unique=False)
    op.create_table(
        "polling_station",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("host_kind", sa.String(length=30), nullable=True),
        sa.Column("host_name", sa.String(length=120), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "voters IS NULL OR voters >= 0", name=op.f("ck_polling_station_voters_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_polling_station_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polling_station")),
        sa.UniqueConstraint("region_code", "number", name=op.f("uq_polling_station_region_code_number")),
    )
    op.create_table(
        "reference_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Numeric(precision=18, scale=3), nullable=True),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_reference_figure_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reference_figure")),
    )
    op.create_index(
        "ix_reference_figure_lookup", "reference_figure", ["region_code", "kind", "id"], unique=False
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_index("ix_reference_figure_lookup", table_name="reference_figure")
    op.drop_table("reference_figure")
    op.drop_table("polling_station")
    op.drop_index(op.f("ix_region_parent_code"), table_name="region")
    op.drop_table("region")
