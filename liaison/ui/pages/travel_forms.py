"""Short forms of the way there: a leg, a hotel, who goes along; and the place that the patient chose."""

from __future__ import annotations

from functools import partial

from liaison.domain.places import PlaceChoiceDraft
from liaison.domain.regions import city_of
from liaison.domain.travel import (
    EscortDraft,
    StayDraft,
    TravelLegDraft,
    check_escort,
    check_leg,
    check_stay,
)
from liaison.i18n import N_
from liaison.services import payments, places, travel
from liaison.ui.desk import Desk
from liaison.ui.pages.hidden_form import stays_hidden
from liaison.ui.pages.lookups import hospital_edit
from liaison.ui.pages.money_forms import ESTIMATE_ROWS, estimate_editors
from liaison.ui.pages.short_forms import Bench, offer, offer_again
from liaison.ui.reopening import reopens
from liaison.ui.widgets.drawer import FormPane
from liaison.ui.widgets.editors import Choice, Editor, TextEdit
from liaison.ui.widgets.form import Form, Heading, Row
from liaison.ui.widgets.money_edit import MoneyEdit
from liaison.ui.widgets.zoned_moment import ZonedMoment, zone_choice

_LEG: tuple[Row, ...] = (
    "mode", "carrier", "number", "from_place", "departs_zone", "departs_at", "to_place", "arrives_zone",
    "arrives_at", ("booking_ref", "seat"), "pick_up", Heading(text=N_("Help on the way")), "wheelchair", "oxygen",
    "has_stretcher", "medif", "medif_on", "note",
)  # fmt: skip
_STAY: tuple[Row, ...] = (
    "hotel", ("check_in", "check_out"), "address", "phone", "rate", "distance_m", "booking_ref", "note",
)  # fmt: skip
_ESCORT: tuple[Row, ...] = ("kind", "name", "phone", "passport", "passport_expires_on", "cost", "note")


# legs


def _leg(desk: Desk, home: str, there: str) -> Form[TravelLegDraft]:
    clocks = {name: zone_choice(desk, zone) for name, zone in (("departs", home), ("arrives", there))}
    editors: dict[str, Editor] = {}
    for name, clock in clocks.items():
        moment = ZonedMoment(desk, clock)
        editors |= {f"{name}_zone": clock, f"{name}_at": moment}
    form = Form(desk, TravelLegDraft, _LEG, editors=editors, kept=("journey_id",))
    for name, place in (("departs", "from_place"), ("arrives", "to_place")):
        form.boxes[f"{name}_at"].add_below(form.editor(f"{name}_at").also)
        form.editor(place).committed.connect(partial(_take_zone, form.editor(place), clocks[name]))
    return form


def _take_zone(place: TextEdit, clock: Choice) -> None:
    """A city that is known brings its clock along."""
    city = city_of(str(place.value() or ""))
    if city is not None and city.zone:
        clock.set_value(city.zone)
        clock.changed.emit()


@reopens
def leg_form(bench: Bench, journey_id: int, *, home: str, there: str, destination: str = "") -> FormPane:
    """A flight, a ferry, a drive."""
    desk = bench.desk
    form = _leg(desk, home, there)
    draft = TravelLegDraft(
        journey_id=journey_id, from_place=desk.officer.city, to_place=destination, departs_zone=home,
        arrives_zone=there, departs_at=desk.clock(),
    )  # fmt: skip
    form.set(draft)
    form.editor("departs_at").set_value(None)
    return offer(
        bench, form, title=N_("Leg of the journey"), action=N_("Record a leg of the journey"), write=travel.add_leg,
        said=N_("Leg recorded"), look=check_leg,
    )  # fmt: skip


@reopens
def edit_leg_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a leg, or how far the airline's form is."""
    if stays_hidden(bench, N_("Leg of the journey")):  # a name board at the pick-up bears the patient's name
        return
    offer_again(
        bench, key, read=travel.leg_draft,
        form=lambda draft: _leg(bench.desk, draft.departs_zone, draft.arrives_zone), title=N_("Leg of the journey"),
        action=N_("Change a leg of the journey"), write=partial(travel.edit_leg, version=version), look=check_leg,
        remove=travel.remove_leg, removing=N_("Remove a leg of the journey"),
    )  # fmt: skip


