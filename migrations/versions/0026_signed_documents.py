"""Signed documents: the desk's digital signature on a sealed document, and whose certificate it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    op.add_column(
        "report_seal", sa.Column("signed_sha256", sa.String(length=64), server_default="", nullable=False)
    )
    op.add_column("report_seal", sa.Column("certificate", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_report_seal_signed_sha256"), "report_seal", ["signed_sha256"])


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_index(op.f("ix_report_seal_signed_sha256"), table_name="report_seal")
    op.drop_column("report_seal", "certificate")
    op.drop_column("report_seal", "signed_sha256")
