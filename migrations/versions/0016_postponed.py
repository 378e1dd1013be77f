"""Calendar: whether a moved stage runs again or is only postponed."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOVES = sa.text(
    "SELECT o.id, o.starts_on, e.voting_day, s.end_offset FROM stage_override o"
    " JOIN election e ON e.id = o.election_id"
    " JOIN stage s ON s.election_id = o.election_id AND s.code = o.stage_code"
).columns(id=sa.Integer, starts_on=sa.Date, voting_day=sa.Date, end_offset=sa.Integer)


def upgrade() -> None:
    """Bring the tables to this version; until now every move to after its stage's end meant that it runs again."""
    op.execute("ALTER TABLE stage_override ADD COLUMN runs_again BOOLEAN DEFAULT FALSE NOT NULL")
    connection = op.get_bind()
    for number, starts_on, voting_day, end_offset in connection.execute(MOVES).all():
        if starts_on > voting_day + dt.timedelta(days=end_offset):
            again = sa.text("UPDATE stage_override SET runs_again = TRUE WHERE id = :id")
            connection.execute(again, {"id": number})


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.execute("ALTER TABLE stage_override DROP COLUMN runs_again")
