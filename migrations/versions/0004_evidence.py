"""Evidence files and their uses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("storage_key", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("proposed_taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("proposed_longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_name", sa.String(length=120), nullable=False),
        sa.Column("office", sa.String(length=240), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_evidence_file_whole_position")
        ),
        sa.CheckConstraint(
            "(proposed_latitude IS NULL) = (proposed_longitude IS NULL)",
            name=op.f("ck_evidence_file_whole_proposed_position"),
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_file_size_positive")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_evidence_file_region_code_region")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["evidence_file.id"], name=op.f("fk_evidence_file_replaces_id_evidence_file")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["account.id"], name=op.f("fk_evidence_file_uploaded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    op.create_index(op.f("ix_evidence_file_region_code"), "evidence_file", ["region_code"], unique=False)
    op.create_index(op.f("ix_evidence_file_sha256"), "evidence_file", ["sha256"], unique=False)
    op.create_index("ix_evidence_file_uploaded_by_id", "evidence_file", ["uploaded_by", "id"], unique=False)
    op.create_table(
        "evidence_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_by_name", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revises_id", sa.Integer(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.Column("removed_by_name", sa.String(length=120), nullable=False),
        sa.Column("removed_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "removed_at IS NULL OR removed_reason <> ''", name=op.f("ck_evidence_use_removal_has_reason")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_evidence_use_added_by_account")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["evidence_file.id"], name=op.f("fk_evidence_use_file_id_evidence_file")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_evidence_use_region_code_region")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["account.id"], name=op.f("fk_evidence_use_removed_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["revises_id"], ["evidence_use.id"], name=op.f("fk_evidence_use_revises_id_evidence_use")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_use")),
        sa.UniqueConstraint("revises_id", name=op.f("uq_evidence_use_revises_id")),
    )
    op.create_index(op.f("ix_evidence_use_file_id"), "evidence_use", ["file_id"], unique=False)
    op.create_index("ix_evidence_use_subject", "evidence_use", ["subject_kind", "subject_id"], unique=False)


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_index("ix_evidence_use_subject", table_name="evidence_use")
    op.drop_index(op.f("ix_evidence_use_file_id"), table_name="evidence_use")
    op.drop_table("evidence_use")
    op.drop_index("ix_evidence_file_uploaded_by_id", table_name="evidence_file")
    op.drop_index(op.f("ix_evidence_file_sha256"), table_name="evidence_file")
    op.drop_index(op.f("ix_evidence_file_region_code"), table_name="evidence_file")
    op.drop_table("evidence_file")
