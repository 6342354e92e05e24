"""What the readers of papers are called where an officer chooses one: the one table of the window."""

from __future__ import annotations

from collections.abc import Mapping

from liaison.domain.privacy import Audience
from liaison.i18n import N_

READERS: Mapping[Audience, str] = {
    Audience.INTERNAL: N_("This office"),
    Audience.FAMILY: N_("Patient or policyholder"),
    Audience.HOSPITAL: N_("Hospital"),
    Audience.INSURER: N_("Insurer"),
    Audience.PUBLIC: N_("Without names"),
}
"""Readers by their words; which of them a report is made for, the report says itself."""

AT_EVENTS: Mapping[Audience, str] = {
    **READERS,
    Audience.HOSPITAL: N_("Hospitals and others"),
    Audience.PUBLIC: N_("For the table"),
}
"""At a roadshow a copy of the hospitals goes to authorities and guests too, and one without names lies on the table."""
