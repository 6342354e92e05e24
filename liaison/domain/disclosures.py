"""On what ground a person's data may leave the office: which consents a reader needs, and what stands in for one.

Nothing about a person is printed for, exported or sent to somebody outside without a ground. An emergency is one: life
and health come first, and the officer looks at it again afterwards. Sources: ``domain`` 2.3; ``security`` 8 (lawful
basis per purpose, transfer gate, emergency path); Permenkes 24/2022 articles 33 to 34; UU PDP articles 20 and 56.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from liaison.domain.coded import Coded
from liaison.domain.facts import FactKind
from liaison.domain.fields import problem
from liaison.domain.privacy import Audience
from liaison.domain.problems import Problem
from liaison.i18n import N_


class Ground(Coded):
    """Why data of a person may go to somebody."""

    OFFICE = "OFFICE", N_("work of this office")
    PERSON = "PERSON", N_("to the person, or to whoever holds the policy")
    CONSENT = "CONSENT", N_("consent")
    EMERGENCY = "EMERGENCY", N_("emergency: life or health")
    RECEIVER = "RECEIVER", N_("from the receiver's own lists")
    NAMELESS = "NAMELESS", N_("nobody is named")


HOME = "ID"
MAY_NOT_LEAVE = N_(
    "This may not leave the office yet: {consents} is missing. Record the consent, or say why this is an emergency."
)
MAY_NOT_LEAVE_ALL = N_(
    "This may not leave the office yet. Missing: {consents}. "
    "Record the consents, or say why this is an emergency."
)  # fmt: skip
NO_CHANNEL = N_("There is no consent to be reached by WhatsApp or e-mail (C5). Record it, or call instead.")
REVIEW_HOURS = 24
"""So soon after an emergency somebody looks at what was sent, and to whom."""

UNCONSENTED_DAYS = 14
"""An enquiry without consent C1 is listed after so many days. Source: casework, consents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenConsent:
    """A consent as it stands: to whom and to which country, from when to when. Empty: to anybody, anywhere."""

    kind: FactKind
    stated_on: dt.date
    valid_to: dt.date | None = None
    withdrawn_on: dt.date | None = None
    organization_id: int | None = None
    country: str = ""

    def holds(self, on: dt.date, *, recipient_id: int | None = None, country: str = "") -> bool:
        """Whether it holds on a day, for this receiver and this country.

        A consent that names a house covers that house alone; a receiver that is no house on record is covered by a
        consent that names none.
        """
        if on < self.stated_on or (self.valid_to is not None and on > self.valid_to):
            return False
        if self.withdrawn_on is not None and on >= self.withdrawn_on:
            return False
        if self.organization_id is not None and self.organization_id != recipient_id:
            return False
        return not self.country or not country or self.country == country


def consents_for(audience: Audience, country: str, *, by_message: bool = False) -> tuple[FactKind, ...]:
    """The consents that a reader in a country needs; a message needs that of being written to, too."""
    needed: list[FactKind] = []
    if audience is Audience.HOSPITAL:
        needed = [FactKind.C1, FactKind.C3]
    elif audience is Audience.INSURER:
        needed = [FactKind.C1, FactKind.C4]
    if needed and country and country != HOME:
        needed.insert(1, FactKind.C2)
    if by_message and audience is Audience.FAMILY:
        needed.append(FactKind.C5)
    return tuple(needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The ground that covers a disclosure with the consents behind it, or what is missing for one."""

    ground: Ground | None
    consents: tuple[FactKind, ...] = ()
    missing: tuple[FactKind, ...] = ()

    def problems(self) -> list[Problem]:
        """What stands in the way, in words; nothing where there is a ground."""
        if self.ground is not None:
            return []
        if self.missing == (FactKind.C5,):
            return [problem("NO_GROUND", NO_CHANNEL)]
        names = ", ".join(kind.value for kind in self.missing)
        message = MAY_NOT_LEAVE if len(self.missing) == 1 else MAY_NOT_LEAVE_ALL
        return [problem("NO_GROUND", message, "", consents=names)]


def ground_for(
    audience: Audience,
    consents: Iterable[GivenConsent],
    *,
    on: dt.date,
    recipient_id: int | None = None,
    country: str = "",
    emergency: str = "",
    by_message: bool = False,
) -> Finding:
    """On what ground a reader may have it. ``emergency`` is the officer's reason why it cannot wait for a consent."""
    if audience is Audience.PUBLIC:
        return Finding(ground=Ground.NAMELESS)
    if audience is Audience.INTERNAL:
        return Finding(ground=Ground.OFFICE)
    given = tuple(consents)
    needed = consents_for(audience, country, by_message=by_message)
    missing = tuple(
        kind
        for kind in needed
        if not any(
            c.kind is kind and c.holds(on, recipient_id=recipient_id, country=country if kind is FactKind.C2 else "")
            for c in given
        )
    )
    if not missing:
        return Finding(ground=Ground.CONSENT if needed else Ground.PERSON, consents=needed)
    if emergency.strip():
        return Finding(ground=Ground.EMERGENCY, consents=tuple(k for k in needed if k not in missing), missing=missing)
    return Finding(ground=None, consents=tuple(k for k in needed if k not in missing), missing=missing)
