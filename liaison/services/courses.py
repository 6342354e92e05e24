"""What runs beside a case, as its page and its papers show it. The disease of an infection is not among it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from liaison.services.complaints import ComplaintView, SurveyView, complaints_of, surveys_of
from liaison.services.cycles import CycleView, cycles_of
from liaison.services.infections import InfectionMark, infection_mark
from liaison.services.pregnancies import PregnancyView, pregnancy_of
from liaison.services.repatriation import RepatriationView, repatriation_of
from liaison.services.tb_tests import TbMark, tb_mark
from liaison.services.urgent_marks import UrgentMark, urgent_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """Cycles, pregnancy, way home, complaints, survey and the infection's mark of one case."""

    cycles: CycleView | None
    pregnancy: PregnancyView | None
    repatriation: RepatriationView | None
    complaints: tuple[ComplaintView, ...]
    surveys: tuple[SurveyView, ...]
    infection: InfectionMark
    tb_test: TbMark | None = None
    urgent: UrgentMark | None = None

    @property
    def open_complaints(self) -> tuple[ComplaintView, ...]:
        """Complaints without an answer."""
        return tuple(c for c in self.complaints if c.is_open)


def courses_of(session: Session, journey_id: int) -> CourseView:
    """Everything that runs beside a case."""
    return CourseView(
        cycles=cycles_of(session, journey_id),
        pregnancy=pregnancy_of(session, journey_id),
        repatriation=repatriation_of(session, journey_id),
        complaints=complaints_of(session, journey_id),
        surveys=surveys_of(session, journey_id),
        infection=infection_mark(session, journey_id),
        tb_test=tb_mark(session, journey_id),
        urgent=urgent_mark(session, journey_id),
    )
