"""What a report is: a name and code, what it asks for and for whom, and a function that reads it and lays it out.

Each report's own module holds such a :class:`Report`; ``catalogue`` lists them, ``making`` makes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from liaison.domain.privacy import Audience
from liaison.i18n import Language
from liaison.reports.blocks import Block
from liaison.reports.style import A4, PageStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseKeys:
    """Whom a printed copy speaks of, for the line in the disclosures; a claim from a list belongs to no case."""

    journey_id: int | None
    patient_id: int
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody else who gets the same copy, letter by letter; needs a ground of its own."""

    audience: Audience
    recipient: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report whose data is read: ``view`` is what it is made from, ``lay_out`` puts it on pages in a language.

    ``keys`` names the person a copy speaks of, ``people`` those of a paper about many; a report without either must
    name nobody, and is scanned for leaks.
    """

    view: object
    lay_out: Callable[[Language], list[Block]]
    as_of: dt.datetime
    office: str
    keys: CaseKeys | None = None
    people: tuple[CaseKeys, ...] = ()
    """Everybody that a paper of many cases speaks of; each gets a line in the disclosures."""
    recipient: str = ""
    also: tuple[Receiver, ...] = ()
    """Who gets the same copy beside the recipient."""
    purpose: str = ""
    names_no_insurer: bool = False
    named: tuple[str, ...] = ()
    """People whom it names by right: guests of an event. That one is a patient too says nothing here."""
    is_audited: bool = False
    """Whether its figures count persons and leave the office: they are held against everything released before."""
    tells_exactly: tuple[int, ...] = ()
    """Patients of whom it tells exactly, to the very houses whose rows they are."""
    page: PageStyle = A4
    """On what it is printed; a page as wide as a telephone has its own frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something a report asks for. ``label`` is a marked text."""

    name: str
    label: str
    is_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report: ``code`` heads its ids, ``title`` is a marked text, the first audience is the usual one."""

    name: str
    code: str
    title: str
    options: tuple[Option, ...]
    audiences: tuple[Audience, ...]
    prepare: Callable[[Session, Mapping[str, str], Audience], Prepared]
    must_be_sealed: bool = False
    """Whether its file leaves the office only under a password that both sides agreed; ``closing`` says for whom."""
    can_be_sealed: bool = False
    """Whether its file can be sealed although it names nobody."""
