"""Letterhead of a desk, and figures that contradict each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")
DRAFT = sa.text("published_at IS NULL AND ended_at IS NULL")
IN_FORCE = sa.text("published_at IS NOT NULL AND ended_at IS NULL")


def upgrade() -> None:
    """Bring the tables to this version."""
    # A plain statement: batch mode would copy the table that appointments name.
    op.execute("ALTER TABLE unit ADD COLUMN retired_on DATE")
    op.create_table(
        "figure_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("figure_id", sa.Integer(), nullable=False),
        sa.Column("seen_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["figure_id"], ["reference_figure.id"], name=op.f("fk_figure_choice_figure_id_reference_figure")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_figure_choice_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_choice")),
    )
    op.create_index("ix_figure_choice_lookup", "figure_choice", ["region_code", "kind", "id"], unique=False)
    _letterheads()
    op.create_table(
        "paper_number",
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_paper_number_region_code_region")
        ),
        sa.PrimaryKeyConstraint("region_code", "year", name=op.f("pk_paper_number")),
    )


def _letterheads() -> None:
    op.create_table(
        "letterhead_logo",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_letterhead_logo")),
    )
    op.create_table(
        "letterhead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("logo_sha256", sa.String(length=64), nullable=True),
        sa.Column("number_pattern", sa.String(length=120), nullable=False),
        sa.Column("classification", sa.String(length=40), nullable=False),
        sa.Column("attachment", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("copies", sa.Text(), nullable=False),
        sa.Column("paper", sa.String(length=2), nullable=False),
        sa.Column("preview_job_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_name", sa.String(length=120), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_name", sa.String(length=120), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["logo_sha256"],
            ["letterhead_logo.sha256"],
            name=op.f("fk_letterhead_logo_sha256_letterhead_logo"),
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_letterhead_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead")),
    )
    op.create_index(op.f("ix_letterhead_region_code"), "letterhead", ["region_code"], unique=False)
    for name, condition in (("uq_letterhead_draft", DRAFT), ("uq_letterhead_in_force", IN_FORCE)):
        op.create_index(
            name,
            "letterhead",
            ["region_code"],
            unique=True,
            sqlite_where=condition,
            postgresql_where=condition,
        )


def downgrade() -> None:
    """Take the tables back to the version before; letterheads, paper numbers and choices are lost."""
    op.drop_table("paper_number")
    op.drop_table("letterhead")
    op.drop_table("letterhead_logo")
    op.drop_table("figure_choice")
    op.execute("ALTER TABLE unit DROP COLUMN retired_on")
