CREATE TABLE draft (
    "key" TEXT NOT NULL,
    text TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY ("key")
)
 STRICT;
CREATE TABLE journal_never (
    id INTEGER NOT NULL CONSTRAINT ck_journal_never_never CHECK (id IS NULL),
    CONSTRAINT pk_journal_never PRIMARY KEY (id)
)
 STRICT;
CREATE TABLE kiosk_entry (
    id INTEGER NOT NULL,
    text TEXT NOT NULL,
    receipts TEXT DEFAULT '' NOT NULL,
    at_us INTEGER NOT NULL,
    CONSTRAINT pk_kiosk_entry PRIMARY KEY (id)
)
 STRICT;
CREATE TABLE action (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    actor TEXT NOT NULL,
    officer_id INTEGER,
    device INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    reason TEXT,
    undoes_action_id INTEGER,
    compact INTEGER DEFAULT 0 NOT NULL,
    open INTEGER DEFAULT 1 CONSTRAINT ck_action_open_is_one CHECK (open = 1),
    chain_no INTEGER,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER,
    last_id INTEGER,
    mac BLOB,
    CONSTRAINT pk_action PRIMARY KEY (id),
    CONSTRAINT uq_action_chain_no UNIQUE (chain_no),
    CONSTRAINT ck_action_sealed CHECK ((open IS NULL) = (mac IS NOT NULL AND chain_no IS NOT NULL AND last_seq IS NOT NULL)),
    CONSTRAINT fk_action_undoes_action_id_action FOREIGN KEY(undoes_action_id) REFERENCES action (id),
    CONSTRAINT fk_action_open_journal_never FOREIGN KEY(open) REFERENCES journal_never (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;
CREATE UNIQUE INDEX ix_action_open ON action (open) WHERE open IS NOT NULL;
CREATE INDEX ix_action_undoes ON action (undoes_action_id) WHERE undoes_action_id IS NOT NULL;
CREATE TABLE change (
    seq INTEGER NOT NULL,
    action_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    op TEXT NOT NULL CONSTRAINT ck_change_op CHECK (op IN ('I','U','D','R','E')),
    row_version INTEGER,
    before_json TEXT,
    after_json TEXT,
    salt BLOB,
    digest BLOB,
    CONSTRAINT pk_change PRIMARY KEY (seq),
    CONSTRAINT fk_change_action_id_action FOREIGN KEY(action_id) REFERENCES action (id)
)
 STRICT;
CREATE INDEX ix_change_block ON change (table_name, row_id) WHERE op = 'R';
CREATE INDEX ix_change_gone ON change (table_name, row_id) WHERE op = 'D';
CREATE INDEX ix_change_row ON change (table_name, row_id);
CREATE TABLE agreement (
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    place TEXT DEFAULT '' NOT NULL,
    signed_on TEXT,
    effective_on TEXT,
    expires_on TEXT,
    renewal TEXT DEFAULT 'NOT_STATED' NOT NULL,
    renews_months INTEGER,
    areas TEXT DEFAULT '[]' NOT NULL,
    implements_id INTEGER,
    supersedes_id INTEGER,
    protection_clause TEXT DEFAULT '' NOT NULL,
    sovereignty_clause TEXT DEFAULT '' NOT NULL,
    transfer_basis TEXT DEFAULT 'NOT_STATED' NOT NULL,
    transfer_clause TEXT DEFAULT '' NOT NULL,
    contact TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    terminated_on TEXT,
    terminated_because TEXT DEFAULT '' NOT NULL,
    warned_of TEXT,
    warned_days INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_agreement PRIMARY KEY (id),
    CONSTRAINT fk_agreement_implements_id_agreement FOREIGN KEY(implements_id) REFERENCES agreement (id),
    CONSTRAINT fk_agreement_supersedes_id_agreement FOREIGN KEY(supersedes_id) REFERENCES agreement (id)
)
 STRICT;
CREATE INDEX ix_agreement_expires_on ON agreement (expires_on);
CREATE INDEX ix_agreement_implements_id ON agreement (implements_id);
CREATE INDEX ix_agreement_supersedes_id ON agreement (supersedes_id);
CREATE TABLE airline_rule (
    carrier TEXT NOT NULL,
    carrier_key TEXT NOT NULL,
    letter_from_week INTEGER NOT NULL,
    last_week INTEGER NOT NULL,
    last_week_multiple INTEGER NOT NULL,
    letter_days INTEGER NOT NULL,
    source TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_airline_rule PRIMARY KEY (id),
    CONSTRAINT uq_airline_rule_carrier_key UNIQUE (carrier_key)
)
 STRICT;
CREATE TABLE case_counter (
    city TEXT NOT NULL,
    year INTEGER NOT NULL,
    device TEXT NOT NULL,
    last INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_case_counter PRIMARY KEY (id),
    CONSTRAINT uq_case_counter_city_year_device UNIQUE (city, year, device)
)
 STRICT;
CREATE TABLE country_rule (
    country TEXT NOT NULL,
    passport_months INTEGER NOT NULL,
    visit_days INTEGER NOT NULL,
    needs_visa INTEGER DEFAULT '0' NOT NULL,
    arrival_card TEXT DEFAULT '' NOT NULL,
    arrival_card_days INTEGER DEFAULT '0' NOT NULL,
    extension_months INTEGER DEFAULT '0' NOT NULL,
    source TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_country_rule PRIMARY KEY (id),
    CONSTRAINT uq_country_rule_country UNIQUE (country)
)
 STRICT;
CREATE TABLE doctor (
    title TEXT DEFAULT '' NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    specialties TEXT DEFAULT '[]' NOT NULL,
    languages TEXT DEFAULT '[]' NOT NULL,
    last_verified_on TEXT,
    retired_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_doctor PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_doctor_name_key ON doctor (name_key);
CREATE TABLE erasure (
    number TEXT NOT NULL,
    at INTEGER NOT NULL,
    asked_on TEXT NOT NULL,
    ground TEXT NOT NULL,
    actor TEXT NOT NULL,
    counts TEXT NOT NULL,
    keys TEXT NOT NULL,
    recipients TEXT NOT NULL,
    mentions TEXT DEFAULT '[]' NOT NULL,
    backups_until TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_erasure PRIMARY KEY (id),
    CONSTRAINT uq_erasure_number UNIQUE (number)
)
 STRICT;
CREATE TABLE fx_rate (
    base TEXT NOT NULL,
    quote TEXT NOT NULL,
    rate TEXT NOT NULL,
    on_date TEXT NOT NULL,
    kind TEXT DEFAULT 'MID' NOT NULL,
    source TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_fx_rate PRIMARY KEY (id),
    CONSTRAINT uq_fx_rate_base_quote_on_date_source_kind UNIQUE (base, quote, on_date, source, kind)
)
 STRICT;
CREATE TABLE known_elsewhere (
    peer TEXT NOT NULL,
    table_name TEXT NOT NULL,
    theirs_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_known_elsewhere PRIMARY KEY (id),
    CONSTRAINT uq_known_elsewhere_peer_table_name_theirs_id UNIQUE (peer, table_name, theirs_id)
)
 STRICT;
CREATE TABLE lost_laptop (
    aware_at INTEGER NOT NULL,
    lost_at INTEGER,
    where_lost TEXT DEFAULT '' NOT NULL,
    what_happened TEXT DEFAULT '' NOT NULL,
    whose TEXT DEFAULT '' NOT NULL,
    was_locked TEXT DEFAULT 'UNKNOWN' NOT NULL,
    disk_encrypted TEXT DEFAULT 'UNKNOWN' NOT NULL,
    passphrase_with_it TEXT DEFAULT 'UNKNOWN' NOT NULL,
    measures TEXT DEFAULT '' NOT NULL,
    authority_told_at INTEGER,
    persons_told_at INTEGER,
    is_found INTEGER DEFAULT '0' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_lost_laptop PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_lost_laptop_aware_at ON lost_laptop (aware_at);
CREATE TABLE mapping (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    headings_key TEXT NOT NULL,
    columns TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_mapping PRIMARY KEY (id),
    CONSTRAINT uq_mapping_kind_headings_key UNIQUE (kind, headings_key)
)
 STRICT;
CREATE TABLE medif_rule (
    carrier TEXT NOT NULL,
    carrier_key TEXT NOT NULL,
    codes TEXT DEFAULT '[]' NOT NULL,
    need TEXT NOT NULL,
    days INTEGER NOT NULL,
    is_working INTEGER DEFAULT '0' NOT NULL,
    wants_indemnity INTEGER DEFAULT '0' NOT NULL,
    source TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_medif_rule PRIMARY KEY (id),
    CONSTRAINT uq_medif_rule_carrier_key_need UNIQUE (carrier_key, need)
)
 STRICT;
CREATE TABLE office (
    name TEXT NOT NULL,
    city TEXT NOT NULL,
    zone TEXT DEFAULT 'Asia/Jakarta' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    letterhead TEXT DEFAULT '' NOT NULL,
    signatory TEXT DEFAULT '' NOT NULL,
    signatory_title TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT 'id' NOT NULL,
    report_currency TEXT DEFAULT 'IDR' NOT NULL,
    is_sample INTEGER DEFAULT '0' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_office PRIMARY KEY (id)
)
 STRICT;
CREATE TABLE officer (
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    is_supervisor INTEGER DEFAULT '0' NOT NULL,
    is_active INTEGER DEFAULT '1' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_officer PRIMARY KEY (id),
    CONSTRAINT uq_officer_name_key UNIQUE (name_key)
)
 STRICT;
CREATE TABLE organization (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    short_name TEXT DEFAULT '' NOT NULL,
    also_known_as TEXT DEFAULT '[]' NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    city TEXT DEFAULT '' NOT NULL,
    zone TEXT DEFAULT '' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    phone_digits TEXT DEFAULT '' NOT NULL,
    night_phone TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    specialties TEXT DEFAULT '[]' NOT NULL,
    accreditation TEXT DEFAULT '' NOT NULL,
    takes_deposit_note TEXT DEFAULT '' NOT NULL,
    has_credit_arrangement INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    last_verified_on TEXT,
    closed_on TEXT,
    merged_into_id INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_organization PRIMARY KEY (id),
    CONSTRAINT fk_organization_merged_into_id_organization FOREIGN KEY(merged_into_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_organization_city ON organization (city);
CREATE INDEX ix_organization_kind_name_key_id ON organization (kind, name_key, id);
CREATE TABLE organization_group (
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_organization_group PRIMARY KEY (id),
    CONSTRAINT uq_organization_group_name_key UNIQUE (name_key)
)
 STRICT;
CREATE TABLE patient (
    full_name TEXT NOT NULL,
    passport_name TEXT DEFAULT '' NOT NULL,
    name_key TEXT NOT NULL,
    similar_key TEXT DEFAULT '' NOT NULL,
    sex TEXT,
    birth_date TEXT,
    birth_place TEXT DEFAULT '' NOT NULL,
    nationality TEXT DEFAULT 'ID' NOT NULL,
    language TEXT DEFAULT 'id' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    phone_digits TEXT DEFAULT '' NOT NULL,
    phone_owner TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    city TEXT DEFAULT '' NOT NULL,
    province TEXT DEFAULT '' NOT NULL,
    region TEXT DEFAULT 'NOT_STATED' NOT NULL,
    died_on TEXT,
    is_infectious INTEGER DEFAULT '0' NOT NULL,
    is_provisional INTEGER DEFAULT '0' NOT NULL,
    allergies TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    merged_into_id INTEGER,
    voided_reason TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_patient PRIMARY KEY (id),
    CONSTRAINT fk_patient_merged_into_id_patient FOREIGN KEY(merged_into_id) REFERENCES patient (id)
)
 STRICT;
CREATE INDEX ix_patient_birth_date ON patient (birth_date);
CREATE INDEX ix_patient_merged_into_id ON patient (merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX ix_patient_name_key_id ON patient (name_key, id);
CREATE INDEX ix_patient_phone_digits ON patient (phone_digits);
CREATE INDEX ix_patient_similar_key ON patient (similar_key);
CREATE TABLE release (
    report TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    report_id TEXT NOT NULL,
    parameters TEXT NOT NULL,
    figures TEXT NOT NULL,
    language TEXT NOT NULL,
    audience TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL,
    file_id TEXT,
    file_key BLOB,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_release PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_release_at ON release (at);
CREATE INDEX ix_release_file_id ON release (file_id) WHERE file_id IS NOT NULL;
CREATE INDEX ix_release_report_id ON release (report_id);
CREATE TABLE roadshow (
    kind TEXT DEFAULT 'ROADSHOW' NOT NULL,
    series TEXT NOT NULL,
    series_key TEXT NOT NULL,
    city TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    venue TEXT DEFAULT '' NOT NULL,
    venue_address TEXT DEFAULT '' NOT NULL,
    covers_west INTEGER DEFAULT '0' NOT NULL,
    covers_central INTEGER DEFAULT '0' NOT NULL,
    covers_east INTEGER DEFAULT '0' NOT NULL,
    answer_by TEXT,
    note TEXT DEFAULT '' NOT NULL,
    wound_up_on TEXT,
    cancelled_because TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_roadshow PRIMARY KEY (id)
)
 STRICT;
CREATE INDEX ix_roadshow_city_starts_on ON roadshow (city, starts_on);
CREATE INDEX ix_roadshow_starts_on ON roadshow (starts_on);
CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY (id),
    CONSTRAINT uq_setting_name UNIQUE (name)
)
 STRICT;
CREATE TABLE shared_record (
    peer TEXT NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    "values" TEXT NOT NULL,
    theirs_no INTEGER NOT NULL,
    ours_no INTEGER DEFAULT '0' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_shared_record PRIMARY KEY (id),
    CONSTRAINT uq_shared_record_peer_table_name_row_id UNIQUE (peer, table_name, row_id)
)
 STRICT;
CREATE INDEX ix_shared_record_table_name_row_id ON shared_record (table_name, row_id);
CREATE TABLE status_word (
    kind TEXT NOT NULL,
    word_key TEXT NOT NULL,
    state TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_status_word PRIMARY KEY (id),
    CONSTRAINT uq_status_word_kind_word_key UNIQUE (kind, word_key)
)
 STRICT;
CREATE TABLE administrator_link (
    administrator_id INTEGER NOT NULL,
    insurer_id INTEGER NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_administrator_link PRIMARY KEY (id),
    CONSTRAINT uq_administrator_link_administrator_id_insurer_id_valid_from UNIQUE (administrator_id, insurer_id, valid_from),
    CONSTRAINT fk_administrator_link_administrator_id_organization FOREIGN KEY(administrator_id) REFERENCES organization (id),
    CONSTRAINT fk_administrator_link_insurer_id_organization FOREIGN KEY(insurer_id) REFERENCES organization (id)
)
 STRICT;
CREATE TABLE agent (
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    insurer_id INTEGER,
    code TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    phone_digits TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    city TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_agent PRIMARY KEY (id),
    CONSTRAINT fk_agent_insurer_id_organization FOREIGN KEY(insurer_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_agent_name_key_id ON agent (name_key, id);
CREATE TABLE agreement_party (
    agreement_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    organization_id INTEGER,
    country TEXT DEFAULT '' NOT NULL,
    signatory TEXT DEFAULT '' NOT NULL,
    signatory_title TEXT DEFAULT '' NOT NULL,
    contact TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_agreement_party PRIMARY KEY (id),
    CONSTRAINT fk_agreement_party_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id),
    CONSTRAINT fk_agreement_party_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_agreement_party_agreement_id ON agreement_party (agreement_id);
CREATE INDEX ix_agreement_party_organization_id ON agreement_party (organization_id);
CREATE TABLE checklist_rule (
    organization_id INTEGER NOT NULL,
    process TEXT NOT NULL,
    kind TEXT NOT NULL,
    need TEXT NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_checklist_rule PRIMARY KEY (id),
    CONSTRAINT uq_checklist_rule_organization_id_process_kind UNIQUE (organization_id, process, kind),
    CONSTRAINT fk_checklist_rule_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id)
)
 STRICT;
CREATE TABLE contact (
    organization_id INTEGER NOT NULL,
    desk TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    phone_digits TEXT DEFAULT '' NOT NULL,
    whatsapp TEXT DEFAULT '' NOT NULL,
    night_phone TEXT DEFAULT '' NOT NULL,
    night_digits TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    hours TEXT DEFAULT '' NOT NULL,
    languages TEXT DEFAULT '[]' NOT NULL,
    cut_off TEXT DEFAULT '' NOT NULL,
    channel TEXT,
    channel_note TEXT DEFAULT '' NOT NULL,
    deposit_rule TEXT DEFAULT '' NOT NULL,
    is_preferred INTEGER DEFAULT '0' NOT NULL,
    last_verified_on TEXT,
    verified_by TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT fk_contact_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_contact_organization_id ON contact (organization_id);
CREATE INDEX ix_contact_phone_digits ON contact (phone_digits);
CREATE TABLE credit (
    hospital_id INTEGER NOT NULL,
    insurer_id INTEGER,
    gives_credit INTEGER DEFAULT '1' NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    terms TEXT DEFAULT '' NOT NULL,
    source TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_credit PRIMARY KEY (id),
    CONSTRAINT fk_credit_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id),
    CONSTRAINT fk_credit_insurer_id_organization FOREIGN KEY(insurer_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_credit_hospital_id_insurer_id_checked_on ON credit (hospital_id, insurer_id, checked_on);
CREATE INDEX ix_credit_insurer_id ON credit (insurer_id);
CREATE TABLE data_request (
    agreement_id INTEGER,
    asked_on TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    sort TEXT NOT NULL,
    what TEXT NOT NULL,
    purpose TEXT NOT NULL,
    clause TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    decision TEXT DEFAULT 'OPEN' NOT NULL,
    decided_on TEXT,
    decided_by TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_data_request PRIMARY KEY (id),
    CONSTRAINT fk_data_request_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id)
)
 STRICT;
CREATE INDEX ix_data_request_agreement_id ON data_request (agreement_id);
CREATE INDEX ix_data_request_decision_asked_on ON data_request (decision, asked_on);
CREATE TABLE deputy (
    officer_id INTEGER NOT NULL,
    deputy_id INTEGER NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_deputy PRIMARY KEY (id),
    CONSTRAINT fk_deputy_officer_id_officer FOREIGN KEY(officer_id) REFERENCES officer (id),
    CONSTRAINT fk_deputy_deputy_id_officer FOREIGN KEY(deputy_id) REFERENCES officer (id)
)
 STRICT;
CREATE INDEX ix_deputy_deputy_id_ends_on ON deputy (deputy_id, ends_on);
CREATE TABLE doctor_absence (
    doctor_id INTEGER NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT,
    cause TEXT DEFAULT '' NOT NULL,
    told_by TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_doctor_absence PRIMARY KEY (id),
    CONSTRAINT fk_doctor_absence_doctor_id_doctor FOREIGN KEY(doctor_id) REFERENCES doctor (id)
)
 STRICT;
CREATE INDEX ix_doctor_absence_doctor_id_first_on ON doctor_absence (doctor_id, first_on);
CREATE TABLE doctor_place (
    doctor_id INTEGER NOT NULL,
    hospital_id INTEGER NOT NULL,
    sessions TEXT DEFAULT '' NOT NULL,
    clinic TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    since TEXT,
    until TEXT,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_doctor_place PRIMARY KEY (id),
    CONSTRAINT fk_doctor_place_doctor_id_doctor FOREIGN KEY(doctor_id) REFERENCES doctor (id),
    CONSTRAINT fk_doctor_place_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_doctor_place_doctor_id ON doctor_place (doctor_id);
CREATE INDEX ix_doctor_place_hospital_id ON doctor_place (hospital_id);
CREATE TABLE doctor_slot (
    doctor_id INTEGER NOT NULL,
    hospital_id INTEGER NOT NULL,
    slot_on TEXT NOT NULL,
    slot_time TEXT DEFAULT '' NOT NULL,
    told_by TEXT NOT NULL,
    told_on TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_doctor_slot PRIMARY KEY (id),
    CONSTRAINT fk_doctor_slot_doctor_id_doctor FOREIGN KEY(doctor_id) REFERENCES doctor (id),
    CONSTRAINT fk_doctor_slot_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_doctor_slot_doctor_id_hospital_id_told_on ON doctor_slot (doctor_id, hospital_id, told_on);
CREATE TABLE group_membership (
    organization_id INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    source TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_group_membership PRIMARY KEY (id),
    CONSTRAINT fk_group_membership_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_group_membership_group_id_organization_group FOREIGN KEY(group_id) REFERENCES organization_group (id)
)
 STRICT;
CREATE INDEX ix_group_membership_organization_id ON group_membership (organization_id);
CREATE TABLE hand_over (
    way TEXT NOT NULL,
    at INTEGER NOT NULL,
    file_no TEXT NOT NULL,
    peer TEXT DEFAULT '' NOT NULL,
    who TEXT NOT NULL,
    office TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    cases INTEGER NOT NULL,
    officer_id INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_hand_over PRIMARY KEY (id),
    CONSTRAINT fk_hand_over_officer_id_officer FOREIGN KEY(officer_id) REFERENCES officer (id)
)
 STRICT;
CREATE INDEX ix_hand_over_at ON hand_over (at);
CREATE INDEX ix_hand_over_file_no ON hand_over (file_no);
CREATE TABLE indicator (
    agreement_id INTEGER NOT NULL,
    area TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    unit TEXT DEFAULT '' NOT NULL,
    direction TEXT DEFAULT 'UP' NOT NULL,
    baseline TEXT,
    baseline_on TEXT,
    target TEXT,
    target_on TEXT,
    measure TEXT DEFAULT 'BY_HAND' NOT NULL,
    question TEXT DEFAULT '' NOT NULL,
    period TEXT,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_indicator PRIMARY KEY (id),
    CONSTRAINT fk_indicator_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id)
)
 STRICT;
CREATE INDEX ix_indicator_agreement_id ON indicator (agreement_id);
CREATE TABLE ledger (
    release_id INTEGER NOT NULL,
    report TEXT NOT NULL,
    audience TEXT NOT NULL,
    reader TEXT DEFAULT '' NOT NULL,
    people BLOB NOT NULL,
    at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_ledger PRIMARY KEY (id),
    CONSTRAINT fk_ledger_release_id_release FOREIGN KEY(release_id) REFERENCES release (id)
)
 STRICT;
CREATE INDEX ix_ledger_at ON ledger (at);
CREATE INDEX ix_ledger_release_id ON ledger (release_id);
CREATE TABLE legal_hold (
    patient_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    placed_on TEXT NOT NULL,
    placed_by TEXT NOT NULL,
    lifted_on TEXT,
    lifted_because TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_legal_hold PRIMARY KEY (id),
    CONSTRAINT fk_legal_hold_patient_id_patient FOREIGN KEY(patient_id) REFERENCES patient (id)
)
 STRICT;
CREATE INDEX ix_legal_hold_patient_id ON legal_hold (patient_id);
CREATE TABLE obligation (
    agreement_id INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    clause TEXT DEFAULT '' NOT NULL,
    due_on TEXT,
    finished_on TEXT,
    evidence TEXT DEFAULT '' NOT NULL,
    dropped_because TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_obligation PRIMARY KEY (id),
    CONSTRAINT fk_obligation_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id)
)
 STRICT;
CREATE INDEX ix_obligation_agreement_id ON obligation (agreement_id);
CREATE TABLE outreach_event (
    agreement_id INTEGER,
    title TEXT NOT NULL,
    country TEXT NOT NULL,
    city TEXT DEFAULT '' NOT NULL,
    held_on TEXT NOT NULL,
    is_month_only INTEGER DEFAULT '0' NOT NULL,
    audience TEXT DEFAULT '' NOT NULL,
    headcount INTEGER,
    services TEXT DEFAULT '' NOT NULL,
    partners TEXT DEFAULT '' NOT NULL,
    referrals INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_outreach_event PRIMARY KEY (id),
    CONSTRAINT fk_outreach_event_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id)
)
 STRICT;
CREATE INDEX ix_outreach_event_agreement_id ON outreach_event (agreement_id);
CREATE INDEX ix_outreach_event_held_on ON outreach_event (held_on);
CREATE TABLE package (
    hospital_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    specialty TEXT DEFAULT '' NOT NULL,
    procedure TEXT DEFAULT '' NOT NULL,
    price_minor INTEGER NOT NULL,
    price_currency TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    nights INTEGER,
    includes TEXT DEFAULT '[]' NOT NULL,
    excludes TEXT DEFAULT '[]' NOT NULL,
    hotel_id INTEGER,
    hotel_nights INTEGER,
    hotel_price_minor INTEGER,
    hotel_price_currency TEXT DEFAULT '' NOT NULL,
    source TEXT NOT NULL,
    last_verified_on TEXT,
    retired_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_package PRIMARY KEY (id),
    CONSTRAINT fk_package_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id),
    CONSTRAINT fk_package_hotel_id_organization FOREIGN KEY(hotel_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_package_hospital_id ON package (hospital_id);
CREATE INDEX ix_package_hotel_id ON package (hotel_id);
CREATE TABLE panel (
    insurer_id INTEGER NOT NULL,
    hospital_id INTEGER NOT NULL,
    is_on_panel INTEGER DEFAULT '1' NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    source TEXT NOT NULL,
    checked_on TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_panel PRIMARY KEY (id),
    CONSTRAINT fk_panel_insurer_id_organization FOREIGN KEY(insurer_id) REFERENCES organization (id),
    CONSTRAINT fk_panel_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_panel_insurer_id_hospital_id_checked_on ON panel (insurer_id, hospital_id, checked_on);
CREATE TABLE patient_identifier (
    patient_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    value_key TEXT NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    organization_id INTEGER,
    issued_on TEXT,
    expires_on TEXT,
    seen_on TEXT,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_patient_identifier PRIMARY KEY (id),
    CONSTRAINT fk_patient_identifier_patient_id_patient FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_patient_identifier_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_patient_identifier_kind_value_key ON patient_identifier (kind, value_key);
CREATE INDEX ix_patient_identifier_patient_id ON patient_identifier (patient_id);
CREATE TABLE plan_activity (
    agreement_id INTEGER NOT NULL,
    area TEXT NOT NULL,
    title TEXT NOT NULL,
    horizon TEXT NOT NULL,
    owner TEXT NOT NULL,
    origin TEXT DEFAULT '' NOT NULL,
    currency TEXT DEFAULT '' NOT NULL,
    budget_minor INTEGER,
    starts_on TEXT,
    due_on TEXT,
    comment TEXT DEFAULT '' NOT NULL,
    finished_on TEXT,
    evidence TEXT DEFAULT '' NOT NULL,
    dropped_because TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_plan_activity PRIMARY KEY (id),
    CONSTRAINT fk_plan_activity_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id)
)
 STRICT;
CREATE INDEX ix_plan_activity_agreement_id ON plan_activity (agreement_id);
CREATE INDEX ix_plan_activity_finished_on_due_on ON plan_activity (finished_on, due_on);
CREATE TABLE printed_copy (
    release_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    handed_to TEXT NOT NULL,
    house TEXT DEFAULT '' NOT NULL,
    handed_on TEXT NOT NULL,
    handed_by TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'OUT' NOT NULL,
    ended_on TEXT,
    ended_note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_printed_copy PRIMARY KEY (id),
    CONSTRAINT uq_printed_copy_release_id_number UNIQUE (release_id, number),
    CONSTRAINT fk_printed_copy_release_id_release FOREIGN KEY(release_id) REFERENCES release (id)
)
 STRICT;
CREATE TABLE product (
    insurer_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    "plan" TEXT DEFAULT '' NOT NULL,
    currency TEXT DEFAULT 'IDR' NOT NULL,
    territories TEXT DEFAULT '[]' NOT NULL,
    room_class TEXT DEFAULT '' NOT NULL,
    is_cashless_abroad INTEGER,
    annual_limit_minor INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_product PRIMARY KEY (id),
    CONSTRAINT uq_product_insurer_id_name_plan UNIQUE (insurer_id, name, "plan"),
    CONSTRAINT fk_product_insurer_id_organization FOREIGN KEY(insurer_id) REFERENCES organization (id)
)
 STRICT;
CREATE TABLE related_person (
    patient_id INTEGER NOT NULL,
    relation TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    phone_digits TEXT DEFAULT '' NOT NULL,
    related_patient_id INTEGER,
    is_companion INTEGER DEFAULT '0' NOT NULL,
    is_next_of_kin INTEGER DEFAULT '0' NOT NULL,
    may_be_told_status INTEGER DEFAULT '0' NOT NULL,
    consent_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_related_person PRIMARY KEY (id),
    CONSTRAINT fk_related_person_patient_id_patient FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_related_person_related_patient_id_patient FOREIGN KEY(related_patient_id) REFERENCES patient (id)
)
 STRICT;
CREATE INDEX ix_related_person_patient_id ON related_person (patient_id);
CREATE INDEX ix_related_person_phone_digits ON related_person (phone_digits);
CREATE INDEX ix_related_person_related_patient_id ON related_person (related_patient_id) WHERE related_patient_id IS NOT NULL;
CREATE TABLE release_figure (
    release_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    label TEXT NOT NULL,
    period TEXT DEFAULT '' NOT NULL,
    printed TEXT NOT NULL,
    counted INTEGER,
    members BLOB NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_release_figure PRIMARY KEY (id),
    CONSTRAINT uq_release_figure_release_id_place UNIQUE (release_id, place),
    CONSTRAINT fk_release_figure_release_id_release FOREIGN KEY(release_id) REFERENCES release (id)
)
 STRICT;
CREATE TABLE release_source (
    release_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    keys BLOB NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_release_source PRIMARY KEY (id),
    CONSTRAINT uq_release_source_release_id_place UNIQUE (release_id, place),
    CONSTRAINT fk_release_source_release_id_release FOREIGN KEY(release_id) REFERENCES release (id)
)
 STRICT;
CREATE TABLE report_channel (
    agreement_id INTEGER,
    topic TEXT NOT NULL,
    authority TEXT NOT NULL,
    country TEXT NOT NULL,
    how TEXT NOT NULL,
    hours TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    tested_on TEXT,
    has_answered INTEGER DEFAULT '0' NOT NULL,
    tested_by TEXT DEFAULT '' NOT NULL,
    tested_note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_report_channel PRIMARY KEY (id),
    CONSTRAINT fk_report_channel_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id)
)
 STRICT;
CREATE INDEX ix_report_channel_agreement_id ON report_channel (agreement_id);
CREATE TABLE roadshow_need (
    roadshow_id INTEGER NOT NULL,
    organization_id INTEGER,
    house TEXT DEFAULT '' NOT NULL,
    region TEXT DEFAULT 'NOT_STATED' NOT NULL,
    topic TEXT DEFAULT 'OTHER' NOT NULL,
    wish TEXT NOT NULL,
    answer TEXT DEFAULT '' NOT NULL,
    for_all TEXT DEFAULT '' NOT NULL,
    officer_id INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_roadshow_need PRIMARY KEY (id),
    CONSTRAINT fk_roadshow_need_roadshow_id_roadshow FOREIGN KEY(roadshow_id) REFERENCES roadshow (id),
    CONSTRAINT fk_roadshow_need_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_roadshow_need_officer_id_officer FOREIGN KEY(officer_id) REFERENCES officer (id)
)
 STRICT;
CREATE INDEX ix_roadshow_need_organization_id ON roadshow_need (organization_id);
CREATE INDEX ix_roadshow_need_roadshow_id ON roadshow_need (roadshow_id);
CREATE TABLE roadshow_permit (
    roadshow_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT DEFAULT 'OPEN' NOT NULL,
    authority TEXT DEFAULT '' NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    due_on TEXT,
    officer_id INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_roadshow_permit PRIMARY KEY (id),
    CONSTRAINT fk_roadshow_permit_roadshow_id_roadshow FOREIGN KEY(roadshow_id) REFERENCES roadshow (id),
    CONSTRAINT fk_roadshow_permit_officer_id_officer FOREIGN KEY(officer_id) REFERENCES officer (id)
)
 STRICT;
CREATE INDEX ix_roadshow_permit_roadshow_id ON roadshow_permit (roadshow_id);
CREATE TABLE roadshow_session (
    roadshow_id INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    minutes INTEGER,
    title TEXT NOT NULL,
    room TEXT DEFAULT '' NOT NULL,
    speaker TEXT DEFAULT '' NOT NULL,
    speaker_role TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_roadshow_session PRIMARY KEY (id),
    CONSTRAINT fk_roadshow_session_roadshow_id_roadshow FOREIGN KEY(roadshow_id) REFERENCES roadshow (id)
)
 STRICT;
CREATE INDEX ix_roadshow_session_roadshow_id_starts_at ON roadshow_session (roadshow_id, starts_at);
CREATE TABLE roadshow_theme (
    roadshow_id INTEGER NOT NULL,
    region TEXT DEFAULT 'NOT_STATED' NOT NULL,
    theme TEXT NOT NULL,
    talking_point TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_roadshow_theme PRIMARY KEY (id),
    CONSTRAINT fk_roadshow_theme_roadshow_id_roadshow FOREIGN KEY(roadshow_id) REFERENCES roadshow (id)
)
 STRICT;
CREATE INDEX ix_roadshow_theme_roadshow_id ON roadshow_theme (roadshow_id);
CREATE TABLE source_file (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    file_id TEXT NOT NULL,
    file_key BLOB NOT NULL,
    brought_at INTEGER NOT NULL,
    origin_city TEXT DEFAULT '' NOT NULL,
    insurer_id INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_source_file PRIMARY KEY (id),
    CONSTRAINT uq_source_file_file_id UNIQUE (file_id),
    CONSTRAINT fk_source_file_insurer_id_organization FOREIGN KEY(insurer_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_source_file_sha256 ON source_file (sha256);
CREATE TABLE target (
    organization_id INTEGER,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    unit TEXT NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_target PRIMARY KEY (id),
    CONSTRAINT fk_target_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_target_organization_id_kind ON target (organization_id, kind);
CREATE TABLE benefit_limit (
    product_id INTEGER NOT NULL,
    category TEXT,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor INTEGER,
    max_days INTEGER,
    max_visits INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_benefit_limit PRIMARY KEY (id),
    CONSTRAINT fk_benefit_limit_product_id_product FOREIGN KEY(product_id) REFERENCES product (id)
)
 STRICT;
CREATE INDEX ix_benefit_limit_product_id ON benefit_limit (product_id);
CREATE TABLE difference (
    hand_over_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    "before" TEXT NOT NULL,
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    took_theirs INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_difference PRIMARY KEY (id),
    CONSTRAINT fk_difference_hand_over_id_hand_over FOREIGN KEY(hand_over_id) REFERENCES hand_over (id)
)
 STRICT;
CREATE INDEX ix_difference_hand_over_id ON difference (hand_over_id);
CREATE INDEX ix_difference_table_name_row_id ON difference (table_name, row_id);
CREATE TABLE indicator_value (
    indicator_id INTEGER NOT NULL,
    on_date TEXT NOT NULL,
    value TEXT NOT NULL,
    cases INTEGER,
    is_measured INTEGER DEFAULT '0' NOT NULL,
    evidence TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_indicator_value PRIMARY KEY (id),
    CONSTRAINT fk_indicator_value_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id)
)
 STRICT;
CREATE INDEX ix_indicator_value_indicator_id_on_date ON indicator_value (indicator_id, on_date);
CREATE TABLE ledger_figure (
    ledger_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    starts_on TEXT,
    ends_on TEXT,
    shown TEXT NOT NULL,
    value INTEGER,
    low INTEGER NOT NULL,
    high INTEGER,
    small INTEGER NOT NULL,
    quantiles TEXT NOT NULL,
    members BLOB NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_ledger_figure PRIMARY KEY (id),
    CONSTRAINT fk_ledger_figure_ledger_id_ledger FOREIGN KEY(ledger_id) REFERENCES ledger (id)
)
 STRICT;
CREATE INDEX ix_ledger_figure_ledger_id ON ledger_figure (ledger_id);
CREATE TABLE plan_milestone (
    activity_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    due_on TEXT NOT NULL,
    finished_on TEXT,
    evidence TEXT DEFAULT '' NOT NULL,
    dropped_because TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_plan_milestone PRIMARY KEY (id),
    CONSTRAINT fk_plan_milestone_activity_id_plan_activity FOREIGN KEY(activity_id) REFERENCES plan_activity (id)
)
 STRICT;
CREATE INDEX ix_plan_milestone_activity_id ON plan_milestone (activity_id);
CREATE TABLE plan_rules (
    product_id INTEGER NOT NULL,
    source TEXT NOT NULL,
    stated_on TEXT,
    currency TEXT NOT NULL,
    territories TEXT DEFAULT '[]' NOT NULL,
    room_per_day_minor INTEGER,
    room_rule TEXT DEFAULT 'DIFFERENCE_ONLY' NOT NULL,
    deductible_minor INTEGER,
    deductible_per TEXT DEFAULT 'POLICY_YEAR' NOT NULL,
    copay_percent TEXT DEFAULT '' NOT NULL,
    copay_least_minor INTEGER,
    copay_most_minor INTEGER,
    follows_regulation INTEGER DEFAULT '0' NOT NULL,
    waiting_days INTEGER,
    days_before INTEGER,
    days_after INTEGER,
    rate_rule TEXT,
    rate_source TEXT DEFAULT '' NOT NULL,
    submit_within_days INTEGER,
    step_order TEXT DEFAULT '[]' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_plan_rules PRIMARY KEY (id),
    CONSTRAINT uq_plan_rules_product_id UNIQUE (product_id),
    CONSTRAINT fk_plan_rules_product_id_product FOREIGN KEY(product_id) REFERENCES product (id)
)
 STRICT;
CREATE TABLE policy (
    insurer_id INTEGER,
    administrator_id INTEGER,
    product_id INTEGER,
    policy_no TEXT DEFAULT '' NOT NULL,
    policy_no_key TEXT DEFAULT '' NOT NULL,
    holder_name TEXT DEFAULT '' NOT NULL,
    inception_on TEXT,
    expires_on TEXT,
    status TEXT DEFAULT 'NOT_STATED' NOT NULL,
    exclusions TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_policy PRIMARY KEY (id),
    CONSTRAINT fk_policy_insurer_id_organization FOREIGN KEY(insurer_id) REFERENCES organization (id),
    CONSTRAINT fk_policy_administrator_id_organization FOREIGN KEY(administrator_id) REFERENCES organization (id),
    CONSTRAINT fk_policy_product_id_product FOREIGN KEY(product_id) REFERENCES product (id)
)
 STRICT;
CREATE INDEX ix_policy_insurer_id_policy_no_key ON policy (insurer_id, policy_no_key);
CREATE TABLE cover (
    patient_id INTEGER NOT NULL,
    policy_id INTEGER NOT NULL,
    member_no TEXT DEFAULT '' NOT NULL,
    member_no_key TEXT DEFAULT '' NOT NULL,
    card_no TEXT DEFAULT '' NOT NULL,
    name_on_policy TEXT DEFAULT '' NOT NULL,
    relation_to_holder TEXT DEFAULT '' NOT NULL,
    room_class TEXT DEFAULT '' NOT NULL,
    annual_limit_left_minor INTEGER,
    annual_limit_currency TEXT DEFAULT 'IDR' NOT NULL,
    annual_limit_as_of TEXT,
    valid_from TEXT,
    valid_to TEXT,
    payer_context TEXT DEFAULT 'PRIVATE' NOT NULL,
    cob_order INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_cover PRIMARY KEY (id),
    CONSTRAINT fk_cover_patient_id_patient FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_cover_policy_id_policy FOREIGN KEY(policy_id) REFERENCES policy (id)
)
 STRICT;
CREATE INDEX ix_cover_member_no_key ON cover (member_no_key);
CREATE INDEX ix_cover_patient_id ON cover (patient_id);
CREATE INDEX ix_cover_policy_id ON cover (policy_id);
CREATE TABLE benefit_usage (
    cover_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    category TEXT,
    currency TEXT NOT NULL,
    used_minor INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_benefit_usage PRIMARY KEY (id),
    CONSTRAINT fk_benefit_usage_cover_id_cover FOREIGN KEY(cover_id) REFERENCES cover (id)
)
 STRICT;
CREATE INDEX ix_benefit_usage_cover_id ON benefit_usage (cover_id);
CREATE TABLE journey (
    case_no TEXT NOT NULL,
    patient_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    state_since INTEGER NOT NULL,
    is_open INTEGER DEFAULT '1' NOT NULL,
    opened_on TEXT NOT NULL,
    ended_on TEXT,
    entry_mode TEXT DEFAULT 'ELECTIVE' NOT NULL,
    source_channel TEXT DEFAULT 'WHATSAPP' NOT NULL,
    officer_id INTEGER,
    agent_id INTEGER,
    origin_city TEXT DEFAULT '' NOT NULL,
    origin_province TEXT DEFAULT '' NOT NULL,
    region TEXT DEFAULT 'NOT_STATED' NOT NULL,
    destination_country TEXT DEFAULT '' NOT NULL,
    destination_city TEXT DEFAULT '' NOT NULL,
    hospital_id INTEGER,
    doctor TEXT DEFAULT '' NOT NULL,
    mrn TEXT DEFAULT '' NOT NULL,
    hospital_ref TEXT DEFAULT '' NOT NULL,
    cover_id INTEGER,
    insurer_ref TEXT DEFAULT '' NOT NULL,
    payer_path TEXT,
    need TEXT DEFAULT '' NOT NULL,
    specialty TEXT DEFAULT '' NOT NULL,
    diagnosis_code TEXT DEFAULT '' NOT NULL,
    diagnosis TEXT DEFAULT '' NOT NULL,
    procedure TEXT DEFAULT '' NOT NULL,
    clinical_note TEXT DEFAULT '' NOT NULL,
    is_restricted INTEGER DEFAULT '0' NOT NULL,
    planned_admission_on TEXT,
    planned_return_on TEXT,
    departed_on TEXT,
    admitted_at INTEGER,
    discharged_at INTEGER,
    room_class TEXT DEFAULT '' NOT NULL,
    decision TEXT DEFAULT '' NOT NULL,
    decision_reason TEXT DEFAULT '' NOT NULL,
    is_retained_domestic INTEGER DEFAULT '0' NOT NULL,
    was_answered INTEGER DEFAULT '0' NOT NULL,
    closed_reason TEXT,
    closed_note TEXT DEFAULT '' NOT NULL,
    hold_reason TEXT DEFAULT '' NOT NULL,
    held_since INTEGER,
    parent_id INTEGER,
    link_kind TEXT,
    last_contact_at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_journey PRIMARY KEY (id),
    CONSTRAINT uq_journey_case_no UNIQUE (case_no),
    CONSTRAINT fk_journey_patient_id_patient FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_journey_officer_id_officer FOREIGN KEY(officer_id) REFERENCES officer (id),
    CONSTRAINT fk_journey_agent_id_agent FOREIGN KEY(agent_id) REFERENCES agent (id),
    CONSTRAINT fk_journey_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id),
    CONSTRAINT fk_journey_cover_id_cover FOREIGN KEY(cover_id) REFERENCES cover (id),
    CONSTRAINT fk_journey_parent_id_journey FOREIGN KEY(parent_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_journey_cover_id ON journey (cover_id);
CREATE INDEX ix_journey_hospital_id ON journey (hospital_id);
CREATE INDEX ix_journey_is_open_state ON journey (is_open, state);
CREATE INDEX ix_journey_opened_on ON journey (opened_on);
CREATE INDEX ix_journey_origin_city_opened_on ON journey (origin_city, opened_on);
CREATE INDEX ix_journey_parent_id ON journey (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX ix_journey_patient_id ON journey (patient_id);
CREATE INDEX ix_journey_state_since_id ON journey (state_since, id);
CREATE TABLE appointment (
    journey_id INTEGER NOT NULL,
    hospital_id INTEGER,
    doctor TEXT DEFAULT '' NOT NULL,
    kind TEXT DEFAULT 'CLINIC' NOT NULL,
    starts_at INTEGER,
    zone TEXT DEFAULT '' NOT NULL,
    place TEXT DEFAULT '' NOT NULL,
    preparation TEXT DEFAULT '' NOT NULL,
    has_interpreter INTEGER DEFAULT '0' NOT NULL,
    asked_at INTEGER,
    confirmed_at INTEGER,
    told_at INTEGER,
    cancelled_at INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_appointment PRIMARY KEY (id),
    CONSTRAINT fk_appointment_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_appointment_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_appointment_journey_id_starts_at ON appointment (journey_id, starts_at);
CREATE TABLE bill (
    journey_id INTEGER NOT NULL,
    hospital_id INTEGER,
    kind TEXT NOT NULL,
    bill_no TEXT DEFAULT '' NOT NULL,
    billed_on TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_bill PRIMARY KEY (id),
    CONSTRAINT fk_bill_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_bill_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_bill_journey_id_billed_on ON bill (journey_id, billed_on);
CREATE TABLE complaint (
    journey_id INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    channel TEXT DEFAULT 'CALL' NOT NULL,
    complainant TEXT DEFAULT '' NOT NULL,
    cause TEXT NOT NULL,
    text TEXT NOT NULL,
    due_on TEXT NOT NULL,
    closed_on TEXT,
    outcome TEXT,
    outcome_note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_complaint PRIMARY KEY (id),
    CONSTRAINT fk_complaint_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_complaint_closed_on_due_on ON complaint (closed_on, due_on);
CREATE INDEX ix_complaint_journey_id ON complaint (journey_id);
CREATE TABLE confirmation (
    journey_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    stated_on TEXT NOT NULL,
    valid_to TEXT,
    at INTEGER,
    zone TEXT DEFAULT '' NOT NULL,
    result TEXT DEFAULT '' NOT NULL,
    amount_minor INTEGER,
    currency TEXT DEFAULT '' NOT NULL,
    organization_id INTEGER,
    given_by TEXT DEFAULT '' NOT NULL,
    giver TEXT,
    method TEXT,
    country TEXT DEFAULT '' NOT NULL,
    officer TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    withdrawn_on TEXT,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_confirmation PRIMARY KEY (id),
    CONSTRAINT fk_confirmation_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_confirmation_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_confirmation_journey_id_kind ON confirmation (journey_id, kind);
CREATE TABLE cycle_plan (
    journey_id INTEGER NOT NULL,
    treatment TEXT DEFAULT '' NOT NULL,
    visits INTEGER NOT NULL,
    every_days INTEGER NOT NULL,
    first_on TEXT NOT NULL,
    currency TEXT NOT NULL,
    price_minor INTEGER NOT NULL,
    limit_minor INTEGER,
    used_minor INTEGER,
    limit_name TEXT DEFAULT '' NOT NULL,
    benefit_kind TEXT,
    benefit_category TEXT,
    is_yearly INTEGER DEFAULT '0' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_cycle_plan PRIMARY KEY (id),
    CONSTRAINT fk_cycle_plan_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_cycle_plan_journey_id ON cycle_plan (journey_id);
CREATE TABLE disclosure (
    patient_id INTEGER,
    journey_id INTEGER,
    report TEXT NOT NULL,
    report_id TEXT NOT NULL,
    audience TEXT NOT NULL,
    recipient TEXT DEFAULT '' NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    purpose TEXT DEFAULT '' NOT NULL,
    ground TEXT DEFAULT 'OFFICE' NOT NULL,
    consents TEXT DEFAULT '' NOT NULL,
    channel TEXT DEFAULT '' NOT NULL,
    emergency_reason TEXT DEFAULT '' NOT NULL,
    reviewed_at INTEGER,
    reviewed_by TEXT DEFAULT '' NOT NULL,
    review_note TEXT DEFAULT '' NOT NULL,
    actor TEXT NOT NULL,
    at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_disclosure PRIMARY KEY (id),
    CONSTRAINT fk_disclosure_patient_id_patient FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_disclosure_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_disclosure_journey_id ON disclosure (journey_id);
CREATE INDEX ix_disclosure_patient_id ON disclosure (patient_id);
CREATE TABLE escort (
    journey_id INTEGER NOT NULL,
    kind TEXT DEFAULT 'COMPANION' NOT NULL,
    name TEXT NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    passport TEXT DEFAULT '' NOT NULL,
    passport_expires_on TEXT,
    cost_minor INTEGER,
    currency TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_escort PRIMARY KEY (id),
    CONSTRAINT fk_escort_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_escort_journey_id ON escort (journey_id);
CREATE TABLE estimate (
    journey_id INTEGER NOT NULL,
    hospital_id INTEGER,
    currency TEXT NOT NULL,
    low_minor INTEGER NOT NULL,
    high_minor INTEGER NOT NULL,
    stated_on TEXT NOT NULL,
    valid_until TEXT,
    is_domestic INTEGER DEFAULT '0' NOT NULL,
    excess_minor INTEGER,
    travel_minor INTEGER,
    travel_currency TEXT DEFAULT '' NOT NULL,
    hotel_minor INTEGER,
    hotel_currency TEXT DEFAULT '' NOT NULL,
    is_chosen INTEGER DEFAULT '0' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_estimate PRIMARY KEY (id),
    CONSTRAINT fk_estimate_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_estimate_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_estimate_journey_id ON estimate (journey_id);
CREATE TABLE guarantee (
    journey_id INTEGER NOT NULL,
    cover_id INTEGER NOT NULL,
    hospital_id INTEGER,
    state TEXT NOT NULL,
    state_since INTEGER NOT NULL,
    gl_no TEXT DEFAULT '' NOT NULL,
    gl_no_key TEXT DEFAULT '' NOT NULL,
    requested_at INTEGER,
    channel TEXT DEFAULT '' NOT NULL,
    first_issued_at INTEGER,
    diagnosis TEXT DEFAULT '' NOT NULL,
    procedure TEXT DEFAULT '' NOT NULL,
    entitlement TEXT DEFAULT '' NOT NULL,
    exclusions TEXT DEFAULT '' NOT NULL,
    copay_note TEXT DEFAULT '' NOT NULL,
    insurer_contact TEXT DEFAULT '' NOT NULL,
    name_on_letter TEXT DEFAULT '' NOT NULL,
    passport_on_letter TEXT DEFAULT '' NOT NULL,
    reason TEXT,
    reason_note TEXT DEFAULT '' NOT NULL,
    is_checklist_complete INTEGER DEFAULT '0' NOT NULL,
    accepted_minor INTEGER,
    excess_minor INTEGER,
    accepted_currency TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_guarantee PRIMARY KEY (id),
    CONSTRAINT fk_guarantee_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_guarantee_cover_id_cover FOREIGN KEY(cover_id) REFERENCES cover (id),
    CONSTRAINT fk_guarantee_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_guarantee_cover_id ON guarantee (cover_id);
CREATE INDEX ix_guarantee_gl_no_key ON guarantee (gl_no_key);
CREATE INDEX ix_guarantee_journey_id ON guarantee (journey_id);
CREATE INDEX ix_guarantee_state ON guarantee (state);
CREATE TABLE hand_over_case (
    hand_over_id INTEGER NOT NULL,
    journey_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_hand_over_case PRIMARY KEY (id),
    CONSTRAINT fk_hand_over_case_hand_over_id_hand_over FOREIGN KEY(hand_over_id) REFERENCES hand_over (id),
    CONSTRAINT fk_hand_over_case_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_hand_over_case_hand_over_id ON hand_over_case (hand_over_id);
CREATE INDEX ix_hand_over_case_journey_id ON hand_over_case (journey_id);
CREATE TABLE health_notice (
    journey_id INTEGER NOT NULL,
    disease TEXT NOT NULL,
    screened_on TEXT,
    is_offered INTEGER DEFAULT '0' NOT NULL,
    notified_on TEXT,
    authority TEXT DEFAULT '' NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    tracing_note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_health_notice PRIMARY KEY (id),
    CONSTRAINT uq_health_notice_journey_id UNIQUE (journey_id),
    CONSTRAINT fk_health_notice_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE TABLE journey_event (
    journey_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    actor TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    reason_code TEXT DEFAULT '' NOT NULL,
    override_reason TEXT DEFAULT '' NOT NULL,
    overridden TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_journey_event PRIMARY KEY (id),
    CONSTRAINT fk_journey_event_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_journey_event_journey_id_at ON journey_event (journey_id, at);
CREATE TABLE newborn (
    patient_id INTEGER NOT NULL,
    mother_id INTEGER NOT NULL,
    journey_id INTEGER NOT NULL,
    born_on TEXT NOT NULL,
    birth_order INTEGER NOT NULL,
    of_several INTEGER DEFAULT '0' NOT NULL,
    mother_nik TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_newborn PRIMARY KEY (id),
    CONSTRAINT uq_newborn_patient_id UNIQUE (patient_id),
    CONSTRAINT fk_newborn_patient_id_patient FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_newborn_mother_id_patient FOREIGN KEY(mother_id) REFERENCES patient (id),
    CONSTRAINT fk_newborn_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_newborn_journey_id ON newborn (journey_id);
CREATE INDEX ix_newborn_mother_id ON newborn (mother_id);
CREATE TABLE opinion (
    journey_id INTEGER NOT NULL,
    hospital_id INTEGER,
    doctor TEXT DEFAULT '' NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER,
    proposed_procedure TEXT DEFAULT '' NOT NULL,
    diagnosis_code TEXT DEFAULT '' NOT NULL,
    los_days_min INTEGER,
    los_days_max INTEGER,
    urgency TEXT,
    fit_to_travel TEXT DEFAULT 'NOT_SAID' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_opinion PRIMARY KEY (id),
    CONSTRAINT fk_opinion_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_opinion_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_opinion_journey_id ON opinion (journey_id);
CREATE TABLE outreach_case (
    outreach_id INTEGER NOT NULL,
    journey_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_outreach_case PRIMARY KEY (id),
    CONSTRAINT uq_outreach_case_journey_id UNIQUE (journey_id),
    CONSTRAINT fk_outreach_case_outreach_id_outreach_event FOREIGN KEY(outreach_id) REFERENCES outreach_event (id),
    CONSTRAINT fk_outreach_case_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_outreach_case_outreach_id ON outreach_case (outreach_id);
CREATE TABLE pregnancy (
    journey_id INTEGER NOT NULL,
    due_on TEXT,
    weeks INTEGER,
    days INTEGER,
    counted_on TEXT,
    is_multiple INTEGER DEFAULT '0' NOT NULL,
    has_complications INTEGER DEFAULT '0' NOT NULL,
    letter_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_pregnancy PRIMARY KEY (id),
    CONSTRAINT uq_pregnancy_journey_id UNIQUE (journey_id),
    CONSTRAINT fk_pregnancy_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE TABLE referral (
    journey_id INTEGER NOT NULL,
    from_doctor TEXT DEFAULT '' NOT NULL,
    from_place TEXT DEFAULT '' NOT NULL,
    from_phone TEXT DEFAULT '' NOT NULL,
    hospital_id INTEGER,
    to_doctor TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    urgency TEXT,
    sent_at INTEGER,
    read_at INTEGER,
    accepted_at INTEGER,
    declined_at INTEGER,
    decline_note TEXT DEFAULT '' NOT NULL,
    arrived_at INTEGER,
    answered_home_at INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_referral PRIMARY KEY (id),
    CONSTRAINT fk_referral_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_referral_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_referral_hospital_id_sent_at ON referral (hospital_id, sent_at);
CREATE INDEX ix_referral_journey_id ON referral (journey_id);
CREATE TABLE repatriation (
    journey_id INTEGER NOT NULL,
    state TEXT DEFAULT 'R01' NOT NULL,
    state_since INTEGER NOT NULL,
    died_on TEXT,
    place TEXT DEFAULT '' NOT NULL,
    mccd_no TEXT DEFAULT '' NOT NULL,
    consulate TEXT DEFAULT '' NOT NULL,
    consulate_phone TEXT DEFAULT '' NOT NULL,
    consulate_told_on TEXT,
    agent TEXT DEFAULT '' NOT NULL,
    agent_phone TEXT DEFAULT '' NOT NULL,
    route TEXT DEFAULT '' NOT NULL,
    flight TEXT DEFAULT '' NOT NULL,
    leaves_on TEXT,
    arrives_on TEXT,
    escort TEXT DEFAULT '' NOT NULL,
    received_by TEXT DEFAULT '' NOT NULL,
    is_unable_to_pay INTEGER DEFAULT '0' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_repatriation PRIMARY KEY (id),
    CONSTRAINT uq_repatriation_journey_id UNIQUE (journey_id),
    CONSTRAINT fk_repatriation_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE TABLE roadshow_guest (
    roadshow_id INTEGER NOT NULL,
    organization_id INTEGER,
    house TEXT DEFAULT '' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    position TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    email TEXT DEFAULT '' NOT NULL,
    is_visitor INTEGER DEFAULT '0' NOT NULL,
    state TEXT DEFAULT 'INVITED' NOT NULL,
    came_at INTEGER,
    need TEXT DEFAULT '' NOT NULL,
    consent_on TEXT,
    consent_how TEXT DEFAULT '' NOT NULL,
    journey_id INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_roadshow_guest PRIMARY KEY (id),
    CONSTRAINT fk_roadshow_guest_roadshow_id_roadshow FOREIGN KEY(roadshow_id) REFERENCES roadshow (id),
    CONSTRAINT fk_roadshow_guest_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_roadshow_guest_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_roadshow_guest_journey_id ON roadshow_guest (journey_id);
CREATE INDEX ix_roadshow_guest_roadshow_id ON roadshow_guest (roadshow_id);
CREATE TABLE stay (
    journey_id INTEGER NOT NULL,
    hotel TEXT NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    check_in TEXT NOT NULL,
    check_out TEXT NOT NULL,
    rate_minor INTEGER,
    currency TEXT DEFAULT '' NOT NULL,
    distance_m INTEGER,
    booking_ref TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_stay PRIMARY KEY (id),
    CONSTRAINT fk_stay_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_stay_journey_id_check_in ON stay (journey_id, check_in);
CREATE TABLE survey (
    journey_id INTEGER NOT NULL,
    answered_on TEXT NOT NULL,
    given_by TEXT DEFAULT '' NOT NULL,
    clear INTEGER,
    quick INTEGER,
    again INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_survey PRIMARY KEY (id),
    CONSTRAINT fk_survey_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_survey_answered_on ON survey (answered_on);
CREATE INDEX ix_survey_journey_id ON survey (journey_id);
CREATE TABLE tb_test (
    journey_id INTEGER NOT NULL,
    offered_on TEXT NOT NULL,
    is_declined INTEGER DEFAULT '0' NOT NULL,
    tested_on TEXT,
    place TEXT DEFAULT '' NOT NULL,
    result TEXT,
    result_on TEXT,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_tb_test PRIMARY KEY (id),
    CONSTRAINT uq_tb_test_journey_id UNIQUE (journey_id),
    CONSTRAINT fk_tb_test_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_tb_test_offered_on ON tb_test (offered_on);
CREATE INDEX ix_tb_test_tested_on ON tb_test (tested_on);
CREATE TABLE travel_leg (
    journey_id INTEGER NOT NULL,
    mode TEXT DEFAULT 'FLIGHT' NOT NULL,
    carrier TEXT DEFAULT '' NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    from_place TEXT NOT NULL,
    departs_at INTEGER NOT NULL,
    departs_zone TEXT DEFAULT '' NOT NULL,
    to_place TEXT NOT NULL,
    arrives_at INTEGER,
    arrives_zone TEXT DEFAULT '' NOT NULL,
    booking_ref TEXT DEFAULT '' NOT NULL,
    seat TEXT DEFAULT '' NOT NULL,
    pick_up TEXT DEFAULT '' NOT NULL,
    wheelchair TEXT DEFAULT 'NONE' NOT NULL,
    oxygen TEXT DEFAULT 'NONE' NOT NULL,
    has_stretcher INTEGER DEFAULT '0' NOT NULL,
    medif TEXT DEFAULT 'NOT_DECIDED' NOT NULL,
    medif_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_travel_leg PRIMARY KEY (id),
    CONSTRAINT fk_travel_leg_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE INDEX ix_travel_leg_journey_id_departs_at ON travel_leg (journey_id, departs_at);
CREATE TABLE urgent_call (
    journey_id INTEGER NOT NULL,
    called_at INTEGER NOT NULL,
    caller TEXT DEFAULT '' NOT NULL,
    caller_phone TEXT DEFAULT '' NOT NULL,
    place TEXT DEFAULT '' NOT NULL,
    what TEXT DEFAULT '' NOT NULL,
    flags TEXT DEFAULT '[]' NOT NULL,
    is_stable INTEGER DEFAULT '0' NOT NULL,
    handed_to TEXT DEFAULT '' NOT NULL,
    handed_to_id INTEGER,
    handed_at INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_urgent_call PRIMARY KEY (id),
    CONSTRAINT uq_urgent_call_journey_id UNIQUE (journey_id),
    CONSTRAINT fk_urgent_call_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_urgent_call_handed_to_id_organization FOREIGN KEY(handed_to_id) REFERENCES organization (id)
)
 STRICT;
CREATE INDEX ix_urgent_call_called_at ON urgent_call (called_at);
CREATE TABLE variance_flag (
    journey_id INTEGER NOT NULL,
    rule TEXT NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    inputs TEXT DEFAULT '' NOT NULL,
    disposition TEXT DEFAULT 'OPEN' NOT NULL,
    recovered_minor INTEGER,
    recovered_currency TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    decided_on TEXT NOT NULL,
    decided_by TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_variance_flag PRIMARY KEY (id),
    CONSTRAINT uq_variance_flag_journey_id_rule_subject UNIQUE (journey_id, rule, subject),
    CONSTRAINT fk_variance_flag_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id)
)
 STRICT;
CREATE TABLE claim (
    claim_no TEXT DEFAULT '' NOT NULL,
    claim_no_key TEXT DEFAULT '' NOT NULL,
    patient_id INTEGER NOT NULL,
    cover_id INTEGER NOT NULL,
    journey_id INTEGER,
    guarantee_id INTEGER,
    hospital_id INTEGER,
    insurer_id INTEGER,
    kind TEXT DEFAULT 'NOT_STATED' NOT NULL,
    state TEXT NOT NULL,
    state_since INTEGER NOT NULL,
    is_open INTEGER DEFAULT '1' NOT NULL,
    currency TEXT NOT NULL,
    billed_minor INTEGER NOT NULL,
    approved_minor INTEGER,
    not_covered_minor INTEGER,
    paid_minor INTEGER DEFAULT '0' NOT NULL,
    admitted_on TEXT,
    discharged_on TEXT,
    intensive_nights INTEGER,
    submitted_on TEXT,
    submit_by TEXT,
    decided_on TEXT,
    aged_from TEXT NOT NULL,
    diagnosis_code TEXT DEFAULT '' NOT NULL,
    diagnosis TEXT DEFAULT '' NOT NULL,
    reason TEXT,
    reason_note TEXT DEFAULT '' NOT NULL,
    appeal_level INTEGER DEFAULT '0' NOT NULL,
    gl_no TEXT DEFAULT '' NOT NULL,
    relation TEXT DEFAULT '' NOT NULL,
    origin_city TEXT DEFAULT '' NOT NULL,
    raw_status TEXT DEFAULT '' NOT NULL,
    remarks TEXT DEFAULT '' NOT NULL,
    source_file_id INTEGER,
    source_row INTEGER,
    list_lines INTEGER DEFAULT '1' NOT NULL,
    rate TEXT DEFAULT '' NOT NULL,
    rate_to TEXT DEFAULT '' NOT NULL,
    rate_on TEXT,
    rate_source TEXT DEFAULT '' NOT NULL,
    voided_reason TEXT DEFAULT '' NOT NULL,
    after_claim_id INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_claim PRIMARY KEY (id),
    CONSTRAINT fk_claim_patient_id_patient FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_claim_cover_id_cover FOREIGN KEY(cover_id) REFERENCES cover (id),
    CONSTRAINT fk_claim_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_claim_guarantee_id_guarantee FOREIGN KEY(guarantee_id) REFERENCES guarantee (id),
    CONSTRAINT fk_claim_hospital_id_organization FOREIGN KEY(hospital_id) REFERENCES organization (id),
    CONSTRAINT fk_claim_insurer_id_organization FOREIGN KEY(insurer_id) REFERENCES organization (id),
    CONSTRAINT fk_claim_source_file_id_source_file FOREIGN KEY(source_file_id) REFERENCES source_file (id),
    CONSTRAINT fk_claim_after_claim_id_claim FOREIGN KEY(after_claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE INDEX ix_claim_after_claim_id ON claim (after_claim_id) WHERE after_claim_id IS NOT NULL;
CREATE INDEX ix_claim_aged_from_id ON claim (aged_from, id);
CREATE INDEX ix_claim_claim_no_key ON claim (claim_no_key);
CREATE INDEX ix_claim_cover_id ON claim (cover_id);
CREATE INDEX ix_claim_guarantee_id ON claim (guarantee_id) WHERE guarantee_id IS NOT NULL;
CREATE INDEX ix_claim_hospital_id ON claim (hospital_id);
CREATE INDEX ix_claim_insurer_id_claim_no_key ON claim (insurer_id, claim_no_key);
CREATE INDEX ix_claim_is_open_state ON claim (is_open, state);
CREATE INDEX ix_claim_journey_id ON claim (journey_id);
CREATE INDEX ix_claim_patient_id ON claim (patient_id);
CREATE INDEX ix_claim_source_file_id ON claim (source_file_id);
CREATE TABLE cycle_visit (
    plan_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    planned_on TEXT NOT NULL,
    state TEXT DEFAULT 'PLANNED' NOT NULL,
    currency TEXT DEFAULT '' NOT NULL,
    cost_minor INTEGER,
    put_off INTEGER DEFAULT '0' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_cycle_visit PRIMARY KEY (id),
    CONSTRAINT uq_cycle_visit_plan_id_number UNIQUE (plan_id, number),
    CONSTRAINT fk_cycle_visit_plan_id_cycle_plan FOREIGN KEY(plan_id) REFERENCES cycle_plan (id)
)
 STRICT;
CREATE TABLE guarantee_event (
    guarantee_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    actor TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    reason TEXT,
    override_reason TEXT DEFAULT '' NOT NULL,
    overridden TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_guarantee_event PRIMARY KEY (id),
    CONSTRAINT fk_guarantee_event_guarantee_id_guarantee FOREIGN KEY(guarantee_id) REFERENCES guarantee (id)
)
 STRICT;
CREATE INDEX ix_guarantee_event_guarantee_id_at ON guarantee_event (guarantee_id, at);
CREATE TABLE guarantee_query (
    guarantee_id INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    question TEXT NOT NULL,
    is_on_topup INTEGER DEFAULT '0' NOT NULL,
    due_at INTEGER,
    answered_at INTEGER,
    answer TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_guarantee_query PRIMARY KEY (id),
    CONSTRAINT fk_guarantee_query_guarantee_id_guarantee FOREIGN KEY(guarantee_id) REFERENCES guarantee (id)
)
 STRICT;
CREATE INDEX ix_guarantee_query_guarantee_id ON guarantee_query (guarantee_id);
CREATE TABLE guarantee_version (
    guarantee_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    ceiling_minor INTEGER,
    currency TEXT NOT NULL,
    is_as_charged INTEGER DEFAULT '0' NOT NULL,
    covered_days INTEGER,
    valid_from TEXT,
    valid_to TEXT,
    room_class TEXT DEFAULT '' NOT NULL,
    rate TEXT DEFAULT '' NOT NULL,
    rate_for TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_guarantee_version PRIMARY KEY (id),
    CONSTRAINT uq_guarantee_version_guarantee_id_number UNIQUE (guarantee_id, number),
    CONSTRAINT fk_guarantee_version_guarantee_id_guarantee FOREIGN KEY(guarantee_id) REFERENCES guarantee (id)
)
 STRICT;
CREATE TABLE repatriation_event (
    repatriation_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    actor TEXT NOT NULL,
    override_reason TEXT DEFAULT '' NOT NULL,
    overridden TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_repatriation_event PRIMARY KEY (id),
    CONSTRAINT fk_repatriation_event_repatriation_id_repatriation FOREIGN KEY(repatriation_id) REFERENCES repatriation (id)
)
 STRICT;
CREATE INDEX ix_repatriation_event_repatriation_id_at ON repatriation_event (repatriation_id, at);
CREATE TABLE appeal (
    claim_id INTEGER NOT NULL,
    level INTEGER NOT NULL,
    filed_on TEXT NOT NULL,
    evidence TEXT NOT NULL,
    outcome TEXT DEFAULT '' NOT NULL,
    answered_on TEXT,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_appeal PRIMARY KEY (id),
    CONSTRAINT uq_appeal_claim_id_level UNIQUE (claim_id, level),
    CONSTRAINT fk_appeal_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE TABLE claim_decision (
    claim_id INTEGER NOT NULL,
    line_id INTEGER,
    level INTEGER NOT NULL,
    decided_on TEXT NOT NULL,
    currency TEXT NOT NULL,
    claimed_minor INTEGER NOT NULL,
    approved_minor INTEGER NOT NULL,
    reason TEXT,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_claim_decision PRIMARY KEY (id),
    CONSTRAINT fk_claim_decision_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE INDEX ix_claim_decision_claim_id ON claim_decision (claim_id);
CREATE TABLE claim_event (
    claim_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    actor TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    reason TEXT,
    override_reason TEXT DEFAULT '' NOT NULL,
    overridden TEXT DEFAULT '' NOT NULL,
    is_imported INTEGER DEFAULT '0' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_claim_event PRIMARY KEY (id),
    CONSTRAINT fk_claim_event_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE INDEX ix_claim_event_claim_id_at ON claim_event (claim_id, at);
CREATE TABLE claim_line (
    claim_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    category TEXT,
    description TEXT DEFAULT '' NOT NULL,
    service_on TEXT,
    claimed_minor INTEGER NOT NULL,
    approved_minor INTEGER,
    reason TEXT,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_claim_line PRIMARY KEY (id),
    CONSTRAINT uq_claim_line_claim_id_position UNIQUE (claim_id, position),
    CONSTRAINT fk_claim_line_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE TABLE claim_query (
    claim_id INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    question TEXT NOT NULL,
    due_on TEXT,
    answered_at INTEGER,
    answer TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_claim_query PRIMARY KEY (id),
    CONSTRAINT fk_claim_query_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE INDEX ix_claim_query_claim_id ON claim_query (claim_id);
CREATE TABLE document (
    journey_id INTEGER,
    claim_id INTEGER,
    kind TEXT,
    title TEXT NOT NULL,
    file_id TEXT NOT NULL,
    file_key BLOB NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    received_on TEXT NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    expires_on TEXT,
    is_original INTEGER DEFAULT '0' NOT NULL,
    whereabouts TEXT,
    note TEXT DEFAULT '' NOT NULL,
    voided_reason TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT uq_document_file_id UNIQUE (file_id),
    CONSTRAINT fk_document_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_document_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE INDEX ix_document_claim_id ON document (claim_id);
CREATE INDEX ix_document_journey_id ON document (journey_id);
CREATE TABLE money_promise (
    journey_id INTEGER NOT NULL,
    claim_id INTEGER,
    kind TEXT NOT NULL,
    promised_by TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    kept_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_money_promise PRIMARY KEY (id),
    CONSTRAINT fk_money_promise_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_money_promise_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE INDEX ix_money_promise_claim_id ON money_promise (claim_id);
CREATE INDEX ix_money_promise_journey_id ON money_promise (journey_id);
CREATE TABLE note (
    journey_id INTEGER,
    claim_id INTEGER,
    at INTEGER NOT NULL,
    channel TEXT DEFAULT 'NOTE' NOT NULL,
    counterpart TEXT DEFAULT '' NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_note PRIMARY KEY (id),
    CONSTRAINT fk_note_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_note_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE INDEX ix_note_claim_id ON note (claim_id);
CREATE INDEX ix_note_journey_id_at ON note (journey_id, at);
CREATE TABLE payment (
    journey_id INTEGER,
    claim_id INTEGER,
    purpose TEXT NOT NULL,
    payer TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    paid_on TEXT NOT NULL,
    receipt_no TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_payment PRIMARY KEY (id),
    CONSTRAINT fk_payment_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_payment_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id)
)
 STRICT;
CREATE INDEX ix_payment_claim_id ON payment (claim_id);
CREATE INDEX ix_payment_journey_id ON payment (journey_id);
CREATE TABLE task (
    journey_id INTEGER,
    claim_id INTEGER,
    agreement_id INTEGER,
    kind TEXT DEFAULT 'STEP' NOT NULL,
    title TEXT NOT NULL,
    fact TEXT,
    due_at INTEGER,
    officer_id INTEGER,
    waiting_on TEXT,
    waiting_for TEXT DEFAULT '' NOT NULL,
    waiting_since INTEGER,
    is_urgent INTEGER DEFAULT '0' NOT NULL,
    is_promise INTEGER DEFAULT '0' NOT NULL,
    done_at INTEGER,
    done_note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_task PRIMARY KEY (id),
    CONSTRAINT fk_task_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_task_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id),
    CONSTRAINT fk_task_agreement_id_agreement FOREIGN KEY(agreement_id) REFERENCES agreement (id),
    CONSTRAINT fk_task_officer_id_officer FOREIGN KEY(officer_id) REFERENCES officer (id)
)
 STRICT;
CREATE INDEX ix_task_claim_id ON task (claim_id);
CREATE INDEX ix_task_done_at_due_at ON task (done_at, due_at);
CREATE INDEX ix_task_journey_id_done_at_due_at ON task (journey_id, done_at, due_at);
CREATE TABLE document_request (
    journey_id INTEGER NOT NULL,
    claim_id INTEGER,
    kind TEXT NOT NULL,
    asked_by_id INTEGER,
    asked_on TEXT NOT NULL,
    had_document_id INTEGER,
    answered_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_document_request PRIMARY KEY (id),
    CONSTRAINT fk_document_request_journey_id_journey FOREIGN KEY(journey_id) REFERENCES journey (id),
    CONSTRAINT fk_document_request_claim_id_claim FOREIGN KEY(claim_id) REFERENCES claim (id),
    CONSTRAINT fk_document_request_asked_by_id_organization FOREIGN KEY(asked_by_id) REFERENCES organization (id),
    CONSTRAINT fk_document_request_had_document_id_document FOREIGN KEY(had_document_id) REFERENCES document (id)
)
 STRICT;
CREATE INDEX ix_document_request_asked_by_id ON document_request (asked_by_id);
CREATE INDEX ix_document_request_claim_id ON document_request (claim_id) WHERE claim_id IS NOT NULL;
CREATE INDEX ix_document_request_had_document_id ON document_request (had_document_id) WHERE had_document_id IS NOT NULL;
CREATE INDEX ix_document_request_journey_id ON document_request (journey_id);
CREATE TABLE roadshow_promise (
    roadshow_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    officer_id INTEGER,
    owner TEXT DEFAULT '' NOT NULL,
    organization_id INTEGER,
    due_on TEXT,
    is_urgent INTEGER DEFAULT '0' NOT NULL,
    need_id INTEGER,
    done_on TEXT,
    evidence TEXT DEFAULT '' NOT NULL,
    task_id INTEGER,
    id INTEGER NOT NULL,
    version INTEGER DEFAULT 1 NOT NULL,
    CONSTRAINT pk_roadshow_promise PRIMARY KEY (id),
    CONSTRAINT fk_roadshow_promise_roadshow_id_roadshow FOREIGN KEY(roadshow_id) REFERENCES roadshow (id),
    CONSTRAINT fk_roadshow_promise_officer_id_officer FOREIGN KEY(officer_id) REFERENCES officer (id),
    CONSTRAINT fk_roadshow_promise_organization_id_organization FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_roadshow_promise_need_id_roadshow_need FOREIGN KEY(need_id) REFERENCES roadshow_need (id),
    CONSTRAINT fk_roadshow_promise_task_id_task FOREIGN KEY(task_id) REFERENCES task (id)
)
 STRICT;
CREATE INDEX ix_roadshow_promise_roadshow_id ON roadshow_promise (roadshow_id);
CREATE INDEX ix_roadshow_promise_task_id ON roadshow_promise (task_id);
