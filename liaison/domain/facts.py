"""Facts that the guards of a journey read."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class FactKind(Coded):
    """What a dated confirmation on a journey confirms. Source: ``domain`` 1.4, 2.3; ``decisions``, life cycles."""

    C1 = "C1", N_("consent C1: our office may process health data")
    C2 = "C2", N_("consent C2: transfer outside Indonesia")
    C3 = "C3", N_("consent C3: medical records to the hospital")
    C4 = "C4", N_("consent C4: release to the insurer for payment")
    C5 = "C5", N_("consent C5: contact by WhatsApp or e-mail")
    C6 = "C6", N_("consent C6: use in anonymous statistics")
    IDENTITY_SEEN = "IDENTITY_SEEN", N_("identity seen")
    ELIGIBILITY = "ELIGIBILITY", N_("benefit check answered")
    MEDICAL_DOCUMENT = "MEDICAL_DOCUMENT", N_("medical document received")
    OPINION = "OPINION", N_("doctor's opinion received")
    ESTIMATE = "ESTIMATE", N_("cost estimate received")
    DECISION = "DECISION", N_("patient's decision")
    PAYER_PATH = "PAYER_PATH", N_("payer agreed in writing")
    INSURER_NOTIFIED = "INSURER_NOTIFIED", N_("insurer notified")
    APPOINTMENT = "APPOINTMENT", N_("appointment booked")
    PASSPORT = "PASSPORT", N_("passport seen")
    TRAVEL_BOOKED = "TRAVEL_BOOKED", N_("travel booked")
    MEDIF = "MEDIF", N_("airline's medical clearance (MEDIF)")
    DEPARTURE = "DEPARTURE", N_("left home")
    ARRIVAL = "ARRIVAL", N_("arrived at the hospital's city")
    PLAN_CONFIRMED = "PLAN_CONFIRMED", N_("treatment plan confirmed")
    ADMISSION = "ADMISSION", N_("admitted")
    DISCHARGE_SUMMARY = "DISCHARGE_SUMMARY", N_("discharge summary stored")
    EXCESS_SETTLED = "EXCESS_SETTLED", N_("excess settled or waived")
    SELF_SETTLED = "SELF_SETTLED", N_("bill paid by the patient")
    CHECKLIST_COMPLETE = "CHECKLIST_COMPLETE", N_("documents complete")
    FIT_TO_FLY = "FIT_TO_FLY", N_("fit to fly")
    HOME_ARRIVAL = "HOME_ARRIVAL", N_("back home")
    FOLLOW_UP = "FOLLOW_UP", N_("follow-up done")
    ANSWERED = "ANSWERED", N_("question answered, no travel")
    DEATH = "DEATH", N_("death recorded")
