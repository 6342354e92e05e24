"""Forms of the agreements: the agreement itself, its parties, what was promised, and how a promise ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from liaison.domain.agreements import (
    AgreementDraft,
    AgreementKind,
    Area,
    EndingDraft,
    KeptDraft,
    ObligationDraft,
    PartyDraft,
    check_agreement,
)
from liaison.i18n import N_
from liaison.services import agreement_views, agreements
from liaison.ui.desk import Desk
from liaison.ui.pages.lookups import NONE_CHOSEN, StoreChoice, house_edit
from liaison.ui.pages.short_forms import Bench, begin, offer
from liaison.ui.reopening import reopens
from liaison.ui.widgets.codes_edit import CodesEdit
from liaison.ui.widgets.editors import Choice, Editor, LongText
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.lookup_edit import LookupEdit

COUNTRIES = ("ID", "MY", "SG", "CN", "KH", "TH", "VN", "PH", "BN", "JP", "KR", "AU", "IN", "SA", "TL", "TW")
"""Countries that can be chosen without typing."""

Done = Callable[[Any], object]

_ROWS: tuple[Row, ...] = (
    "kind",
    "title",
    "parties",
    ("country", "number"),
    "areas",
    Heading(text=N_("Dates")),
    ("signed_on", "place"),
    ("effective_on", "expires_on"),
    ("renewal", "renews_months"),
    Heading(text=N_("In the chain")),
    "implements_id",
    "supersedes_id",
    Heading(text=N_("What it says about data")),
    "protection_clause",
    "sovereignty_clause",
    "transfer_basis",
    "transfer_clause",
    Heading(text=N_("What to know")),
    "contact",
    "source",
    "note",
)


class LinesEdit(LongText):
    """Several texts, one a line."""

    def value(self) -> Any:
        """The lines that say something."""
        return tuple(line.strip() for line in self.box.toPlainText().splitlines() if line.strip())

    def set_value(self, value: Any) -> None:
        """Show lines."""
        super().set_value("\n".join(str(each) for each in value or ()) if not isinstance(value, str) else value)


def country_choice(desk: Desk) -> CountryChoice:
    """A country by its name."""
    return CountryChoice(desk)


class CountryChoice(Choice):
    """A country by its name; none is an empty text. A code that is not on the list is put there with its value."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        super().__init__(desk, self._named(COUNTRIES), none=desk.words(N_("not stated")))

    def _named(self, codes: Sequence[str]) -> list[tuple[str, str]]:
        names = [(code, self._desk.formats.country_name(code)) for code in codes]
        return sorted(names, key=lambda each: each[1])

    def value(self) -> Any:
        """The country's code, or an empty text."""
        return super().value() or ""

    def set_value(self, value: Any) -> None:
        """Choose a country."""
        if value and value not in self.offered:
            self.set_choices(self._named((*COUNTRIES, str(value))), none=self._desk.words(N_("not stated")))
        super().set_value(value or None)


def agreement_choice(desk: Desk, *, but: int | None = None) -> StoreChoice:
    """Another agreement of the register."""
    return StoreChoice(desk, _others, but, none=NONE_CHOSEN)


def _others(session: Any, but: int | None) -> list[tuple[int, str]]:
    lines = agreement_views.agreement_lines(session)
    lines.sort(key=lambda line: line.title.casefold())
    return [(line.id, f"{line.title} ({line.signed_on.year})" if line.signed_on else line.title)
            for line in lines if line.id != but]  # fmt: skip


def _form(desk: Desk, *, key: int | None = None) -> Form[AgreementDraft]:
    editors: dict[str, Editor] = {
        "areas": CodesEdit(desk, Area),
        "country": country_choice(desk),
        "implements_id": agreement_choice(desk, but=key),
        "supersedes_id": agreement_choice(desk, but=key),
    }
    rows, kept = list(_ROWS), ("parties",)
    if key is None:
        editors["parties"] = LinesEdit(desk)
        kept = ()  # type: ignore[assignment]
    else:
        rows.remove("parties")
    return Form(desk, AgreementDraft, rows, editors=editors, kept=kept)


@reopens
def new_agreement(bench: Bench, *, done: Done | None = None) -> None:
    """A new agreement, signed or still talked about."""
    desk = bench.desk
    form = begin(_form(desk), AgreementDraft(kind=AgreementKind.MOU, title=""))
    offer(
        bench, form, title=N_("New agreement"), action=N_("Add an agreement"), write=agreements.add_agreement,
        said=N_("Agreement added"), look=lambda d: check_agreement(d, today=desk.today()), done=done,
        note=bench.desk.words(N_("Without a signature it stands as under negotiation.")),
    )  # fmt: skip


