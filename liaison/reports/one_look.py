"""What several papers made from one look at the store have in common is worked out once.

A look (a session that only reads) sees one moment: three packs of a print run read the same people and letters. The
answers go when the look ends; an action that writes works everything out anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from sqlalchemy.orm import Session

T = TypeVar("T")
_KEPT = "kept_for_papers"


def once(session: Session, key: object, work_out: Callable[[], T]) -> T:
    """The answer under this key, worked out the first time it is asked for; nobody may change it."""
    if "action_id" in session.info:
        return work_out()
    kept: dict[object, object] = session.info.setdefault(_KEPT, {})
    if key not in kept:
        kept[key] = work_out()
    return cast("T", kept[key])
