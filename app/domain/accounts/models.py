"""Tables of the accounts room."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model, RegionCode


class Unit(Model):
    """A perangkat daerah or institution: who works, or (source only) whose figures are quoted."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    is_source_only: Mapped[bool] = mapped_column(default=False)
    """KPU, Bawaslu, Polri: independent of the desk, named as the source
    of a figure, never accountable for an item.
    """
    retired_on: Mapped[dt.date | None]
    """Out of use from that day; what named it before still does."""


class Account(Model):
    """A person who can sign in. What they may do stands in `appointment`."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_disabled: Mapped[bool] = mapped_column(default=False)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)
    access_version: Mapped[int] = mapped_column(default=1)
    """Raised by every change of the person's appointments or account,
    so that other processes read them afresh.
    """
    created_at: Mapped[dt.datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who made the account; None is the terminal."""
    disabled_reason: Mapped[str] = mapped_column(String(300), default="", server_default="")
    expires_on: Mapped[dt.date | None]
    """The last day on which this account may be used; None has no end."""
    last_signed_in_at: Mapped[dt.datetime | None]
    """Set by signing in, by the computer's clock like the sessions; None has never come."""
    has_second_factor: Mapped[bool] = mapped_column(default=False, server_default="false")
    """Whether `second_factor` holds a confirmed one: said here too, because every request asks."""


class Appointment(Model):
    """Role x region x unit x areas, from a day to a day; once begun never deleted, only ended."""

    __tablename__ = "appointment"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    region_code: Mapped[str] = mapped_column(RegionCode, ForeignKey("region.code"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    areas: Mapped[str] = mapped_column(String(80), default="")
    """Area codes divided by blanks; empty means all."""
    standing: Mapped[str] = mapped_column(String(20), default="definitif")
    position: Mapped[str] = mapped_column(String(160), default="")
    """The office as it is signed: "Kepala Badan Kesatuan Bangsa dan Politik"."""
    rank: Mapped[str] = mapped_column(String(80), default="")
    employee_number: Mapped[str] = mapped_column(String(18), default="")
    signs: Mapped[bool] = mapped_column(default=False)
    """Whether this person's block stands under the desk's reports."""
    on_behalf_of: Mapped[str] = mapped_column(String(160), default="", server_default="")
    """The office in whose name it is signed (a.n.); empty: in their own."""
    through: Mapped[str] = mapped_column(String(160), default="", server_default="")
    """The office between the two, where it is signed for that one (u.b.); never without `on_behalf_of`."""
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]
    document: Mapped[str] = mapped_column(String(160), default="")
    created_at: Mapped[dt.datetime]


class LoginSession(Model):
    """One signed-in browser; ended by signing out, by the owner, or by an admin."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    address: Mapped[str] = mapped_column(String(45), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")


class LoginAttempt(Model):
    """A failed sign-in, kept to slow guessing down; survives a restart and is shared by all processes."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        Index("ix_login_attempt_username_at", "username", "at"),
        Index("ix_login_attempt_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(45))
    at: Mapped[dt.datetime]


class SecondFactor(Model):
    """The authenticator of an account; not asked for before it is confirmed."""

    __tablename__ = "second_factor"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    locked_secret: Mapped[str] = mapped_column(String(255))
    """Locked by app/domain/secrecy.py: the database alone makes no codes."""
    begun_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    last_step: Mapped[int]
    """The newest time step whose code was used; no code of it or before it counts again."""


class RecoveryCode(Model):
    """One of the codes on paper for whoever has lost the phone; each opens one session."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[dt.datetime | None]
