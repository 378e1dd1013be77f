"""People: until when an account is open, and when its owner was last seen."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Plain statements, the same on both databases: batch mode would copy account, to which half of the tables point.
COLUMNS = (
    ("created_by", "INTEGER CONSTRAINT fk_account_created_by_account REFERENCES account (id)"),
    ("disabled_reason", "VARCHAR(300) DEFAULT '' NOT NULL"),
    ("expires_on", "DATE"),
)
MOMENT = {"postgresql": "TIMESTAMP WITH TIME ZONE"}


def upgrade() -> None:
    """Bring the tables to this version; who is signed in now was seen when that session began."""
    for name, kind in (*COLUMNS, ("last_signed_in_at", _moment())):
        op.execute(f"ALTER TABLE account ADD COLUMN {name} {kind}")
    op.execute(
        "UPDATE account SET last_signed_in_at ="
        " (SELECT max(started_at) FROM login_session WHERE login_session.account_id = account.id)"
    )


def downgrade() -> None:
    """Take the tables back to the version before; reasons and last days are lost."""
    op.execute("ALTER TABLE account DROP COLUMN last_signed_in_at")
    for name, _ in reversed(COLUMNS):
        op.execute(f"ALTER TABLE account DROP COLUMN {name}")


def _moment() -> str:
    return MOMENT.get(op.get_bind().dialect.name, "DATETIME")
