"""The e-KTP drive and outreach: enrolment, certificates, services; events, participation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.records import create_record_table

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this version."""
    _identity_certificate()
    _identity_enrolment()
    _identity_service()
    _outreach_event()
    _turnout()


def _identity_certificate() -> None:
    """Certificates issued."""
    create_record_table(
        "identity_certificate",
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("applicants", sa.Integer(), nullable=True),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("issued_male", sa.Integer(), nullable=True),
        sa.Column("issued_female", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def _identity_enrolment() -> None:
    """How far enrolment stands."""
    create_record_table(
        "identity_enrolment",
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("obliged", sa.Integer(), nullable=True),
        sa.Column("obliged_male", sa.Integer(), nullable=True),
        sa.Column("obliged_female", sa.Integer(), nullable=True),
        sa.Column("enrolled", sa.Integer(), nullable=True),
        sa.Column("enrolled_male", sa.Integer(), nullable=True),
        sa.Column("enrolled_female", sa.Integer(), nullable=True),
        sa.Column("unenrolled", sa.Integer(), nullable=True),
        sa.Column("unenrolled_male", sa.Integer(), nullable=True),
        sa.Column("unenrolled_female", sa.Integer(), nullable=True),
        sa.Column("printed", sa.Integer(), nullable=True),
        sa.Column("printed_male", sa.Integer(), nullable=True),
        sa.Column("printed_female", sa.Integer(), nullable=True),
        sa.Column("blank_cards", sa.Integer(), nullable=True),
        sa.Column("turning", sa.Integer(), nullable=True),
        sa.Column("turning_enrolled", sa.Integer(), nullable=True),
        sa.Column("turning_left", sa.Integer(), nullable=True),
        sa.Column("turning_elsewhere", sa.Integer(), nullable=True),
        sa.Column("on_the_day", sa.Integer(), nullable=True),
        sa.Column("on_the_day_enrolled", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("fall_reason", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def _identity_service() -> None:
    """Service points and mobile visits."""
    create_record_table(
        "identity_service",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("progress", sa.String(length=20), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("hours", sa.String(length=20), nullable=False),
        sa.Column("begins_at", sa.String(length=5), nullable=False),
        sa.Column("ends_at", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("for_turning", sa.Boolean(), nullable=False),
        sa.Column("aimed_at", sa.Integer(), nullable=True),
        sa.Column("served", sa.Integer(), nullable=True),
        sa.Column("served_male", sa.Integer(), nullable=True),
        sa.Column("served_female", sa.Integer(), nullable=True),
        sa.Column("served_enrolled", sa.Integer(), nullable=True),
        sa.Column("served_printed", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("obstacle", sa.String(length=20), nullable=False),
        sa.Column("obstacle_people", sa.Integer(), nullable=True),
        sa.Column("obstacle_note", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
    )


def _outreach_event() -> None:
    """What was done to reach people."""
    create_record_table(
        "outreach_event",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("progress", sa.String(length=20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("organiser", sa.String(length=160), nullable=False),
        sa.Column("for_first_voters", sa.Boolean(), nullable=False),
        sa.Column("for_youth", sa.Boolean(), nullable=False),
        sa.Column("for_women", sa.Boolean(), nullable=False),
        sa.Column("for_families", sa.Boolean(), nullable=False),
        sa.Column("for_disabled", sa.Boolean(), nullable=False),
        sa.Column("for_special_needs", sa.Boolean(), nullable=False),
        sa.Column("for_elderly", sa.Boolean(), nullable=False),
        sa.Column("for_marginal", sa.Boolean(), nullable=False),
        sa.Column("for_customary", sa.Boolean(), nullable=False),
        sa.Column("for_religious", sa.Boolean(), nullable=False),
        sa.Column("for_communities", sa.Boolean(), nullable=False),
        sa.Column("for_workers", sa.Boolean(), nullable=False),
        sa.Column("for_netizens", sa.Boolean(), nullable=False),
        sa.Column("for_everyone", sa.Boolean(), nullable=False),
        sa.Column("with_community_figures", sa.Boolean(), nullable=False),
        sa.Column("with_customary_figures", sa.Boolean(), nullable=False),
        sa.Column("with_religious_figures", sa.Boolean(), nullable=False),
        sa.Column("with_youth_figures", sa.Boolean(), nullable=False),
        sa.Column("with_women_figures", sa.Boolean(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("reached_male", sa.Integer(), nullable=True),
        sa.Column("reached_female", sa.Integer(), nullable=True),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def _turnout() -> None:
    """Statements on participation."""
    create_record_table(
        "turnout",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("race", sa.String(length=20), nullable=False),
        sa.Column("of_election", sa.String(length=120), nullable=False),
        sa.Column("percent", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=True),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Take the tables back to the version before; their indexes go with them."""
    for table in (
        "turnout",
        "outreach_event",
        "identity_service",
        "identity_enrolment",
        "identity_certificate",
    ):
        op.drop_table(table)
