"""Sentences of the case summary: its headline, what it asks, and how it names days and amounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from liaison.domain.documents import DocumentKind
from liaison.domain.guarantees import VersionKind
from liaison.domain.journeys import STAGE_OF, JourneyState
from liaison.domain.money import Money
from liaison.domain.privacy import Audience
from liaison.domain.repatriation import is_open
from liaison.i18n import N_, Language
from liaison.i18n.formats import NBSP
from liaison.reports.blocks import AskBox, Span, Words
from liaison.reports.case_view import Ask, AskKind, CaseView, TaskView, ask_of
from liaison.reports.text import emphasised
from liaison.reports.wording import bound, in_both_zones, local, short_moment

VERSION_WORDS = {
    VersionKind.INITIAL: N_("First letter"),
    VersionKind.TOPUP: N_("Top-up letter"),
    VersionKind.FINAL: N_("Final letter"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """How a copy writes days: by date, or on the copy without names as days since the case began."""

    language: Language
    zone: str
    first: dt.date
    relative: bool

    def date(self, day: dt.date) -> str:
        """``20 Nov 2026`` or ``day 18``."""
        return self._relative(day) if self.relative else self.language.formats.date(day)

    def short(self, day: dt.date) -> str:
        """``20 Nov`` or ``day 18``."""
        return self._relative(day) if self.relative else self.language.formats.short_date(day)

    def moment(self, moment: dt.datetime, *, has_time: bool = True) -> str:
        """``20 Nov 12.40`` or ``day 18``; only the day where the time is not known."""
        if self.relative or not has_time:
            return self.short(local(moment, self.zone).date())
        return short_moment(moment, self.zone, self.language)

    def _relative(self, day: dt.date) -> str:
        return self.language("day {number}", number=(day - self.first).days + 1)


def days_for(view: CaseView, language: Language, audience: Audience) -> Days:
    """How this copy writes days."""
    dates = [step.entered_on for step in view.steps if step.entered_on]
    dates += [local(event.at, view.office.zone).date() for event in view.events]
    dates += [document.received_on for document in view.documents if document.received_on]
    first = min(dates, default=local(view.as_of, view.office.zone).date())
    return Days(language=language, zone=view.office.zone, first=first, relative=audience is Audience.PUBLIC)


def headline(view: CaseView, language: Language, days: Days) -> str:
    """The message of the copy in one sentence, always with a figure."""
    _ = language
    decided = _decided(view, _)
    if decided:
        return decided
    if view.accepted is not None:
        return _final(view.accepted, view.bill, _)
    ceiling, bill = view.ceiling, view.bill
    asked = next((v.ceiling for v in view.versions if v.is_asked and v.ceiling), None)
    if ceiling and bill and bill.currency == ceiling.currency:
        # A bill above the ceiling never reads as 100 %.
        over = bill.minor > ceiling.minor
        percent = -(-bill.minor * 100 // ceiling.minor) if over else bill.minor * 100 // ceiling.minor
        if asked:
            return _(
                "The bill is {percent}% of the ceiling of {ceiling}; we need {asked}",
                percent=percent,
                ceiling=whole(ceiling, _),
                asked=whole(asked, _),
            )
        return _("The bill is {percent}% of the ceiling of {ceiling}", percent=percent, ceiling=whole(ceiling, _))
    missing = _missing(view)
    if ceiling:
        amount = whole(ceiling, _)
        return _.plural(
            "Guarantee letter of {ceiling} in force; {count} document missing",
            "Guarantee letter of {ceiling} in force; {count} documents missing",
            missing,
            ceiling=amount,
        )
    since_words = _since_when(view, _, days)
    work = _.plural("{count} open task", "{count} open tasks", len(view.tasks)) if view.tasks else ""
    papers = _.plural("{count} document missing", "{count} documents missing", missing) if missing else ""
    rest = ", ".join(bound(part) for part in (work, papers) if part)
    return f"{since_words}; {rest}" if rest else since_words


def _final(accepted: Money, bill: Money | None, _: Language) -> str:
    """What the final letter accepted of the bill."""
    if bill is None or bill.currency != accepted.currency:
        return _("The final letter accepts {accepted}", accepted=whole(accepted, _))
    if bill == accepted:
        return _("The final letter accepts the whole bill of {bill}", bill=whole(bill, _))
    words = _(
        "The final letter accepts {accepted} of the bill of {bill}", accepted=whole(accepted, _), bill=whole(bill, _)
    )
    return NBSP.join(words.rsplit(" ", 2))  # an amount never stands alone on the second line


def _missing(view: CaseView) -> int:
    """How many papers somebody still has to bring: those of the case, and of a way home that goes on."""
    found = sum(1 for document in view.documents if document.received_on is None)
    way = view.way_home
    return found + sum(1 for _kinds, have in way.papers if not have) if way and is_open(way.state) else found


def _since_when(view: CaseView, _: Language, days: Days) -> str:
    """Where the case stands and for how long; after a death its day, since nobody is dead "for two days"."""
    state = _(view.state.label)
    died = view.way_home.died_on if view.way_home is not None else None
    if view.state is JourneyState.DECEASED and died is not None:
        return _("{state} on {date}", state=state, date=days.date(died))
    since = next((step.entered_on for step in view.steps if step.is_now and step.entered_on), days.first)
    number = (local(view.as_of, view.office.zone).date() - since).days
    if number == 0 or not _goes_on(view):
        return _("{state} since {date}", state=state, date=days.date(since))
    return _.plural(
        "{state} since {date} ({count} day)", "{state} since {date} ({count} days)", number,
        state=state, date=days.date(since),
    )  # fmt: skip


def _decided(view: CaseView, _: Language) -> str:
    """What the insurer paid or approved of the last claim; empty before it said so."""
    last = view.claims[-1] if view.claims else None
    if last is not None and last.paid == last.billed and last.billed.minor > 0:
        return _("The insurer paid the whole claim of {billed}", billed=whole(last.billed, _))
    if last is not None and last.paid is not None and last.paid.minor > 0:
        return _("The insurer paid {paid} of {billed} claimed", paid=whole(last.paid, _), billed=whole(last.billed, _))
    if last is not None and last.approved == last.billed:
        return _("The insurer approved the whole claim of {billed}", billed=whole(last.billed, _))
    if last is not None and last.approved is not None:
        approved = whole(last.approved, _)
        return _("The insurer approved {approved} of {billed} claimed", approved=approved, billed=whole(last.billed, _))
    return ""


def whole(money: Money, language: Language) -> str:
    """An amount without its cents where it has none: ``RM68.000``."""
    text = language.formats.money(money)
    return text[:-3] if money.minor % 100 == 0 and len(text) > 3 and text[-3] in ",." and text[-2:] == "00" else text


def ask_box(view: CaseView, language: Language, audience: Audience) -> AskBox:
    """What we ask of the receiver, and by when in both zones."""
    _ = language
    ask = ask_of(view, audience)
    if ask.kind is AskKind.NOTHING:
        # A case that has ended asks nothing of anybody; what stands open on it is listed among its tasks.
        own = _own_step(view) if audience is Audience.INTERNAL and _goes_on(view) else None
        if own is not None:
            return _box(_("Next step"), (Span(_(own.title), strong=True),), own.due_at, view, _)
        return AskBox(head=_("For your information"), words=_("Nothing is asked of you at the moment."))
    has_bill = any(one.kind is DocumentKind.BILL_INTERIM and one.received_on is not None for one in view.documents)
    words, key = _ask_words(ask, _, has_bill=has_bill)
    return _box(_asked(ask, view, _, audience), emphasised(words, key), ask.by, view, _)


def _asked(ask: Ask, view: CaseView, _: Language, audience: Audience) -> str:
    """Who is asked: the reader, but on the office's own copy one of the parties."""
    if audience is not Audience.INTERNAL:
        return _("We ask you")
    is_hospital = (Audience.HOSPITAL, ask) in view.asks and (Audience.INSURER, ask) not in view.asks
    return _("We ask the hospital") if is_hospital else _("We ask the insurer")


