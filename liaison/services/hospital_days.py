"""Days by the clock of the place of treatment: just after midnight there it is still the day before at home.

The day of admission decides the rate of the day, the nights in a room and the days a letter covers, and the hospital
writes its own day on the bill.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from liaison.domain.calendars import zone_of
from liaison.services.changes import zone
from liaison.store.models import JourneyRow, OrganizationRow


def there_zone(house: OrganizationRow | None, journey: JourneyRow, *, home: str) -> str:
    """The clock of the place of treatment: the hospital's own, else its city's; the home one where none is known."""
    if house is not None and house.zone:
        return house.zone
    city, country = (house.city, house.country) if house is not None else ("", "")
    city, country = city or journey.destination_city, country or journey.destination_country
    return zone_of(city=city, country=country) if city or country else home


def zone_there(session: Session, journey: JourneyRow) -> str:
    """The clock of the place where a case is treated."""
    house = session.get(OrganizationRow, journey.hospital_id) if journey.hospital_id is not None else None
    return there_zone(house, journey, home=zone(session))


def day_there(session: Session, journey: JourneyRow, moment: dt.datetime) -> dt.date:
    """The date of a moment at the place where a case is treated."""
    return moment.astimezone(ZoneInfo(zone_there(session, journey))).date()
