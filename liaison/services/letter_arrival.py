"""A guarantee letter that arrived: its file, what it says, its number and the case's next stage, in one action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from liaison.domain.documents import DocumentKind
from liaison.domain.errors import Refused
from liaison.domain.guarantees import GuaranteeDraft, GuaranteeState, VersionDraft, VersionKind
from liaison.domain.journeys import JourneyState
from liaison.domain.money import Money
from liaison.domain.work import DocumentDraft
from liaison.services.changes import NOTHING, Changes, get
from liaison.services.documents import attach
from liaison.services.guarantees import add_version, move_guarantee, request_guarantee
from liaison.services.journeys import move_journey
from liaison.store.models import GuaranteeRow

File = tuple[str, bytes]
"""A file's name and its bytes."""

_ASKED = {
    VersionKind.INITIAL: GuaranteeState.REQUESTED,
    VersionKind.TOPUP: GuaranteeState.TOPUP_REQUESTED,
    VersionKind.FINAL: GuaranteeState.FINAL_REQUESTED,
}
_ISSUED = {
    VersionKind.INITIAL: GuaranteeState.ISSUED,
    VersionKind.TOPUP: GuaranteeState.TOPUP_ISSUED,
    VersionKind.FINAL: GuaranteeState.FINAL_ISSUED,
}
_PAPER = {
    VersionKind.INITIAL: DocumentKind.GL_INITIAL,
    VersionKind.TOPUP: DocumentKind.GL_TOPUP,
    VersionKind.FINAL: DocumentKind.GL_FINAL,
}
NEXT_STAGE = {JourneyState.PREAUTH: JourneyState.TRAVEL_PREP}
"""Where a first letter takes a case by itself, if the officer wants it so."""


def letter_arrived(
    session: Session,
    draft: VersionDraft,
    *,
    files: Sequence[File] = (),
    asked: GuaranteeDraft | None = None,
    gl_no: str = "",
    accepted: Money | None = None,
    excess: Money | None = None,
    unasked: str = "",
    move_case: bool = False,
    override_reason: str = "",
    version: int | None = None,
) -> Changes:
    """Write a letter down as it came: file attached, letter issued, waiting step finished, and the case moved on.

    ``asked`` opens the letter's own record where the insurer answered a request that nobody wrote down here.
    ``unasked`` are the words that stand in the history where the letter passed by "requested" or an open question.
    Refused whole if any part is.
    """
    done = NOTHING
    if asked is not None:
        opened = request_guarantee(session, replace(asked, state=GuaranteeState.REQUESTED))
        assert opened.made is not None
        done |= opened
        draft, version = replace(draft, guarantee_id=opened.made), None
    row = get(session, GuaranteeRow, draft.guarantee_id, version=version, fields=("state", "gl_no"))
    done |= _keep_files(session, files, _PAPER[draft.kind], row.journey_id)
    if row.state not in (_ASKED[draft.kind], _ISSUED[draft.kind]):
        done |= move_guarantee(session, row.id, _ASKED[draft.kind], override_reason=unasked)
    done |= add_version(session, draft, gl_no=gl_no, accepted=accepted, excess=excess, override_reason=override_reason)
    if move_case and draft.kind is VersionKind.INITIAL:
        done |= move_journey(session, row.journey_id, JourneyState.TRAVEL_PREP)
    return done


def _keep_files(session: Session, files: Sequence[File], kind: DocumentKind, journey_id: int) -> Changes:
    """Attach the letter; the very file may be on the case already, then it is not attached twice."""
    done = NOTHING
    for name, data in files:
        try:
            done |= attach(session, DocumentDraft(journey_id=journey_id, kind=kind, title=name), data)
        except Refused as refused:
            if any(p.code != "KNOWN_FILE" for p in refused.problems):
                raise
    return done
