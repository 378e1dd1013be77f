"""Incidents with obstacles and situations; security with published vulnerability and risks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.records import MOMENT, create_record_table

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    _incidents()
    _security()


def _incidents() -> None:
    create_record_table(
        "incident",
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("actor", sa.String(length=20), nullable=False),
        sa.Column("pair_number", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("victims", sa.Integer(), nullable=True),
        sa.Column("legal_basis", sa.String(length=200), nullable=False),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("duplicate_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["incident.id"], name=op.f("fk_incident_duplicate_of_id_incident")
        ),
    )
    op.create_index(op.f("ix_incident_duplicate_of_id"), "incident", ["duplicate_of_id"], unique=False)
    create_record_table(
        "obstacle",
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=160), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
    )
    create_record_table(
        "situation",
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("incidents", sa.String(length=10), nullable=False),
        sa.Column("obstacles", sa.String(length=10), nullable=False),
        sa.Column("campaign", sa.String(length=10), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
    )


def _security() -> None:
    create_record_table(
        "security_personnel",
        sa.Column("institution", sa.String(length=20), nullable=False),
        sa.Column("station_class", sa.String(length=20), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
    )
    create_record_table(
        "station_class",
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("safe", sa.Integer(), nullable=True),
        sa.Column("vulnerable", sa.Integer(), nullable=True),
        sa.Column("very_vulnerable", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
    )
    create_record_table(
        "vulnerability",
        sa.Column("dataset", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
    )
    create_record_table(
        "vulnerable_stations",
        sa.Column("indicator", sa.String(length=3), nullable=False),
        sa.Column("stations", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
    )
    create_record_table(
        "risk",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("likelihood", sa.String(length=10), nullable=False),
        sa.Column("impact", sa.String(length=10), nullable=False),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=160), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_risk_incident_id_incident")),
    )
    op.create_index(op.f("ix_risk_incident_id"), "risk", ["incident_id"], unique=False)


def downgrade() -> None:
    """Take the tables back to the version before; their indexes go with them."""
    for table in (
        "risk",
        "vulnerable_stations",
        "vulnerability",
        "station_class",
        "situation",
        "security_personnel",
        "obstacle",
        "incident",
    ):
        op.drop_table(table)
