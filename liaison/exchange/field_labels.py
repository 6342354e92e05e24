"""Words for the fields a column may hold, for whoever maps a strange list by hand."""

from __future__ import annotations

from collections.abc import Mapping

from liaison.exchange.fields import Field
from liaison.i18n import N_

FIELD_LABELS: Mapping[str, str] = {
    Field.MEMBER_NAME.value: N_("Name of the patient"),
    Field.CLAIM_NO.value: N_("Claim number"),
    Field.MEMBER_NO.value: N_("Member number"),
    Field.POLICY_NO.value: N_("Policy number"),
    Field.GL_NO.value: N_("Letter number"),
    Field.STATUS.value: N_("Status"),
    Field.BILLED.value: N_("Billed"),
    Field.APPROVED.value: N_("Approved"),
    Field.NOT_COVERED.value: N_("Not covered"),
    Field.PAID.value: N_("Paid"),
    Field.CURRENCY.value: N_("Currency"),
    Field.ESTIMATE.value: N_("Cost estimate"),
    Field.HOSPITAL.value: N_("Hospital"),
    Field.INSURER.value: N_("Insurer"),
    Field.COUNTRY.value: N_("Country"),
    Field.CITY.value: N_("City"),
    Field.ORIGIN_CITY.value: N_("City the patient comes from"),
    Field.ADMIT_DATE.value: N_("Admitted on"),
    Field.DISCHARGE_DATE.value: N_("Discharged on"),
    Field.STARTED_ON.value: N_("Day of the enquiry"),
    Field.TRAVEL_ON.value: N_("Travels on"),
    Field.SUBMITTED_ON.value: N_("Submitted on"),
    Field.BIRTH_DATE.value: N_("Date of birth"),
    Field.SEX.value: N_("Sex"),
    Field.RELATION.value: N_("Relation to the holder"),
    Field.IDENTITY_NO.value: N_("NIK or identity number"),
    Field.PASSPORT_NO.value: N_("Passport number"),
    Field.PHONE.value: N_("Telephone"),
    Field.DIAGNOSIS_CODE.value: N_("Diagnosis code"),
    Field.DIAGNOSIS_TEXT.value: N_("Diagnosis"),
    Field.DOCTOR.value: N_("Doctor"),
    Field.OFFICER.value: N_("Officer"),
    Field.AGENT.value: N_("Agent"),
    Field.COMPANION.value: N_("Companion"),
    Field.LINE_TEXT.value: N_("Description of a line"),
    Field.LINE_DATE.value: N_("Date of a line"),
    Field.REMARKS.value: N_("Remarks"),
}
"""Marked words by field name, in the order a chooser offers them."""
