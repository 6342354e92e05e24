"""The office's own list province to region of the round table, where it differs from the one every office starts with.

Records keep the region of the starting list; whoever asks for a region is answered by the office's own list, so that a
change of the list holds for every case at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from liaison.domain.patients import Region
from liaison.domain.regions import PROVINCES, REGION_OF
from liaison.services.changes import Changes
from liaison.services.office import set_setting, setting

OWN_REGIONS = "regions"
"""The setting that holds it."""


def own_regions(session: Session) -> Mapping[str, Region]:
    """The office's own list, province code to region, as far as it differs from the usual one."""
    known = {region.value for region in Region}
    return {code: Region(value) for code, value in (setting(session, OWN_REGIONS) or {}).items() if value in known}


def set_region(session: Session, province: str, region: Region | None) -> Changes:
    """Say to which region a province belongs for this office; none means the usual list."""
    kept = {code: value.value for code, value in own_regions(session).items() if code != province}
    if region is not None:
        kept[province] = region.value
    return set_setting(session, OWN_REGIONS, kept)


def restore_regions(session: Session) -> Changes:
    """The list that every office starts with holds again."""
    return set_setting(session, OWN_REGIONS, {})


def lies_in(
    region: Region, *, province: sa.ColumnElement[Any], stored: sa.ColumnElement[Any], own: Mapping[str, Region]
) -> sa.ColumnElement[bool]:
    """Rows that lie in a region by the office's own list; a region chosen by hand on the record stays."""
    moved = {code: to for code, to in own.items() if code in PROVINCES and to is not REGION_OF[code]}
    left = [code for code, to in moved.items() if REGION_OF[code] is region and to is not region]
    came = [code for code, to in moved.items() if to is region]
    return sa.or_(
        sa.and_(stored == region, province.not_in(left)) if left else stored == region,
        *(sa.and_(province == code, stored == REGION_OF[code]) for code in came),
    )
