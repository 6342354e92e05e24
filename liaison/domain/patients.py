"""People: patients, the names and numbers they are known by, and who stands beside them."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class Sex(Coded):
    """Sex as the identity card has it."""

    M = "M", N_("male")
    F = "F", N_("female")

    @property
    def letter(self) -> str:
        """The marked letter that stands in lists and masked names: M and F, in Indonesian L and P."""
        return N_("M") if self is Sex.M else N_("F")


class IdentifierKind(Coded):
    """What kind of number identifies a person."""

    NIK = "NIK", N_("national ID number (NIK)")
    KK = "KK", N_("family card number (KK)")
    PASSPORT = "PASSPORT", N_("passport")
    BPJS = "BPJS", N_("BPJS card number")
    IHS = "IHS", N_("SATUSEHAT number (IHS)")
    MRN = "MRN", N_("medical record number")
    OTHER = "OTHER", N_("other number")


ONE_PERSON_KINDS = frozenset({IdentifierKind.NIK, IdentifierKind.PASSPORT, IdentifierKind.BPJS, IdentifierKind.IHS})
"""Numbers that belong to one person only. A family card number stands for a household."""


class RelationKind(Coded):
    """What somebody is to the patient."""

    SPOUSE = "SPOUSE", N_("husband or wife")
    CHILD = "CHILD", N_("child")
    PARENT = "PARENT", N_("father or mother")
    SIBLING = "SIBLING", N_("brother or sister")
    GUARDIAN = "GUARDIAN", N_("guardian")
    MOTHER = "MOTHER", N_("mother")
    FRIEND = "FRIEND", N_("friend")
    COMPANION = "COMPANION", N_("companion")
    AGENT = "AGENT", N_("insurance agent")


class Region(Coded):
    """Market of the round table: west, central or east Indonesia. Source: the office's list in ``regions``."""

    WEST = "WEST", N_("west")
    CENTRAL = "CENTRAL", N_("central")
    EAST = "EAST", N_("east")
    NOT_STATED = "NOT_STATED", N_("region not stated")
