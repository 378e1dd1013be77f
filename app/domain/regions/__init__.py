"""Regions: the tree by Kemendagri code, polling stations as units below
it, and reference figures with their source.
"""

from app.domain.regions.figures import (
    FigureView,
    current_figures,
    figure_history,
    figure_values,
)
from app.domain.regions.kinds import FigureKind, check_value, read_number
from app.domain.regions.loading import Loaded, load_figures, load_polling_stations, load_regions
from app.domain.regions.models import Figure, FigureChoice, PollingStation, Region
from app.domain.regions.queries import (
    RegionRow,
    SpecialStation,
    called,
    children_of,
    count_by_level,
    find,
    found,
    names_of,
    path_of,
    polling_stations,
    provinces,
    regions_under,
    special_stations,
    village_term,
    with_children,
)
from app.domain.regions.rules import (
    Level,
    ancestors,
    contains,
    kabkota_of,
    level_of,
    parent_of,
    province_of,
    subtree,
    zone_of,
)
from app.domain.regions.sources import Choice, Said, choices_of, figure_version, said_of

__all__ = [
    "Choice",
    "Figure",
    "FigureChoice",
    "FigureKind",
    "FigureView",
    "Level",
    "Loaded",
    "PollingStation",
    "Region",
    "RegionRow",
    "Said",
    "SpecialStation",
    "ancestors",
    "called",
    "check_value",
    "children_of",
    "choices_of",
    "contains",
    "count_by_level",
    "current_figures",
    "figure_history",
    "figure_values",
    "figure_version",
    "find",
    "found",
    "kabkota_of",
    "level_of",
    "load_figures",
    "load_polling_stations",
    "load_regions",
    "names_of",
    "parent_of",
    "path_of",
    "polling_stations",
    "province_of",
    "provinces",
    "read_number",
    "regions_under",
    "said_of",
    "special_stations",
    "subtree",
    "village_term",
    "with_children",
    "zone_of",
]
