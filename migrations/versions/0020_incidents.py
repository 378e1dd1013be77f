"""Incidents with obstacles and situations; security with published vulnerability and risks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

REGION_CODE = sa.String(13).with_variant(sa.String(13, collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def _record() -> list[sa.Column[Any]]:
    """What every record has."""
    return [
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
    ]


def _keys(table: str) -> list[sa.Constraint]:
    """What every record points at, and its own key."""
    return [
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f(f"fk_{table}_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f(f"fk_{table}_recorded_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f(f"fk_{table}_region_code_region")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Bring the tables to this version."""
    _incidents()
    _security()


def _incidents() -> None:
    op.create_table(
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
        *_record(),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["incident.id"], name=op.f("fk_incident_duplicate_of_id_incident")
        ),
        *_keys("incident"),
    )
    op.create_index(op.f("ix_incident_duplicate_of_id"), "incident", ["duplicate_of_id"], unique=False)
    op.create_index(op.f("ix_incident_region_code"), "incident", ["region_code"], unique=False)
    op.create_table(
        "obstacle",
        sa.Column("area", sa.String(length=3), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(length=160), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        *_record(),
        *_keys("obstacle"),
    )
    op.create_index(op.f("ix_obstacle_region_code"), "obstacle", ["region_code"], unique=False)
    op.create_table(
        "situation",
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("incidents", sa.String(length=10), nullable=False),
        sa.Column("obstacles", sa.String(length=10), nullable=False),
        sa.Column("campaign", sa.String(length=10), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        *_record(),
        *_keys("situation"),
    )
    op.create_index(op.f("ix_situation_region_code"), "situation", ["region_code"], unique=False)


def _security() -> None:
    op.create_table(
        "security_personnel",
        sa.Column("institution", sa.String(length=20), nullable=False),
        sa.Column("station_class", sa.String(length=20), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        *_record(),
        *_keys("security_personnel"),
    )
    op.create_index(
        op.f("ix_security_personnel_region_code"), "security_personnel", ["region_code"], unique=False
    )
    op.create_table(
        "station_class",
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("safe", sa.Integer(), nullable=True),
        sa.Column("vulnerable", sa.Integer(), nullable=True),
        sa.Column("very_vulnerable", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        *_record(),
        *_keys("station_class"),
    )
    op.create_index(op.f("ix_station_class_region_code"), "station_class", ["region_code"], unique=False)
    op.create_table(
        "vulnerability",
        sa.Column("dataset", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        *_record(),
        *_keys("vulnerability"),
    )
    op.create_index(op.f("ix_vulnerability_region_code"), "vulnerability", ["region_code"], unique=False)
    op.create_table(
        "vulnerable_stations",
        sa.Column("indicator", sa.String(length=3), nullable=False),
        sa.Column("stations", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        *_record(),
        *_keys("vulnerable_stations"),
    )
    op.create_index(
        op.f("ix_vulnerable_stations_region_code"), "vulnerable_stations", ["region_code"], unique=False
    )
    op.create_table(
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
        *_record(),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_risk_incident_id_incident")),
        *_keys("risk"),
    )
    op.create_index(op.f("ix_risk_incident_id"), "risk", ["incident_id"], unique=False)
    op.create_index(op.f("ix_risk_region_code"), "risk", ["region_code"], unique=False)


def downgrade() -> None:
    """Take the tables back to the version before."""
    op.drop_index(op.f("ix_risk_region_code"), table_name="risk")
    op.drop_index(op.f("ix_risk_incident_id"), table_name="risk")
    op.drop_table("risk")
    op.drop_index(op.f("ix_vulnerable_stations_region_code"), table_name="vulnerable_stations")
    op.drop_table("vulnerable_stations")
    op.drop_index(op.f("ix_vulnerability_region_code"), table_name="vulnerability")
    op.drop_table("vulnerability")
    op.drop_index(op.f("ix_station_class_region_code"), table_name="station_class")
    op.drop_table("station_class")
    op.drop_index(op.f("ix_situation_region_code"), table_name="situation")
    op.drop_table("situation")
    op.drop_index(op.f("ix_security_personnel_region_code"), table_name="security_personnel")
    op.drop_table("security_personnel")
    op.drop_index(op.f("ix_obstacle_region_code"), table_name="obstacle")
    op.drop_table("obstacle")
    op.drop_index(op.f("ix_incident_region_code"), table_name="incident")
    op.drop_index(op.f("ix_incident_duplicate_of_id"), table_name="incident")
    op.drop_table("incident")
