"""What every list can do from the keyboard, the menus and the palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from liaison.i18n import N_
from liaison.ui.actions import Action, Menu, Scope

if TYPE_CHECKING:
    from liaison.ui.pages.list_page import ListPage


def list_actions(page: ListPage) -> tuple[Action, ...]:
    """The actions of a list, the same on every list."""
    return (
        Action(key="list.filter", text=N_("Filter this list"), keys="Ctrl+F", icon="list-filter",
               run=page.bar.filter.setFocus, scope=Scope.PAGE, menu=Menu.VIEW, part=True),
        Action(key="list.filter_row", text=N_("Filter row under the titles"), keys="Ctrl+Shift+L",
               icon="list-filter", run=page.switch_filter_row, scope=Scope.PAGE, menu=Menu.VIEW),
        Action(key="list.group", text=N_("Group…"), keys="Ctrl+G", icon="rows-3", run=page.open_groups,
               scope=Scope.PAGE, menu=Menu.VIEW),
        *((Action(key="list.period", text=N_("Period…"), keys="Ctrl+Shift+D", icon="calendar", run=page.open_periods,
                  scope=Scope.PAGE, menu=Menu.VIEW),) if page.spec.dates else ()),
        Action(key="list.columns", text=N_("Columns…"), keys="Ctrl+Shift+K", icon="columns-3",
               run=page.columns.open, scope=Scope.PAGE, menu=Menu.VIEW),
        Action(key="list.restore_columns", text=N_("Restore the columns' order"), icon="undo-2",
               run=page.columns.restore, scope=Scope.PAGE, menu=Menu.VIEW),
        Action(key="list.views", text=N_("Views…"), keys="F8", icon="bookmark", run=page.bar.view_button.click,
               scope=Scope.PAGE, menu=Menu.VIEW, part=True),
        Action(key="list.keep_view", text=N_("Keep as a view…"), keys="Ctrl+Shift+S", icon="bookmark",
               run=page.views.keep_changes, scope=Scope.PAGE, menu=Menu.VIEW),
        Action(key="list.copy", text=N_("Copy rows with their titles"), keys="Ctrl+Shift+C", icon="copy",
               run=page.copying.with_titles, scope=Scope.PAGE, menu=Menu.EDIT),
        Action(key="list.copy_titles", text=N_("Let Ctrl+C copy the titles too"), icon="copy",
               run=page.copying.switch_titles, scope=Scope.PAGE, menu=Menu.EDIT, say=page.copying.titles_words),
        *((Action(key="list.paste", text=N_("Paste rows from a spreadsheet…"), keys="Ctrl+V",
                  icon="clipboard-paste", run=page.copying.paste, scope=Scope.PAGE, menu=Menu.EDIT),)
          if page.spec.pastes else ()),
        Action(key="list.excel", text=N_("Write this list into a workbook…"), keys="Ctrl+E", icon="sheet",
               run=page.to_excel, scope=Scope.PAGE, menu=Menu.FILE),
        *(Action(key=f"list.sort.{n}", text=_SORT[n - 1], keys=f"Ctrl+Alt+{n}", run=partial(page.sort_by, n),
                 scope=Scope.PAGE)
          for n in range(1, 10)),
        *(Action(key=f"list.step.{o.key}", text=o.text, keys=o.letter.upper(), run=partial(page.change_chosen, o.key),
                 scope=Scope.ROW, menu=Menu.EDIT)
          for o in page.spec.steps),
    )  # fmt: skip


_SORT = (
    N_("Sort by the first column"), N_("Sort by the second column"), N_("Sort by the third column"),
    N_("Sort by the fourth column"), N_("Sort by the fifth column"), N_("Sort by the sixth column"),
    N_("Sort by the seventh column"), N_("Sort by the eighth column"), N_("Sort by the ninth column"),
)  # fmt: skip
