"""Logistics: stock, movements, oversight, problems, readiness, targets, support, arrivals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the tables to this version."""
    _arrival()
    _movement()
    _oversight()
    _problem()
    _readiness()
    _stock()
    _support()
    _target()


def _arrival() -> None:
    op.create_table(
        "logistics_arrival",
        sa.Column("station", sa.String(length=20), nullable=False),
        sa.Column("special", sa.Boolean(), nullable=False),
        sa.Column("stand", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("arrived_at", sa.String(length=5), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_logistics_arrival_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_logistics_arrival_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_logistics_arrival_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_arrival")),
    )
    op.create_index(
        op.f("ix_logistics_arrival_region_code"), "logistics_arrival", ["region_code"], unique=False
    )
    op.create_index(
        "uq_logistics_arrival_place",
        "logistics_arrival",
        ["election_id", "region_code", "station"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _movement() -> None:
    op.create_table(
        "logistics_movement",
        sa.Column("leg", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=160), nullable=False),
        sa.Column("destination", sa.String(length=160), nullable=False),
        sa.Column("cargo", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_at", sa.String(length=5), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("arrived_at", sa.String(length=5), nullable=False),
        sa.Column("transport", sa.String(length=20), nullable=False),
        sa.Column("escort", sa.String(length=160), nullable=False),
        sa.Column("handover_paper", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_logistics_movement_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_logistics_movement_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_logistics_movement_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_movement")),
    )
    op.create_index(
        op.f("ix_logistics_movement_region_code"), "logistics_movement", ["region_code"], unique=False
    )


def _oversight() -> None:
    op.create_table(
        "logistics_oversight",
        sa.Column("activity", sa.String(length=20), nullable=False),
        sa.Column("goods", sa.String(length=30), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("checked_count", sa.Integer(), nullable=True),
        sa.Column("faulty_count", sa.Integer(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_logistics_oversight_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_logistics_oversight_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_logistics_oversight_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_oversight")),
    )
    op.create_index(
        op.f("ix_logistics_oversight_region_code"), "logistics_oversight", ["region_code"], unique=False
    )


def _problem() -> None:
    op.create_table(
        "logistics_problem",
        sa.Column("problem", sa.String(length=20), nullable=False),
        sa.Column("goods", sa.String(length=30), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("missing_count", sa.Integer(), nullable=True),
        sa.Column("station", sa.String(length=20), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_logistics_problem_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_logistics_problem_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_logistics_problem_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_problem")),
    )
    op.create_index(
        op.f("ix_logistics_problem_region_code"), "logistics_problem", ["region_code"], unique=False
    )


def _readiness() -> None:
    op.create_table(
        "logistics_readiness",
        sa.Column("readiness", sa.String(length=20), nullable=False),
        sa.Column("complete_on", sa.Date(), nullable=True),
        sa.Column("adequacy", sa.String(length=20), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_logistics_readiness_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_logistics_readiness_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_logistics_readiness_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_readiness")),
    )
    op.create_index(
        op.f("ix_logistics_readiness_region_code"), "logistics_readiness", ["region_code"], unique=False
    )


def _stock() -> None:
    op.create_table(
        "logistics_stock",
        sa.Column("goods", sa.String(length=30), nullable=False),
        sa.Column("received", sa.Integer(), nullable=True),
        sa.Column("good", sa.Integer(), nullable=True),
        sa.Column("damaged", sa.Integer(), nullable=True),
        sa.Column("short", sa.Integer(), nullable=True),
        sa.Column("replaced", sa.Integer(), nullable=True),
        sa.Column("need_said", sa.Integer(), nullable=True),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_logistics_stock_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_logistics_stock_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_logistics_stock_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_stock")),
    )
    op.create_index(op.f("ix_logistics_stock_region_code"), "logistics_stock", ["region_code"], unique=False)


def _support() -> None:
    op.create_table(
        "logistics_support",
        sa.Column("support", sa.String(length=20), nullable=False),
        sa.Column("receiver", sa.String(length=120), nullable=False),
        sa.Column("places", sa.String(length=300), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("units_given", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_logistics_support_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_logistics_support_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_logistics_support_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_support")),
    )
    op.create_index(
        op.f("ix_logistics_support_region_code"), "logistics_support", ["region_code"], unique=False
    )


def _target() -> None:
    op.create_table(
        "logistics_target",
        sa.Column("reach", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("region_code", REGION_CODE, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_by_name", sa.String(length=120), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_logistics_target_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_logistics_target_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_logistics_target_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_target")),
    )
    op.create_index(
        op.f("ix_logistics_target_region_code"), "logistics_target", ["region_code"], unique=False
    )


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_index(op.f("ix_logistics_target_region_code"), table_name="logistics_target")
    op.drop_table("logistics_target")
    op.drop_index(op.f("ix_logistics_support_region_code"), table_name="logistics_support")
    op.drop_table("logistics_support")
    op.drop_index(op.f("ix_logistics_stock_region_code"), table_name="logistics_stock")
    op.drop_table("logistics_stock")
    op.drop_index(op.f("ix_logistics_readiness_region_code"), table_name="logistics_readiness")
    op.drop_table("logistics_readiness")
    op.drop_index(op.f("ix_logistics_problem_region_code"), table_name="logistics_problem")
    op.drop_table("logistics_problem")
    op.drop_index(op.f("ix_logistics_oversight_region_code"), table_name="logistics_oversight")
    op.drop_table("logistics_oversight")
    op.drop_index(op.f("ix_logistics_movement_region_code"), table_name="logistics_movement")
    op.drop_table("logistics_movement")
    op.drop_index(
        "uq_logistics_arrival_place",
        table_name="logistics_arrival",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_index(op.f("ix_logistics_arrival_region_code"), table_name="logistics_arrival")
    op.drop_table("logistics_arrival")
