"""Signing for another: in whose name an appointment signs (a.n.), and the office between (u.b.)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    for name in ("on_behalf_of", "through"):
        op.add_column(
            "appointment", sa.Column(name, sa.String(length=160), server_default="", nullable=False)
        )


def downgrade() -> None:
    """Take the tables back to the version before."""
    for name in ("through", "on_behalf_of"):
        op.drop_column("appointment", name)