@reopens
def edit_agreement(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change what is known of an agreement; refused if somebody else changed it meanwhile."""
    desk = bench.desk

    def opened(draft: AgreementDraft) -> None:
        form = _form(desk, key=key)
        form.set(draft)
        offer(
            bench, form, title=N_("Edit this agreement"), action=N_("Change an agreement"),
            write=partial(agreements.edit_agreement, version=version), before=(key,), said=N_("Change saved"),
            look=lambda d: check_agreement(d, today=desk.today()),
        )  # fmt: skip

    desk.runner.read(agreements.agreement_draft, key, owner=bench.drawer, done=opened, key="agreement form")


@reopens
def end_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """An agreement was ended before its last day."""
    desk = bench.desk
    form = begin(Form(desk, EndingDraft, ["terminated_on", "terminated_because"]),
                 EndingDraft(terminated_on=desk.today(), terminated_because=""))  # fmt: skip
    offer(
        bench, form, title=N_("Ended early"), action=N_("End an agreement early"),
        write=partial(agreements.end_agreement, version=version), before=(key,), said=N_("Agreement ended"),
    )  # fmt: skip


_PARTY_ROWS: tuple[Row, ...] = ("name", "organization_id", "country", "signatory", "signatory_title", "contact")


def _party_form(desk: Desk) -> Form[PartyDraft]:
    house = house_edit(desk)
    form = Form(desk, PartyDraft, _PARTY_ROWS, editors={"country": country_choice(desk), "organization_id": house},
                kept=("agreement_id",))  # fmt: skip
    house.found.connect(partial(_name_as_house, form, house))
    return form


def _name_as_house(form: Form[PartyDraft], house: LookupEdit, key: object) -> None:
    """A side without a name is called as the house that was chosen."""
    name = form.editor("name")
    if key is not None and not str(name.value() or "").strip():
        name.set_value(house.line.text())


@reopens
def party_form(bench: Bench, agreement_id: int) -> None:
    """A side of an agreement, and who signed for it."""
    form = begin(_party_form(bench.desk), PartyDraft(agreement_id=agreement_id, name=""))
    offer(
        bench, form, title=N_("Party of an agreement"), action=N_("Add a party"), write=agreements.add_party,
        said=N_("Party added"),
    )  # fmt: skip


@reopens
def edit_party_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Correct a side of an agreement."""
    desk = bench.desk

    def opened(draft: PartyDraft) -> None:
        form = _party_form(desk)
        form.set(draft)
        offer(
            bench, form, title=N_("Party of an agreement"), action=N_("Change a party"),
            write=partial(agreements.edit_party, version=version), before=(key,), said=N_("Change saved"),
        )  # fmt: skip

    desk.runner.read(agreements.party_draft, key, owner=bench.drawer, done=opened, key="party form")


_PROMISE_ROWS: tuple[Row, ...] = ("who", "what", ("clause", "due_on"))


def _promise_form(desk: Desk) -> Form[ObligationDraft]:
    return Form(desk, ObligationDraft, _PROMISE_ROWS, editors={"what": LongText(desk)}, kept=("agreement_id",))


@reopens
def obligation_form(bench: Bench, agreement_id: int) -> None:
    """Something that a side has promised."""
    form = begin(_promise_form(bench.desk), ObligationDraft(agreement_id=agreement_id, who="", what=""))
    offer(
        bench, form, title=N_("What was promised"), action=N_("Write a promise down"), write=agreements.add_obligation,
        said=N_("Promise written down"),
    )  # fmt: skip


@reopens
def edit_obligation_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Correct what was promised."""
    desk = bench.desk

    def opened(draft: ObligationDraft) -> None:
        form = _promise_form(desk)
        form.set(draft)
        offer(
            bench, form, title=N_("What was promised"), action=N_("Change a promise"),
            write=partial(agreements.edit_obligation, version=version), before=(key,), said=N_("Change saved"),
        )  # fmt: skip

    desk.runner.read(agreements.obligation_draft, key, owner=bench.drawer, done=opened, key="promise form")


def kept_form(bench: Bench, write: Callable[..., Any], key: int, *, title: str, action: str) -> None:
    """How something promised came to its end: evidence, or a reason."""
    desk = bench.desk
    form = begin(
        Form(desk, KeptDraft, ["finished_on", "evidence", "dropped_because"],
             editors={"evidence": LongText(desk, lines=2), "dropped_because": LongText(desk, lines=2)}),
        KeptDraft(finished_on=desk.today()),
    )  # fmt: skip
    offer(
        bench, form, title=title, action=action, write=write, before=(key,), said=N_("Closed"),
        note=bench.desk.words(N_("Evidence if it was done; a reason if it will not be done.")),
    )  # fmt: skip


@reopens
def close_obligation_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """A promise was kept, or will not be."""
    kept_form(
        bench, partial(agreements.close_obligation, version=version), key, title=N_("Close this promise"),
        action=N_("Close a promise"),
    )  # fmt: skip
