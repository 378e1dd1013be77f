"""Stages: elections, races, stage windows as days from voting day,
and what runs differently in one region.
"""

from app.domain.stages.commands import add_race, add_stage, create_election, override_stage
from app.domain.stages.loading import load_races, load_stages, load_steps
from app.domain.stages.models import Election, Race, Stage, StageOverride, StageStep
from app.domain.stages.queries import (
    countdown,
    current_election,
    elections,
    govern,
    may_govern,
    overrides_for,
    overrides_under,
    provinces_of,
    races,
    running_in,
    stages_of,
    steps_of,
    windows_in,
)
from app.domain.stages.rules import Window, h_text, is_elected, race_kind, shifted

__all__ = [
    "Election",
    "Race",
    "Stage",
    "StageOverride",
    "StageStep",
    "Window",
    "add_race",
    "add_stage",
    "countdown",
    "create_election",
    "current_election",
    "elections",
    "govern",
    "h_text",
    "is_elected",
    "load_races",
    "load_stages",
    "load_steps",
    "may_govern",
    "override_stage",
    "overrides_for",
    "overrides_under",
    "provinces_of",
    "race_kind",
    "races",
    "running_in",
    "shifted",
    "stages_of",
    "steps_of",
    "windows_in",
]
