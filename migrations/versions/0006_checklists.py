"""The checklist library, entries, discussion and progress counters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "checklist_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("current_version_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_item")),
        sa.UniqueConstraint("code", name=op.f("uq_checklist_item_code")),
    )
    op.create_table(
        "checklist_progress",
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("belum", sa.Integer(), nullable=False),
        sa.Column("proses", sa.Integer(), nullable=False),
        sa.Column("selesai", sa.Integer(), nullable=False),
        sa.Column("terkendala", sa.Integer(), nullable=False),
        sa.Column("tidak_berlaku", sa.Integer(), nullable=False),
        sa.Column("dikembalikan", sa.Integer(), nullable=False),
        sa.Column("dibuka_kembali", sa.Integer(), nullable=False),
        sa.Column("selesai_diverifikasi", sa.Integer(), nullable=False),
        sa.Column("tidak_berlaku_diverifikasi", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "election_id",
            "region_code",
            "area",
            "stage",
            "due_on",
            "opens_on",
            name=op.f("pk_checklist_progress"),
        ),
    )
    op.create_table(
        "checklist_item_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("levels", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("roles", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("recurrence", sa.String(length=20), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=True),
        sa.Column("due_offset", sa.Integer(), nullable=False),
        sa.Column("times", sa.String(length=60), nullable=False),
        sa.Column("evidence", sa.String(length=60), nullable=False),
        sa.Column("measure_unit", sa.String(length=120), nullable=False),
        sa.Column("measure_total", sa.String(length=60), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("sla", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["checklist_item.id"], name=op.f("fk_checklist_item_version_item_id_checklist_item")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_checklist_item_version_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_item_version")),
        sa.UniqueConstraint("item_id", "number", name=op.f("uq_checklist_item_version_item_id_number")),
    )
    op.create_table(
        "checklist_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("event_title", sa.String(length=160), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_time", sa.String(length=5), nullable=False),
        sa.Column("due_reason", sa.String(length=300), nullable=False),
        sa.Column("standing", sa.String(length=28), nullable=False),
        sa.Column("measure_value", sa.BigInteger(), nullable=True),
        sa.Column("measure_total", sa.BigInteger(), nullable=True),
        sa.Column("measure_reason", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=600), nullable=False),
        sa.Column("help_wanted", sa.String(length=300), nullable=False),
        sa.Column("no_evidence_reason", sa.String(length=300), nullable=False),
        sa.Column("evidence_count", sa.Integer(), nullable=False),
        sa.Column("filled_by", sa.Integer(), nullable=True),
        sa.Column("filled_by_name", sa.String(length=120), nullable=False),
        sa.Column("filled_office", sa.String(length=240), nullable=False),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_by_name", sa.String(length=120), nullable=False),
        sa.Column("reviewed_office", sa.String(length=240), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_reason", sa.String(length=600), nullable=False),
        sa.Column("review_fix", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "measure_total IS NULL OR measure_total >= 0", name=op.f("ck_checklist_entry_total_not_negative")
        ),
        sa.CheckConstraint(
            "measure_value IS NULL OR measure_value >= 0",
            name=op.f("ck_checklist_entry_measure_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_checklist_entry_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["checklist_item.id"], name=op.f("fk_checklist_entry_item_id_checklist_item")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_checklist_entry_region_code_region")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["checklist_item_version.id"],
            name=op.f("fk_checklist_entry_version_id_checklist_item_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_entry")),
        sa.UniqueConstraint(
            "election_id",
            "item_id",
            "region_code",
            "period",
            name=op.f("uq_checklist_entry_election_id_item_id_region_code_period"),
        ),
    )
    op.create_index(
        "ix_checklist_entry_level_region_due",
        "checklist_entry",
        ["level", "region_code", "due_on"],
        unique=False,
    )
    op.create_index(
        "ix_checklist_entry_region_due", "checklist_entry", ["region_code", "due_on"], unique=False
    )
    op.create_index("ix_checklist_entry_review", "checklist_entry", ["standing", "region_code"], unique=False)
    op.create_table(
        "checklist_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("office", sa.String(length=240), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["checklist_entry.id"], name=op.f("fk_checklist_remark_entry_id_checklist_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_remark")),
    )
    op.create_index(op.f("ix_checklist_remark_entry_id"), "checklist_remark", ["entry_id"], unique=False)


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_index(op.f("ix_checklist_remark_entry_id"), table_name="checklist_remark")
    op.drop_table("checklist_remark")
    op.drop_index("ix_checklist_entry_review", table_name="checklist_entry")
    op.drop_index("ix_checklist_entry_region_due", table_name="checklist_entry")
    op.drop_index("ix_checklist_entry_level_region_due", table_name="checklist_entry")
    op.drop_table("checklist_entry")
    op.drop_table("checklist_item_version")
    op.drop_table("checklist_progress")
    op.drop_table("checklist_item")
