"""The tables, one module per subject. A ``…Row`` never leaves its session."""

from liaison.store.models.agreements import (
    ActivityRow,
    AgreementPartyRow,
    AgreementRow,
    IndicatorRow,
    IndicatorValueRow,
    MilestoneRow,
    ObligationRow,
)
from liaison.store.models.care import AppointmentRow, OpinionRow, ReferralRow
from liaison.store.models.claims import (
    AppealRow,
    ClaimDecisionRow,
    ClaimEventRow,
    ClaimLineRow,
    ClaimQueryRow,
    ClaimRow,
)
from liaison.store.models.confirmations import ConfirmationRow
from liaison.store.models.courses import (
    AirlineRuleRow,
    ComplaintRow,
    CyclePlanRow,
    CycleVisitRow,
    HealthNoticeRow,
    NewbornRow,
    PregnancyRow,
    RepatriationEventRow,
    RepatriationRow,
    SurveyRow,
)
from liaison.store.models.doctors import DoctorAbsenceRow, DoctorPlaceRow, DoctorRow, DoctorSlotRow
from liaison.store.models.guarantees import (
    GuaranteeEventRow,
    GuaranteeQueryRow,
    GuaranteeRow,
    GuaranteeVersionRow,
)
from liaison.store.models.handing import (
    DeputyRow,
    DifferenceRow,
    HandOverCaseRow,
    HandOverRow,
    KnownElsewhereRow,
    SharedRow,
)
from liaison.store.models.journeys import JourneyEventRow, JourneyRow
from liaison.store.models.ledger import LedgerFigureRow, LedgerRow
from liaison.store.models.lists import MappingRow, SourceFileRow, StatusWordRow
from liaison.store.models.network import (
    AdministratorLinkRow,
    ContactRow,
    GroupMembershipRow,
    GroupRow,
    OrganizationRow,
)
from liaison.store.models.office import CaseCounterRow, OfficeRow, OfficerRow, SettingRow
from liaison.store.models.outreach import DataRequestRow, OutreachCaseRow, OutreachRow, ReportChannelRow
from liaison.store.models.packages import PackageRow
from liaison.store.models.panels import CreditRow, PanelRow
from liaison.store.models.papers import ChecklistRuleRow, DocumentRequestRow
from liaison.store.models.patients import AgentRow, PatientIdentifierRow, PatientRow, RelatedPersonRow
from liaison.store.models.payments import BillRow, EstimateRow, FxRateRow, PaymentRow, PromiseRow
from liaison.store.models.policies import (
    BenefitLimitRow,
    BenefitUsageRow,
    CoverRow,
    PlanRulesRow,
    PolicyRow,
    ProductRow,
)
from liaison.store.models.releases import DisclosureRow, PrintedCopyRow, ReleaseRow
from liaison.store.models.roadshows import (
    RoadshowGuestRow,
    RoadshowNeedRow,
    RoadshowPermitRow,
    RoadshowPromiseRow,
    RoadshowRow,
    RoadshowSessionRow,
    RoadshowThemeRow,
)
from liaison.store.models.targets import TargetRow
from liaison.store.models.tb_tests import TbTestRow
from liaison.store.models.tracing import ReleaseFigureRow, ReleaseSourceRow
from liaison.store.models.travel import CountryRuleRow, EscortRow, MedifRuleRow, StayRow, TravelLegRow
from liaison.store.models.trouble import ErasureRow, LegalHoldRow, LostLaptopRow
from liaison.store.models.urgent import UrgentCallRow
from liaison.store.models.variance import VarianceFlagRow
from liaison.store.models.work import DocumentRow, NoteRow, TaskRow

__all__ = [
    "ActivityRow",
    "AdministratorLinkRow",
    "AgentRow",
    "AgreementPartyRow",
    "AgreementRow",
    "AirlineRuleRow",
    "AppealRow",
    "AppointmentRow",
    "BenefitLimitRow",
    "BenefitUsageRow",
    "BillRow",
    "CaseCounterRow",
    "ChecklistRuleRow",
    "ClaimDecisionRow",
    "ClaimEventRow",
    "ClaimLineRow",
    "ClaimQueryRow",
    "ClaimRow",
    "ComplaintRow",
    "ConfirmationRow",
    "ContactRow",
    "CountryRuleRow",
    "CoverRow",
    "CreditRow",
    "CyclePlanRow",
    "CycleVisitRow",
    "DataRequestRow",
    "DeputyRow",
    "DifferenceRow",
    "DisclosureRow",
    "DoctorAbsenceRow",
    "DoctorPlaceRow",
    "DoctorRow",
    "DoctorSlotRow",
    "DocumentRequestRow",
    "DocumentRow",
    "ErasureRow",
    "EscortRow",
    "EstimateRow",
    "FxRateRow",
    "GroupMembershipRow",
    "GroupRow",
    "GuaranteeEventRow",
    "GuaranteeQueryRow",
    "GuaranteeRow",
    "GuaranteeVersionRow",
    "HandOverCaseRow",
    "HandOverRow",
    "HealthNoticeRow",
    "IndicatorRow",
    "IndicatorValueRow",
    "JourneyEventRow",
    "JourneyRow",
    "KnownElsewhereRow",
    "LedgerFigureRow",
    "LedgerRow",
    "LegalHoldRow",
    "LostLaptopRow",
    "MappingRow",
    "MedifRuleRow",
    "MilestoneRow",
    "NewbornRow",
    "NoteRow",
    "ObligationRow",
    "OfficeRow",
    "OfficerRow",
    "OpinionRow",
    "OrganizationRow",
    "OutreachCaseRow",
    "OutreachRow",
    "PackageRow",
    "PanelRow",
    "PatientIdentifierRow",
    "PatientRow",
    "PaymentRow",
    "PlanRulesRow",
    "PolicyRow",
    "PregnancyRow",
    "PrintedCopyRow",
    "ProductRow",
    "PromiseRow",
    "ReferralRow",
    "RelatedPersonRow",
    "ReleaseFigureRow",
    "ReleaseRow",
    "ReleaseSourceRow",
    "RepatriationEventRow",
    "RepatriationRow",
    "ReportChannelRow",
    "RoadshowGuestRow",
    "RoadshowNeedRow",
    "RoadshowPermitRow",
    "RoadshowPromiseRow",
    "RoadshowRow",
    "RoadshowSessionRow",
    "RoadshowThemeRow",
    "SettingRow",
    "SharedRow",
    "SourceFileRow",
    "StatusWordRow",
    "StayRow",
    "SurveyRow",
    "TargetRow",
    "TaskRow",
    "TbTestRow",
    "TravelLegRow",
    "UrgentCallRow",
    "VarianceFlagRow",
]
