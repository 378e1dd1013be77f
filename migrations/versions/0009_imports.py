"""Imports: the sheets that people bring in, checked before anything is written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "sheet_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("file_key", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("error_count", sa.Integer(), nullable=False),
        sa.Column("errors_key", sa.String(length=80), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("trouble", sa.String(length=400), nullable=False),
        sa.Column("outcome", sa.String(length=400), nullable=False),
        sa.Column("slips_key", sa.String(length=64), nullable=False),
        sa.Column("slip_count", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('antre', 'bermasalah', 'siap', 'menerapkan', 'selesai', 'gagal')",
            name=op.f("ck_sheet_import_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sheet_import_account_id_account")
        ),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_sheet_import_job_id_job")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_sheet_import_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
    )
    op.create_index("ix_sheet_import_account_id_kind", "sheet_import", ["account_id", "kind"], unique=False)


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_index("ix_sheet_import_account_id_kind", table_name="sheet_import")
    op.drop_table("sheet_import")
