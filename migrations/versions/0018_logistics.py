"""Logistics: stock, movements, oversight, problems, readiness, targets, support, arrivals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.records import create_record_table

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


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
    create_record_table(
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
    create_record_table(
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
    )


def _oversight() -> None:
    create_record_table(
        "logistics_oversight",
        sa.Column("activity", sa.String(length=20), nullable=False),
        sa.Column("goods", sa.String(length=30), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("checked_count", sa.Integer(), nullable=True),
        sa.Column("faulty_count", sa.Integer(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=False),
    )


def _problem() -> None:
    create_record_table(
        "logistics_problem",
        sa.Column("problem", sa.String(length=20), nullable=False),
        sa.Column("goods", sa.String(length=30), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("missing_count", sa.Integer(), nullable=True),
        sa.Column("station", sa.String(length=20), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
    )


def _readiness() -> None:
    create_record_table(
        "logistics_readiness",
        sa.Column("readiness", sa.String(length=20), nullable=False),
        sa.Column("complete_on", sa.Date(), nullable=True),
        sa.Column("adequacy", sa.String(length=20), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
    )


def _stock() -> None:
    create_record_table(
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
    )


def _support() -> None:
    create_record_table(
        "logistics_support",
        sa.Column("support", sa.String(length=20), nullable=False),
        sa.Column("receiver", sa.String(length=120), nullable=False),
        sa.Column("places", sa.String(length=300), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("units_given", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
    )


def _target() -> None:
    create_record_table(
        "logistics_target",
        sa.Column("reach", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
    )


def downgrade() -> None:
    """Take the tables back to the version before; their indexes go with them."""
    for table in (
        "logistics_target",
        "logistics_support",
        "logistics_stock",
        "logistics_readiness",
        "logistics_problem",
        "logistics_oversight",
        "logistics_movement",
        "logistics_arrival",
    ):
        op.drop_table(table)
