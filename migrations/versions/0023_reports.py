"""Reports: rhythm, expected rows, drafts, frozen versions, steps, exceptions, chasing, transmissions, seals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)

TABLES = (
    "report_rhythm",
    "report",
    "report_draft",
    "report_version",
    "report_seal",
    "report_move",
    "report_exception",
    "report_chase",
    "report_transmission",
)
FROZEN = {
    "report_version": ("UPDATE", "DELETE"),
    "report_move": ("UPDATE", "DELETE"),
    "report_chase": ("UPDATE", "DELETE"),
    "report_transmission": ("DELETE",),
}
SQLITE = """
CREATE TRIGGER {table}_no_{deed} BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, 'what was sent stays as it was sent'); END
"""
POSTGRES = """
CREATE FUNCTION report_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was sent stays as it was sent'; END $$
"""


def upgrade() -> None:
    """Bring the tables to this version."""
    _expected()
    _written()
    _beside()
    _freeze()


def downgrade() -> None:
    """Take the tables back to the version before."""
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION report_refuse()")


def _expected() -> None:
    op.create_table(
        "report_rhythm",
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("owed", sa.Boolean(), nullable=False),
        sa.Column("districts_owe", sa.Boolean(), nullable=False),
        sa.Column("first_offset", sa.Integer(), nullable=False),
        sa.Column("last_offset", sa.Integer(), nullable=False),
        sa.Column("cut_off", sa.Time(), nullable=False),
        sa.Column("due", sa.Time(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("tight_cut_offs", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("set_by_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_report_rhythm_region_code_region")
        ),
        sa.PrimaryKeyConstraint("region_code", "kind", name=op.f("pk_report_rhythm")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("cut_off_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("locks_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_nil", sa.Boolean(), nullable=False),
        sa.Column("first_sent_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("returned_section", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_report_election_id_election")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_report_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint(
            "election_id",
            "region_code",
            "kind",
            "day",
            "slot",
            name=op.f("uq_report_election_id_region_code_kind_day_slot"),
        ),
    )
    op.create_index("ix_report_election_id_kind_day", "report", ["election_id", "kind", "day"], unique=False)


def _written() -> None:
    op.create_table(
        "report_draft",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_by_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_draft_report_id_report")),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["account.id"], name=op.f("fk_report_draft_saved_by_id_account")
        ),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_draft")),
    )
    op.create_table(
        "report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_version_report_id_report")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["account.id"], name=op.f("fk_report_version_sent_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_version")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_report_version_report_id_number")),
    )
    op.create_index(op.f("ix_report_version_sha256"), "report_version", ["sha256"], unique=False)
    op.create_table(
        "report_seal",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("document_sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(code) >= 8", name=op.f("ck_report_seal_long_enough")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["report_version.id"], name=op.f("fk_report_seal_version_id_report_version")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_report_seal")),
        sa.UniqueConstraint("version_id", "state", name=op.f("uq_report_seal_version_id_state")),
    )
    op.create_index(op.f("ix_report_seal_document_sha256"), "report_seal", ["document_sha256"], unique=False)
    op.create_table(
        "report_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("office", sa.String(length=240), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_report_move_by_id_account")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_move_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_move")),
    )
    op.create_index("ix_report_move_report_id_id", "report_move", ["report_id", "id"], unique=False)


def _beside() -> None:
    op.create_table(
        "report_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_by_name", sa.String(length=120), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["account.id"], name=op.f("fk_report_exception_granted_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_exception_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_exception")),
    )
    op.create_index(op.f("ix_report_exception_report_id"), "report_exception", ["report_id"], unique=False)
    op.create_table(
        "report_chase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("whom", sa.String(length=160), nullable=False),
        sa.Column("answer", sa.String(length=400), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_report_chase_by_id_account")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_chase_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_chase")),
    )
    op.create_index(op.f("ix_report_chase_report_id"), "report_chase", ["report_id"], unique=False)
    op.create_table(
        "report_transmission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("letter_number", sa.String(length=80), nullable=False),
        sa.Column("received_by", sa.String(length=160), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_report_transmission_by_id_account")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_report_transmission_report_id_report")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_transmission")),
    )
    op.create_index(
        op.f("ix_report_transmission_report_id"), "report_transmission", ["report_id"], unique=False
    )


def _freeze() -> None:
    """What was sent, and who did what with it, cannot be changed even by hand."""
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute(POSTGRES)
    for table, deeds in FROZEN.items():
        if postgres:
            fires = f"CREATE TRIGGER {table}_frozen BEFORE {' OR '.join(deeds)} ON {table}"
            op.execute(f"{fires} FOR EACH ROW EXECUTE FUNCTION report_refuse()")
            continue
        for deed in deeds:
            op.execute(SQLITE.format(table=table, deed=deed))