# nights


def _stay(desk: Desk, currency: str) -> Form[StayDraft]:
    return Form(desk, StayDraft, _STAY, editors={"rate": MoneyEdit(desk, currency=currency)}, kept=("journey_id",))


@reopens
def stay_form(bench: Bench, journey_id: int, *, currency: str = "MYR") -> FormPane:
    """A hotel."""
    desk = bench.desk
    form = _stay(desk, currency)
    form.set(StayDraft(journey_id=journey_id, hotel="", check_in=desk.today(), check_out=desk.today()))
    for name in ("check_in", "check_out"):
        form.editor(name).set_value(None)
    return offer(
        bench, form, title=N_("Hotel"), action=N_("Record a hotel"), write=travel.add_stay, said=N_("Hotel recorded"),
        look=check_stay,
    )  # fmt: skip


@reopens
def edit_stay_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a hotel."""
    offer_again(
        bench, key, read=travel.stay_draft,
        form=lambda draft: _stay(bench.desk, draft.rate.currency if draft.rate else "MYR"), title=N_("Hotel"),
        action=N_("Change a hotel"), write=partial(travel.edit_stay, version=version), look=check_stay,
        remove=travel.remove_stay, removing=N_("Remove a hotel"),
    )  # fmt: skip


# who goes along


def _escort(desk: Desk) -> Form[EscortDraft]:
    return Form(desk, EscortDraft, _ESCORT, editors={"cost": MoneyEdit(desk, currency="IDR")}, kept=("journey_id",))


@reopens
def escort_form(bench: Bench, journey_id: int) -> FormPane:
    """Somebody who goes along."""
    form = _escort(bench.desk)
    form.set(EscortDraft(journey_id=journey_id, name=""))
    return offer(
        bench, form, title=N_("Who goes along"), action=N_("Record who goes along"), write=travel.add_escort,
        said=N_("Companion recorded"), look=check_escort,
    )  # fmt: skip


@reopens
def edit_escort_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change what is known of somebody who goes along."""
    if stays_hidden(bench, N_("Who goes along")):
        return
    offer_again(
        bench, key, read=travel.escort_draft, form=lambda _draft: _escort(bench.desk), title=N_("Who goes along"),
        action=N_("Change who goes along"), write=partial(travel.edit_escort, version=version), look=check_escort,
        remove=travel.remove_escort, removing=N_("Remove who goes along"),
    )  # fmt: skip


# places


@reopens
def edit_estimate_form(bench: Bench, key: int, *, version: int | None = None) -> None:
    """Change a place's estimate, with travel, hotel and the patient's share."""
    from liaison.domain.payments import EstimateDraft, check_estimate

    desk = bench.desk

    def form(draft: EstimateDraft) -> Form[EstimateDraft]:
        editors = {"hospital_id": hospital_edit(desk), **estimate_editors(desk, draft.high.currency)}
        return Form(desk, EstimateDraft, ESTIMATE_ROWS, editors=editors, kept=("journey_id",))

    offer_again(
        bench, key, read=payments.estimate_draft, form=form, title=N_("Cost estimate"), action=N_("Change an estimate"),
        write=partial(payments.edit_estimate, version=version), look=lambda d: check_estimate(d, today=desk.today()),
        remove=payments.void_estimate, removing=N_("Remove an estimate"),
    )  # fmt: skip


@reopens
def choose_form(bench: Bench, estimate_id: int, *, name: str = "") -> FormPane:
    """Why the patient chose this place; it becomes the decision of the case."""
    desk = bench.desk
    form = Form(desk, PlaceChoiceDraft, ("reason",), kept=("estimate_id",))
    form.set(PlaceChoiceDraft(estimate_id=estimate_id, reason=""))
    return offer(
        bench, form, title=N_("The patient's choice"), action=N_("Record the patient's choice"), write=places.choose,
        said=N_("Choice recorded"), note=name,
    )  # fmt: skip
