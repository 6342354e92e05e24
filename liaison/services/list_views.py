"""Views of lists that officers name: filter, columns, order, groups and period kept together.

A view is its officer's own. Shared, it becomes a copy for the whole office that nobody changes from their list: whoever
wants it otherwise keeps their own beside it. Views are settings of the office, so they travel with the encrypted store,
stand in its journal and are undone like anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from liaison.domain.errors import Refused
from liaison.domain.names import fold
from liaison.domain.problems import Problem
from liaison.i18n import N_
from liaison.services.changes import Changes, actor, officer_id
from liaison.services.office import set_setting, setting

NO_NAME = N_("Give the view a name.")
NAME_LONG = N_("A view's name has at most {most} letters.")
NAME_TAKEN = N_("A view of this name is here already. Choose another name.")
VIEW_GONE = N_("This view is no longer there.")
SHARED_IS_LOCKED = N_("A shared view stays as it is. Keep your own copy instead.")
LONGEST_NAME = 60
_SHARED = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewColumn:
    """A column of a view; ``width`` is 0 where nobody sized it."""

    key: str
    shown: bool = True
    width: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptView:
    """A named view. ``key`` tells it apart from the program's own; ``by`` is who shared it."""

    key: str = ""
    name: str = ""
    filter: str = ""
    sort: str = ""
    descending: bool = False
    group: str = ""
    period: str = ""
    basis: str = ""
    columns: tuple[ViewColumn, ...] = field(default=())
    shared: bool = False
    by: str = ""

    def same_as(self, other: KeptView) -> bool:
        """Whether the list would look the same."""
        return _look(self) == _look(other)


def _look(view: KeptView) -> object:
    words = view.filter.split()
    return words, view.sort, view.descending, view.group, view.period, view.basis, view.columns


def views_of(session: Session, name: str) -> tuple[KeptView, ...]:
    """The actor's own views of a list by name, then those of the office."""
    own = sorted(_read(session, name, _owner(session)), key=lambda v: fold(v.name))
    return (*own, *sorted(_read(session, name, _SHARED), key=lambda v: fold(v.name)))


def keep_view(session: Session, name: str, view: KeptView) -> Changes:
    """Keep a new view, or the actor's own one of this key as it is now. Raises :class:`Refused`."""
    if view.shared:
        raise Refused([Problem(code="SHARED_IS_LOCKED", message=SHARED_IS_LOCKED)])
    known = _read(session, name, _owner(session))
    made = replace(view, name=_checked(view.name, known, but=view.key), key=view.key or _free_key(known), by="")
    if any(v.key == made.key for v in known):
        kept = [made if v.key == made.key else v for v in known]
    else:
        kept = [*known, made]
    return _write(session, name, _owner(session), kept)


def rename_view(session: Session, name: str, key: str, new_name: str) -> Changes:
    """Call an own view otherwise."""
    known = _read(session, name, _owner(session))
    _need(known, key)
    called = _checked(new_name, known, but=key)
    return _write(session, name, _owner(session), [replace(v, name=called) if v.key == key else v for v in known])


def delete_view(session: Session, name: str, key: str) -> Changes:
    """Take an own view, or a shared one, off the list of views."""
    owner = _SHARED if key.startswith(_SHARED) else _owner(session)
    known = _read(session, name, owner)
    _need(known, key)
    return _write(session, name, owner, [v for v in known if v.key != key])


def share_view(session: Session, name: str, key: str) -> Changes:
    """Put a locked copy of an own view among those of the office; later changes of the own one leave it alone."""
    own = _need(_read(session, name, _owner(session)), key)
    known = _read(session, name, _SHARED)
    copy = replace(own, key=_free_key(known, _SHARED), name=_checked(own.name, known), shared=True, by=actor(session))
    return _write(session, name, _SHARED, [*known, copy])


def _owner(session: Session) -> str:
    return str(officer_id(session) or 0)


def _setting_name(name: str, owner: str) -> str:
    return f"views.{name}.{owner}"


def _read(session: Session, name: str, owner: str) -> list[KeptView]:
    return [_view(plain) for plain in setting(session, _setting_name(name, owner), [])]


def _write(session: Session, name: str, owner: str, views: Sequence[KeptView]) -> Changes:
    return set_setting(session, _setting_name(name, owner), [_plain(v) for v in views])


def _plain(view: KeptView) -> dict[str, Any]:
    return {
        "key": view.key, "name": view.name, "filter": view.filter, "sort": view.sort, "descending": view.descending,
        "group": view.group, "period": view.period, "basis": view.basis, "shared": view.shared, "by": view.by,
        "columns": [[c.key, c.shown, c.width] for c in view.columns],
    }  # fmt: skip


def _view(plain: Mapping[str, Any]) -> KeptView:
    columns = tuple(ViewColumn(key=key, shown=shown, width=width) for key, shown, width in plain["columns"])
    return KeptView(**{**plain, "columns": columns})


def _need(views: Sequence[KeptView], key: str) -> KeptView:
    found = next((v for v in views if v.key == key), None)
    if found is None:
        raise Refused([Problem(code="GONE", message=VIEW_GONE)])
    return found


def _checked(name: str, known: Sequence[KeptView], *, but: str = "") -> str:
    called = " ".join(name.split())
    if not called:
        raise Refused([Problem(code="MISSING", message=NO_NAME, field="name")])
    if len(called) > LONGEST_NAME:
        raise Refused([Problem(code="TOO_LONG", message=NAME_LONG, field="name", values={"most": LONGEST_NAME})])
    if any(fold(v.name) == fold(called) and v.key != but for v in known):
        raise Refused([Problem(code="NAME_TAKEN", message=NAME_TAKEN, field="name")])
    return called


def _free_key(known: Sequence[KeptView], start: str = "own") -> str:
    taken = {v.key for v in known}
    number = 1
    while f"{start}-{number}" in taken:
        number += 1
    return f"{start}-{number}"
