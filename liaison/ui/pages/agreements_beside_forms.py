"""Forms of what stands beside agreements: requests for data, channels for reports of disease, outreach."""

from __future__ import annotations

from functools import partial
from typing import Any

from liaison.domain.data_requests import DataRequestDraft, DataSort, Decision, DecisionDraft
from liaison.domain.fields import draft as a_draft
from liaison.domain.fields import field
from liaison.domain.outreach import ChannelDraft, ChannelTestDraft, OutreachDraft, check_outreach
from liaison.i18n import N_
from liaison.services import data_requests, outreach, search
from liaison.ui.desk import Desk
from liaison.ui.pages.agreements_forms import Done, agreement_choice, country_choice
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.widgets.editors import LongText
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.lookup_edit import LookupEdit
from liaison.ui.widgets.suggest import Suggestion

# requests for data

_REQUEST_ROWS: tuple[Row, ...] = (
    ("asked_on", "asked_by"), "country", "sort", "what", "purpose", Heading(text=N_("By what right")), "agreement_id",
    "clause", "note",
)  # fmt: skip


def _request_form(desk: Desk) -> Form[DataRequestDraft]:
    editors = {
        "agreement_id": agreement_choice(desk), "country": country_choice(desk), "what": LongText(desk, lines=2),
        "purpose": LongText(desk, lines=2),
    }  # fmt: skip
    return Form(desk, DataRequestDraft, _REQUEST_ROWS, editors=editors)


@reopens
def request_form(bench: Bench, agreement_id: int | None = None, *, done: Done | None = None) -> None:
    """Somebody asks for data."""
    desk = bench.desk
    draft = DataRequestDraft(
        agreement_id=agreement_id, asked_on=desk.today(), asked_by="", sort=DataSort.AGGREGATED, what="", purpose=""
    )
    offer(
        bench, begin(_request_form(desk), draft), title=N_("New request for data"),
        action=N_("Write a request for data down"), write=data_requests.add_request, said=N_("Request written down"),
        done=done, note=bench.desk.words(N_("Without a clause it can only be refused.")),
    )  # fmt: skip


@reopens
def edit_request_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Correct a request that was not answered yet."""
    desk = bench.desk

    def opened(draft: DataRequestDraft) -> None:
        form = _request_form(desk)
        form.set(draft)
        offer(
            bench, form, title=N_("Edit this request"), action=N_("Change a request for data"),
            write=partial(data_requests.edit_request, version=version), before=(key,), said=N_("Change saved"),
        )  # fmt: skip

    desk.runner.read(data_requests.request_draft, key, owner=bench.drawer, done=opened, key="request form")


@reopens
def decision_form(bench: Bench, key: int, decision: Decision, *, version: int | None = None) -> None:
    """Grant or refuse a request."""
    desk = bench.desk
    form = begin(
        Form(desk, DecisionDraft, ["decision", "decided_on", "reason"], editors={"reason": LongText(desk)}),
        DecisionDraft(decision=decision, decided_on=desk.today(), reason=""),
    )  # fmt: skip
    offer(
        bench, form, title=N_("Answer this request"), action=N_("Answer a request for data"),
        write=partial(data_requests.decide, version=version), before=(key,), said=N_("Answer written down"),
    )  # fmt: skip


# channels

_CHANNEL_ROWS: tuple[Row, ...] = ("topic", "authority", "country", "how", "hours", "agreement_id", "note")


def _channel_form(desk: Desk) -> Form[ChannelDraft]:
    editors = {"agreement_id": agreement_choice(desk), "country": country_choice(desk)}
    return Form(desk, ChannelDraft, _CHANNEL_ROWS, editors=editors)


@reopens
def channel_form(bench: Bench, *, done: Done | None = None) -> None:
    """To whom a disease is reported."""
    offer(
        bench, begin(_channel_form(bench.desk), ChannelDraft(topic="", authority="", country="ID", how="")),
        title=N_("New channel"), action=N_("Add a channel"), write=outreach.add_channel, said=N_("Channel added"),
        done=done,
        note=bench.desk.words(N_("The hospital's doctor reports a disease, not we. Here stands to whom, and how.")),
    )  # fmt: skip


@reopens
def edit_channel_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a channel."""
    desk = bench.desk

    def opened(draft: ChannelDraft) -> None:
        form = _channel_form(desk)
        form.set(draft)
        offer(
            bench, form, title=N_("Edit this channel"), action=N_("Change a channel"),
            write=partial(outreach.edit_channel, version=version), before=(key,), said=N_("Change saved"),
        )  # fmt: skip

    desk.runner.read(outreach.channel_draft, key, owner=bench.drawer, done=opened, key="channel form")