def _goes_on(view: CaseView) -> bool:
    """Whether there is still work on the case; after a death there is."""
    return (view.state in STAGE_OF and view.state is not JourneyState.CLOSED) or view.state is JourneyState.DECEASED


def _own_step(view: CaseView) -> TaskView | None:
    """What this office has to do first."""
    ours = [task for task in view.tasks if task.is_ours and task.due_at is not None]
    return min(ours, key=lambda task: task.due_at or view.as_of, default=None)


def _box(head: str, words: Words, by: dt.datetime | None, view: CaseView, _: Language) -> AskBox:
    if by is None:
        return AskBox(head=head, words=words)
    home = view.office.zone
    here = local(by, home)
    left = int((by - view.as_of).total_seconds() // 60)
    note = _("{time} left", time=spelled(left, _)) if left >= 0 else _("{time} overdue", time=spelled(-left, _))
    day = f"{_.formats.weekday(here.date())}, {_.formats.date(here.date())}"
    return AskBox(
        head=head,
        words=words,
        by_label=_("by"),
        by=(day, in_both_zones(by, home, view.hospital_zone, _)),
        by_note=note,
    )


def _ask_words(ask: Ask, _: Language, *, has_bill: bool) -> tuple[str, str]:
    """The sentence, and the part of it that stands in SemiBold; no bill is called attached that is not there."""
    amount = _.formats.money(ask.amount) if ask.amount else ""
    if ask.kind is AskKind.TOP_UP and not has_bill:
        if amount:
            return _("to raise the guarantee letter to {amount}.", amount=amount), amount
        return _("to raise the ceiling of the guarantee letter."), ""
    if ask.kind is AskKind.TOP_UP:
        if amount:
            return _(
                "to raise the guarantee letter to {amount}, from the interim bill attached.", amount=amount
            ), amount
        return _("to raise the ceiling of the guarantee letter, from the interim bill attached."), ""
    if ask.kind is AskKind.FIRST_LETTER:
        if amount:
            return _("to issue the guarantee letter; the hospital estimates {amount}.", amount=amount), amount
        return _("to issue the guarantee letter."), ""
    if ask.kind is AskKind.FINAL_LETTER:
        if amount:
            return _("to issue the final letter for the bill of {amount}.", amount=amount), amount
        return _("to issue the final letter, so that the patient can leave."), ""
    if ask.kind is AskKind.CLAIM:
        return _("to decide claim {number} over {amount}.", number=ask.words, amount=amount), amount
    if ask.kind is AskKind.TASK:
        # The title of a step is a note to ourselves ("Lab results"): the sentence says what the reader does about it.
        what = _(ask.words).rstrip(" .")
        return _("to settle what we are waiting for: {what}.", what=what), what
    return ask.words, ask.words


def spelled(minutes: int, language: Language) -> str:
    """``19 hours 55 min``, from two days on ``3 days 13 hours``: no letters that a reader has to guess."""
    _ = language
    hours, rest = divmod(max(minutes, 0), 60)
    days, hours = divmod(hours, 24) if hours >= 48 else (0, hours)
    parts = []
    if days:
        parts.append(_.plural("{count} day", "{count} days", days))
    if hours:
        parts.append(_.plural("{count} hour", "{count} hours", hours))
    if (rest and not days) or not parts:
        parts.append(_("{minutes} min", minutes=rest))
    return " ".join(bound(part) for part in parts)
