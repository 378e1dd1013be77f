"""Compilations: what the figures of a draft were summed from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "report_compilation",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("compiled_at", MOMENT, nullable=False),
        sa.Column("compiled_by_id", sa.Integer(), nullable=False),
        sa.Column("compiled_by_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["compiled_by_id"], ["account.id"], name=op.f("fk_report_compilation_compiled_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_compilation_report_id_report")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_compilation")),
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_table("report_compilation")