@reopens
def try_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Somebody tried a channel."""
    desk = bench.desk
    form = begin(
        Form(desk, ChannelTestDraft, ["tested_on", "has_answered", "tested_note"],
             editors={"tested_note": LongText(desk)}),
        ChannelTestDraft(tested_on=desk.today(), has_answered=True),
    )  # fmt: skip
    offer(
        bench, form, title=N_("The channel was tried"), action=N_("Try a channel"),
        write=partial(outreach.try_channel, version=version), before=(key,), said=N_("Written down"),
    )  # fmt: skip


# outreach

_OUTREACH_ROWS: tuple[Row, ...] = (
    "title", ("country", "city"), "held_on", "is_month_only", "audience", ("headcount", "referrals"), "services",
    "partners", "agreement_id", "note",
)  # fmt: skip


def _outreach_form(desk: Desk) -> Form[OutreachDraft]:
    editors = {"agreement_id": agreement_choice(desk), "country": country_choice(desk)}
    return Form(desk, OutreachDraft, _OUTREACH_ROWS, editors=editors)


@reopens
def outreach_form(bench: Bench, *, done: Done | None = None) -> None:
    """An event for Indonesians abroad."""
    desk = bench.desk
    offer(
        bench, begin(_outreach_form(desk), OutreachDraft(title="", country="", held_on=desk.today())),
        title=N_("New outreach event"), action=N_("Add an outreach event"), write=outreach.add_outreach,
        said=N_("Event added"), look=lambda d: check_outreach(d, today=desk.today()), done=done,
    )  # fmt: skip


@reopens
def edit_outreach_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change an event."""
    desk = bench.desk

    def opened(draft: OutreachDraft) -> None:
        form = _outreach_form(desk)
        form.set(draft)
        offer(
            bench, form, title=N_("Edit this event"), action=N_("Change an outreach event"),
            write=partial(outreach.edit_outreach, version=version), before=(key,), said=N_("Change saved"),
            look=lambda d: check_outreach(d, today=desk.today()),
        )  # fmt: skip

    desk.runner.read(outreach.outreach_draft, key, owner=bench.drawer, done=opened, key="outreach form")


@a_draft
class CaseOfEvent:
    """Which case came of an event."""

    journey_id: int | None = field(N_("Case"), required=True)


@reopens
def link_form(bench: Bench, key: int) -> None:
    """Say which case came of an event."""
    desk = bench.desk
    lookup = LookupEdit(desk, _cases, icon="route")
    form = begin(Form(desk, CaseOfEvent, ["journey_id"], editors={"journey_id": lookup}), CaseOfEvent(journey_id=None))
    offer(
        bench, form, title=N_("A case that came of it"), action=N_("Note the case of an event"),
        write=outreach.link_case, before=(key,), said=N_("Case noted"), draft=lambda d: d.journey_id or 0,
    )  # fmt: skip


def _cases(session: Any, text: str) -> list[Suggestion]:
    return [
        Suggestion(text=one.case_no, value=one.journey_id, note=one.title)
        for one in search.find(session, text, limit=12)
        if one.case_no and one.journey_id is not None
    ]
