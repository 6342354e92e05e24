"""What search finds in Liaison: people, cases, claims, letters, houses, desks and agents."""

from __future__ import annotations

from liaison.store.search_tables import Source, Subject


def _all(column: str, table: str, where: str) -> str:
    """Every value of a column of other rows, in one text."""
    return f"(SELECT group_concat({column}, ' ') FROM {table} WHERE {where})"


_COVER_WORDS = (
    "concat_ws(' ', c.name_on_policy, c.member_no, c.member_no_key, c.card_no, "
    "p.policy_no, p.policy_no_key, p.holder_name)"
)
_COVER_NUMBERS = "concat_ws(' ', c.member_no_key, c.card_no, p.policy_no_key)"
_COVER = "cover c JOIN policy p ON p.id = c.policy_id"
_COVER_COLUMNS = ("name_on_policy", "member_no", "member_no_key", "card_no", "policy_id", "patient_id")
_POLICY_COLUMNS = ("policy_no", "policy_no_key", "holder_name")
_PATIENT_NAMES = _all("concat_ws(' ', n.full_name, n.passport_name)", "patient n", "n.id = t.patient_id")
_PATIENT_PHONES = _all("n.phone_digits", "patient n", "n.id = t.patient_id")
_NAME_COLUMNS = ("full_name", "passport_name", "phone_digits")
_HOUSE_NAMES = _all("concat_ws(' ', h.name, h.short_name)", "organization h", "h.id = t.hospital_id")
_HOUSE_COLUMNS = ("name", "short_name")

PATIENT = Subject(
    kind="patient",
    table="patient",
    words=(
        "t.full_name",
        "t.passport_name",
        "t.city",
        _all(_COVER_WORDS, _COVER, "c.patient_id = t.id"),
        _all("concat_ws(' ', i.value, i.value_key)", "patient_identifier i", "i.patient_id = t.id"),
        _all("r.name", "related_person r", "r.patient_id = t.id"),
    ),
    numbers=(
        "t.phone_digits",
        _all(_COVER_NUMBERS, _COVER, "c.patient_id = t.id"),
        _all("i.value_key", "patient_identifier i", "i.patient_id = t.id"),
        _all("r.phone_digits", "related_person r", "r.patient_id = t.id"),
    ),
    sources=(
        Source(table="patient", columns=(*_NAME_COLUMNS, "city")),
        Source(table="cover", columns=_COVER_COLUMNS, subject_column="patient_id"),
        Source(
            table="policy", columns=_POLICY_COLUMNS, through="SELECT patient_id FROM cover WHERE policy_id IN ({rows})"
        ),
        Source(table="patient_identifier", columns=("value", "value_key", "patient_id"), subject_column="patient_id"),
        Source(table="related_person", columns=("name", "phone_digits", "patient_id"), subject_column="patient_id"),
    ),
)

JOURNEY = Subject(
    kind="journey",
    table="journey",
    words=(
        "t.case_no",
        "replace(t.case_no, '-', '')",
        "t.hospital_ref",
        "t.insurer_ref",
        "t.mrn",
        "t.doctor",
        "t.origin_city",
        _PATIENT_NAMES,
        _HOUSE_NAMES,
        _all(_COVER_WORDS, _COVER, "c.id = t.cover_id"),
        _all("concat_ws(' ', g.gl_no, g.gl_no_key)", "guarantee g", "g.journey_id = t.id"),
    ),
    numbers=(
        "replace(t.case_no, '-', '')",
        "t.hospital_ref",
        "t.insurer_ref",
        "t.mrn",
        _PATIENT_PHONES,
        _all(_COVER_NUMBERS, _COVER, "c.id = t.cover_id"),
        _all("g.gl_no_key", "guarantee g", "g.journey_id = t.id"),
    ),
    sources=(
        Source(
            table="journey",
            columns=(
                "case_no",
                "hospital_ref",
                "insurer_ref",
                "mrn",
                "doctor",
                "origin_city",
                "patient_id",
                "hospital_id",
                "cover_id",
            ),
        ),
        Source(table="patient", columns=_NAME_COLUMNS, through="SELECT id FROM journey WHERE patient_id IN ({rows})"),
        Source(
            table="organization", columns=_HOUSE_COLUMNS, through="SELECT id FROM journey WHERE hospital_id IN ({rows})"
        ),
        Source(table="cover", columns=_COVER_COLUMNS, through="SELECT id FROM journey WHERE cover_id IN ({rows})"),
        Source(
            table="policy",
            columns=_POLICY_COLUMNS,
            through="SELECT id FROM journey WHERE cover_id IN (SELECT id FROM cover WHERE policy_id IN ({rows}))",
        ),
        Source(table="guarantee", columns=("gl_no", "gl_no_key", "journey_id"), subject_column="journey_id"),
    ),
)

