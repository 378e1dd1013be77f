"""Accounts: people, their dated appointments, the rights that follow, signing in and out."""

from app.domain.accounts.commands import (
    appoint,
    change_password,
    create_account,
    disable_account,
    end_appointment,
    set_password,
)
from app.domain.accounts.loading import Accountability, load_units
from app.domain.accounts.models import Account, Appointment, LoginSession, Unit
from app.domain.accounts.passwords import check_password, hash_password, matches, temporary_password
from app.domain.accounts.queries import (
    Holder,
    everyone,
    forget_cached_mandates,
    holders_in,
    known_under,
    mandates_of,
    people_under,
    person_of,
    sees,
    sessions_of,
    signatory,
    signed_in_person,
    units,
)
from app.domain.accounts.rules import PERMISSIONS, Mandate, Permission, Person, Role, Standing
from app.domain.accounts.sessions import SignIn, end_session, end_sessions, sign_in, waiting_minutes

__all__ = [
    "PERMISSIONS",
    "Account",
    "Accountability",
    "Appointment",
    "Holder",
    "LoginSession",
    "Mandate",
    "Permission",
    "Person",
    "Role",
    "SignIn",
    "Standing",
    "Unit",
    "appoint",
    "change_password",
    "check_password",
    "create_account",
    "disable_account",
    "end_appointment",
    "end_session",
    "end_sessions",
    "everyone",
    "forget_cached_mandates",
    "hash_password",
    "holders_in",
    "known_under",
    "load_units",
    "mandates_of",
    "matches",
    "people_under",
    "person_of",
    "sees",
    "sessions_of",
    "set_password",
    "sign_in",
    "signatory",
    "signed_in_person",
    "temporary_password",
    "units",
    "waiting_minutes",
]
