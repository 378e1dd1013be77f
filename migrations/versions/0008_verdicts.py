"""Small pictures of photos, and what supervisors found evidence to be."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Plain statements, the same on both databases: batch mode would copy evidence_use, whose rows name each
# other, and SQLite's foreign keys refuse to let the old table go.
COLUMNS = (
    ("evidence_file", "thumbnail_key", "VARCHAR(80)"),
    (
        "evidence_use",
        "verdict",
        "VARCHAR(12) DEFAULT '' NOT NULL CONSTRAINT ck_evidence_use_known_verdict"
        " CHECK (verdict IN ('', 'sah', 'ditolak', 'kedaluwarsa'))",
    ),
    (
        "evidence_use",
        "verdict_by",
        "INTEGER CONSTRAINT fk_evidence_use_verdict_by_account REFERENCES account (id)",
    ),
    ("evidence_use", "verdict_by_name", "VARCHAR(120) DEFAULT '' NOT NULL"),
    (
        "evidence_use",
        "verdict_reason",
        "VARCHAR(500) DEFAULT '' NOT NULL CONSTRAINT ck_evidence_use_verdict_has_reason"
        " CHECK (verdict IN ('', 'sah') OR verdict_reason <> '')",
    ),
)
MOMENT = {"postgresql": "TIMESTAMP WITH TIME ZONE"}


def upgrade() -> None:
    """Bring the tables to this version."""
    for table, name, kind in (*COLUMNS, ("evidence_use", "verdict_at", _moment())):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


def downgrade() -> None:
    """Take the tables back to the version before; verdicts are lost."""
    op.execute("ALTER TABLE evidence_use DROP COLUMN verdict_at")
    for table, name, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")


def _moment() -> str:
    return MOMENT.get(op.get_bind().dialect.name, "DATETIME")