CLAIM = Subject(
    kind="claim",
    table="claim",
    words=(
        "t.claim_no",
        "t.claim_no_key",
        "t.gl_no",
        _PATIENT_NAMES,
        _HOUSE_NAMES,
        _all(_COVER_WORDS, _COVER, "c.id = t.cover_id"),
        _all("concat_ws(' ', j.case_no, replace(j.case_no, '-', ''))", "journey j", "j.id = t.journey_id"),
    ),
    # A policy's number in the middle, and phones, lead to the patient; a claim per line would carry them all again.
    numbers=("t.claim_no_key", "t.gl_no"),
    sources=(
        Source(
            table="claim",
            columns=("claim_no", "claim_no_key", "gl_no", "patient_id", "cover_id", "hospital_id", "journey_id"),
        ),
        Source(table="patient", columns=_NAME_COLUMNS, through="SELECT id FROM claim WHERE patient_id IN ({rows})"),
        Source(
            table="organization", columns=_HOUSE_COLUMNS, through="SELECT id FROM claim WHERE hospital_id IN ({rows})"
        ),
        Source(table="cover", columns=_COVER_COLUMNS, through="SELECT id FROM claim WHERE cover_id IN ({rows})"),
        Source(
            table="policy",
            columns=_POLICY_COLUMNS,
            through="SELECT id FROM claim WHERE cover_id IN (SELECT id FROM cover WHERE policy_id IN ({rows}))",
        ),
    ),
)

GUARANTEE = Subject(
    kind="guarantee",
    table="guarantee",
    words=("t.gl_no", "t.gl_no_key"),
    numbers=("t.gl_no_key",),
    sources=(Source(table="guarantee", columns=("gl_no", "gl_no_key")),),
)

ORGANIZATION = Subject(
    kind="organization",
    table="organization",
    words=("t.name", "t.short_name", "t.also_known_as", "t.city"),
    numbers=("t.phone_digits",),
    sources=(Source(table="organization", columns=("name", "short_name", "also_known_as", "city", "phone_digits")),),
)

CONTACT = Subject(
    kind="contact",
    table="contact",
    words=(
        "t.name",
        "t.email",
        _all("concat_ws(' ', h.name, h.short_name)", "organization h", "h.id = t.organization_id"),
    ),
    numbers=("t.phone_digits", "t.night_digits"),
    sources=(
        Source(table="contact", columns=("name", "email", "phone_digits", "night_digits", "organization_id")),
        Source(
            table="organization",
            columns=_HOUSE_COLUMNS,
            through="SELECT id FROM contact WHERE organization_id IN ({rows})",
        ),
    ),
)

AGENT = Subject(
    kind="agent",
    table="agent",
    words=("t.name", "t.code", "t.email"),
    numbers=("t.phone_digits", "t.code"),
    sources=(Source(table="agent", columns=("name", "code", "email", "phone_digits")),),
)

ROADSHOW = Subject(
    kind="roadshow",
    table="roadshow",
    words=(
        "t.series",
        "t.city",
        "t.venue",
        _all("concat_ws(' ', g.house, CASE WHEN g.is_visitor = 0 THEN g.name END)", "roadshow_guest g",
             "g.roadshow_id = t.id"),
        _all("n.wish", "roadshow_need n", "n.roadshow_id = t.id"),
        _all("p.what", "roadshow_promise p", "p.roadshow_id = t.id"),
    ),
    numbers=(),
    sources=(
        Source(table="roadshow", columns=("series", "city", "venue")),
        Source(table="roadshow_guest", columns=("house", "name", "is_visitor", "roadshow_id"),
               subject_column="roadshow_id"),
        Source(table="roadshow_need", columns=("wish", "roadshow_id"), subject_column="roadshow_id"),
        Source(table="roadshow_promise", columns=("what", "roadshow_id"), subject_column="roadshow_id"),
    ),
)  # fmt: skip

AGREEMENT = Subject(
    kind="agreement",
    table="agreement",
    words=("t.title", "t.number", "t.place", _all("p.name", "agreement_party p", "p.agreement_id = t.id")),
    numbers=("t.number",),
    sources=(
        Source(table="agreement", columns=("title", "number", "place")),
        Source(table="agreement_party", columns=("name", "agreement_id"), subject_column="agreement_id"),
    ),
)

DOCTOR = Subject(
    kind="doctor",
    table="doctor",
    words=(
        "t.title",
        "t.name",
        "'dr dokter doctor'",
        "t.specialties",
        _all("concat_ws(' ', h.name, h.short_name)",
             "organization h JOIN doctor_place p ON p.hospital_id = h.id", "p.doctor_id = t.id"),
    ),
    numbers=(),
    sources=(
        Source(table="doctor", columns=("title", "name", "specialties")),
        Source(table="doctor_place", columns=("hospital_id", "doctor_id"), subject_column="doctor_id"),
        Source(table="organization", columns=_HOUSE_COLUMNS,
               through="SELECT doctor_id FROM doctor_place WHERE hospital_id IN ({rows})"),
    ),
)  # fmt: skip

SUBJECTS = (PATIENT, JOURNEY, CLAIM, GUARANTEE, ORGANIZATION, CONTACT, DOCTOR, AGENT, AGREEMENT, ROADSHOW)
