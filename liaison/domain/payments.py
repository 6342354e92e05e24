"""Bills and payments: deposits, excess, what hospitals invoice and who paid."""

from __future__ import annotations

from liaison.domain.coded import Coded
from liaison.i18n import N_


class PaymentPurpose(Coded):
    """What a payment is for."""

    DEPOSIT = "DEPOSIT", N_("deposit")
    EXCESS = "EXCESS", N_("excess")
    COPAY = "COPAY", N_("co-payment")
    BILL = "BILL", N_("bill")
    REFUND = "REFUND", N_("refund")
    CLAIM = "CLAIM", N_("claim payment")


class Payer(Coded):
    """Who paid."""

    PATIENT = "PATIENT", N_("patient or family")
    INSURER = "INSURER", N_("insurer")
    ADMINISTRATOR = "ADMINISTRATOR", N_("administrator")
    EMPLOYER = "EMPLOYER", N_("employer")
    HOSPITAL = "HOSPITAL", N_("hospital")


class BillKind(Coded):
    """Which bill of an admission this is."""

    INTERIM = "INTERIM", N_("interim bill")
    FINAL = "FINAL", N_("final bill")
    CREDIT_NOTE = "CREDIT_NOTE", N_("credit note")
