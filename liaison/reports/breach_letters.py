"""The two letters after a laptop was lost (R14, R15): to the persons, and to the authority. Drafts; they name nobody.

Each says what the law asks for: which data, when and how it came about, what is done about it and what the reader can
do. Source: UU PDP article 46 as read in ``security`` 8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.domain.privacy import Audience
from liaison.domain.trouble import Answer3, Danger
from liaison.i18n import N_, Language
from liaison.reports.blocks import (
    Align,
    AskBox,
    Block,
    Column,
    Fact,
    Facts,
    Grid,
    Heading,
    Headline,
    Row,
    Space,
    Text,
)
from liaison.reports.case_view import Office
from liaison.reports.gathering import office_of
from liaison.reports.letter_frame import WITHOUT_NAMES, letter_signature, letter_title
from liaison.reports.report import Option, Prepared, Report
from liaison.reports.wording import bound, local
from liaison.services.changes import actor, clock
from liaison.services.lost_laptop import LostView, lost_laptops

NONE_LOST = N_("No laptop has been reported lost. Report it first.")
NO_SUCH = N_("No lost laptop has this number. They are counted from 1, the newest first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachView:
    """A lost laptop, the office and whoever writes."""

    as_of: dt.datetime
    office: Office
    officer: str
    lost: LostView


def gather(session: Session, options: Mapping[str, str]) -> BreachView:
    """The lost laptop that is meant: the newest, or the one counted from the newest."""
    found = lost_laptops(session)
    if not found:
        raise Refused([problem("NONE_LOST", NONE_LOST, "lost")])
    number = options.get("lost", "") or "1"
    if not number.isdecimal() or not 1 <= int(number) <= len(found):
        raise Refused([problem("NO_SUCH_LOST", NO_SUCH, "lost")])
    return BreachView(
        as_of=clock(session), office=office_of(session), officer=actor(session), lost=found[int(number) - 1]
    )


def _prepare_persons(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    view = gather(session, options)
    return Prepared(view=view, lay_out=partial(to_persons, view), as_of=view.as_of, office=view.office.name)


def _prepare_authority(session: Session, options: Mapping[str, str], audience: Audience) -> Prepared:
    view = gather(session, options)
    return Prepared(view=view, lay_out=partial(to_authority, view), as_of=view.as_of, office=view.office.name)


_LOST = Option(name="lost", label=N_("Which lost laptop, 1 is the newest"))
PERSONS = Report(
    name="breach_persons", code="R14", title=N_("Letter to the persons: a laptop is lost"), options=(_LOST,),
    audiences=(Audience.PUBLIC,), prepare=_prepare_persons, can_be_sealed=True,
)  # fmt: skip
AUTHORITY = Report(
    name="breach_authority", code="R15", title=N_("Letter to the authority: a laptop is lost"), options=(_LOST,),
    audiences=(Audience.PUBLIC,), prepare=_prepare_authority, can_be_sealed=True,
)  # fmt: skip

_READ = {
    Danger.LOW: N_("Everything on it is encrypted, and the passphrase was not with it. It can hardly be read."),
    Danger.RAISED: N_(
        "Everything on it is encrypted, but we cannot be sure that it was locked. It may have been read."
    ),
    Danger.HIGH: N_("It is encrypted, but the passphrase was with it. You must expect that it has been read."),
}
LEFT_OPEN = N_("Everything on it is encrypted, but the program was open when it was lost. It may have been read.")
LOCKED_BUT = N_(
    "It was locked and everything on it is encrypted, but the passphrase may have been with it. It may have been read."
)


def can_be_read(lost: LostView) -> str:
    """The marked sentence to a person: it says of lock and passphrase what the authority reads, nothing else."""
    if lost.danger is Danger.RAISED and lost.was_locked is not Answer3.UNKNOWN:
        return LOCKED_BUT if lost.was_locked is Answer3.YES else LEFT_OPEN
    return _READ[lost.danger]


def to_persons(view: BreachView, language: Language) -> list[Block]:
    """The letter to a person who was on the laptop; the name is written in by hand or from the list."""
    _, lost = language, view.lost
    return [
        letter_title(
            view.office, _, kind=_("Notice to you"), as_of=view.as_of, banner=_(WITHOUT_NAMES), source=_source(view, _)
        ),
        Facts(facts=(Fact(key=_("To"), words="____________________________________"),), key_width=18),
        Headline(
            text=_("A laptop with your details was lost; we learned of it on {day}", day=_day(view, lost.aware_at, _)),
            kicker=_("Notice about your data"),
        ),
        Space(height=2),
        Text(words=_("We are sorry. The law asks us to tell you within three days, and so do we ourselves.")),
        Heading(text=_("What happened")),
        Text(words=_how(view, _)),
        Heading(text=_("What of yours was on it")),
        Text(
            words=_(
                "Your name, birth date, address and telephone; numbers of your passport or identity card and of your "
                "policy; what your care was for, papers of your case, letters, bills and claims."
            )
        ),
        Heading(text=_("Can somebody read it?")),
        Text(words=_(can_be_read(lost))),
        Heading(text=_("What we do")),
        Text(words=_measures(view, _)),
        Space(height=3),
        AskBox(
            head=_("What you can do"),
            words=_(
                "Believe no caller who knows about your treatment and asks for money or a code. Ask your bank and your "
                "insurer to be watchful. Call us whenever something seems strange: {phone}.",
                phone=bound(view.office.phone) or view.office.name,
            ),
        ),
        Space(height=6),
        letter_signature(view.office, _, as_of=view.as_of, officer=view.officer),
    ]


def to_authority(view: BreachView, language: Language) -> list[Block]:
    """The notice to the authority: counts, kinds of data, cause, guard, measures, and when we learned of it."""
    _, lost, on = language, view.lost, view.lost.on_it
    counts = (
        (_("Persons"), on.persons),
        (_("of them children"), on.children),
        (_("with a number of passport or identity card"), on.with_identity),
        (_("Relatives named beside them"), on.relatives),
        (_("Cases of care abroad (health data)"), on.cases),
        (_("of them with specially protected diagnoses"), on.restricted),
        (_("Insurance claims"), on.claims),
        (_("Attached papers"), on.documents),
    )
    grid = Grid(
        columns=(
            Column(head=_("What was on it"), width=80),
            Column(head=_("How many"), width=24, align=Align.RIGHT),
            Column(head="", width=70),
        ),
        rows=tuple(Row(cells=(label, _.formats.number(count), "")) for label, count in counts),
        name="on_it",
    )
    facts = (
        Fact(key=_("To"), words=_("The authority for the protection of personal data, Republic of Indonesia")),
        Fact(key=_("We learned of it"), words=_moment(view, lost.aware_at, _)),
        Fact(key=_("Lost, as far as known"), words=_moment(view, lost.lost_at, _) if lost.lost_at else _("not known")),
        Fact(key=_("Three days end"), words=_moment(view, lost.time.until, _)),
        Fact(key=_("Persons told"), words=_moment(view, lost.persons_told_at, _) if lost.persons_told_at
             else _("at the same time as this notice")),
    )  # fmt: skip
    return [
        letter_title(
            view.office, _, kind=_("Notice of a failure to protect personal data"), as_of=view.as_of,
            banner=_(WITHOUT_NAMES), source=_source(view, _),
        ),
        Facts(facts=facts, key_width=42),
        Headline(
            text=_.plural(
                "A laptop was lost that held data of {count} person",
                "A laptop was lost that held data of {count} persons",
                on.persons,
            ),
            kicker=_("Notice under article 46 of the law on the protection of personal data"),
        ),
        Heading(text=_("Which data")),
        grid,
        Heading(text=_("When and how")),
        Text(words=_how(view, _)),
        Heading(text=_("How it was guarded")),
        Text(words=_guard(view, _)),
        Heading(text=_("What is done about it")),
        Text(words=_measures(view, _)),
        Space(height=6),
        letter_signature(view.office, _, as_of=view.as_of, officer=view.officer),
    ]  # fmt: skip


def _source(view: BreachView, _: Language) -> str:
    return _.plural(
        "Source: records of this office, n = {count} person.", "Source: records of this office, n = {count} persons.",
        view.lost.on_it.persons,
    )  # fmt: skip


def _day(view: BreachView, moment: dt.datetime, _: Language) -> str:
    return bound(_.formats.long_date(local(moment, view.office.zone).date()))


def _moment(view: BreachView, moment: dt.datetime, _: Language) -> str:
    return bound(_.formats.moment(moment, view.office.zone))


def _how(view: BreachView, _: Language) -> str:
    lost = view.lost
    told = lost.what_happened or _("A laptop of this office was lost.")
    where = _("Place: {place}.", place=lost.where_lost) if lost.where_lost else ""
    when = _("Lost on {moment}, as far as known.", moment=_moment(view, lost.lost_at, _)) if lost.lost_at else ""
    known = _("We learned of it on {moment}.", moment=_moment(view, lost.aware_at, _))
    return " ".join(part for part in (told, where, when, known) if part)


_ANSWERS = (
    (N_("The program was locked: {answer}."), "was_locked"),
    (N_("The whole disk was encrypted: {answer}."), "disk_encrypted"),
    (N_("The passphrase or the recovery sheet was with it: {answer}."), "passphrase_with_it"),
)


def _guard(view: BreachView, _: Language) -> str:
    guard = view.lost.guard
    parts = [
        _("The whole store is encrypted with AES-256."),
        _.plural(
            "Its key is derived from a passphrase with Argon2id, {count} pass over {memory}.",
            "Its key is derived from a passphrase with Argon2id, {count} passes over {memory}.",
            guard.passes, memory=bound(f"{_.formats.number(guard.memory_mib)} MiB"),
        ),
    ]  # fmt: skip
    for sentence, name in _ANSWERS:
        answer: Answer3 = getattr(view.lost, name)
        parts.append(_(sentence, answer=answer))
    return " ".join(parts)


def _measures(view: BreachView, _: Language) -> str:
    return view.lost.measures or _(
        "We have reported the loss, work on from a backup, and change every passphrase that could have been seen."
    )
