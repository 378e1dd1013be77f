"""Library: drafts of items, and items that are asked only after an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Plain statements: batch mode would copy both tables, which SQLite's foreign keys of the entries do not allow.
COLUMNS = (
    ("checklist_item", "retired_by", "VARCHAR(120) DEFAULT '' NOT NULL"),
    ("checklist_item", "retired_reason", "VARCHAR(400) DEFAULT '' NOT NULL"),
    ("checklist_item", "expected_from", "DATE"),
    ("checklist_item", "dependents", "VARCHAR(600) DEFAULT '' NOT NULL"),
    ("checklist_item_version", "condition", "VARCHAR(40) DEFAULT '' NOT NULL"),
    ("checklist_item_version", "published_by", "VARCHAR(120) DEFAULT '' NOT NULL"),
)


def upgrade() -> None:
    """Bring the tables to this version."""
    for table, name, kind in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    op.create_table(
        "checklist_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("base_version_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["checklist_item.id"], name=op.f("fk_checklist_draft_item_id_checklist_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_draft")),
        sa.UniqueConstraint("code", name=op.f("uq_checklist_draft_code")),
    )


def downgrade() -> None:
    """Take the tables back to the version before; drafts and conditions are lost."""
    op.drop_table("checklist_draft")
    for table, name, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
