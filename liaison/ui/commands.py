"""What the program itself can do, on every page: one list for the menus, the keys, the search box and the key sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from liaison.i18n import LANGUAGE_NAMES, LANGUAGES, N_
from liaison.ui.actions import Action, Menu
from liaison.ui.office_frame import OfficeFrame
from liaison.ui.page import PageEntry
from liaison.ui.places import Place
from liaison.ui.theme import Palette

FIRST_HOUR = N_("Show the first hour")
PALETTE_NAMES = {
    Palette.SYSTEM: N_("Colours as the computer has them"),
    Palette.LIGHT: N_("Light colours"),
    Palette.DARK: N_("Dark colours"),
    Palette.CONTRAST: N_("High contrast"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """What only the program around the frame can do."""

    language: Callable[[str], object]
    palette: Callable[[Palette], object]
    zoom: Callable[[int], object]
    lock: Callable[[], object]
    back_up: Callable[[], object]
    full_screen: Callable[[], object]
    keys: Callable[[], object]
    about: Callable[[], object]
    first_hour: Callable[[], object]
    quit: Callable[[], object]


def program_actions(frame: OfficeFrame, doings: Doings, pages: Iterable[PageEntry]) -> list[Action]:
    """Everything, in the order of the menus."""
    return [*_file(frame, doings), *_edit(frame), *_view(frame, doings), *_go(frame, pages), *_help(frame, doings)]


def _file(frame: OfficeFrame, doings: Doings) -> list[Action]:
    return [
        _opens(
            frame,
            "message",
            key="program.message",
            text=N_("New case from copied text"),
            icon="message-circle",
            keys="Ctrl+Shift+V",
        ),
        _opens(frame, "urgent", key="program.urgent", text=N_("Urgent call"), icon="phone", keys="F12"),
        _opens(frame, "merge_persons", key="program.merge", text=N_("Two records of one person"), icon="users"),
        _opens(frame, "hand_over", key="program.hand_over", text=N_("Cover and hand-over"), icon="handshake"),
        _opens(frame, "kiosk_intake", key="program.kiosk", text=N_("Enquiries of a kiosk"), icon="inbox"),
        _opens(frame, "lost", key="program.lost", text=N_("A laptop is lost"), icon="shield-alert"),
        Action(
            key="program.backup",
            text=N_("Back up now"),
            icon="hard-drive",
            run=doings.back_up,
            menu=Menu.FILE,
            part=True,
        ),
        Action(
            key="program.lock", text=N_("Lock"), icon="lock", keys="Ctrl+L", run=doings.lock, menu=Menu.FILE, part=True
        ),
        Action(
            key="program.quit",
            text=N_("Close the program"),
            icon="log-out",
            keys="Ctrl+Q",
            run=doings.quit,
            menu=Menu.FILE,
        ),
    ]


def _opens(frame: OfficeFrame, page: str, *, key: str, text: str, icon: str, keys: str = "") -> Action:
    go = partial(frame.go, Place(page=page))
    return Action(key=key, text=text, icon=icon, keys=keys, run=go, menu=Menu.FILE)


def _edit(frame: OfficeFrame) -> list[Action]:
    undoing = frame.undoing
    return [
        Action(
            key="program.undo",
            text=N_("Undo"),
            icon="undo-2",
            keys="Ctrl+Z",
            run=frame.undo,
            menu=Menu.EDIT,
            say=undoing.undo_words,
            enabled=lambda: undoing.undo_step is not None,
        ),
        Action(
            key="program.redo",
            text=N_("Redo"),
            icon="redo-2",
            keys="Ctrl+Y",
            more_keys=("Ctrl+Shift+Z",),
            run=frame.redo,
            menu=Menu.EDIT,
            say=undoing.redo_words,
            enabled=lambda: undoing.redo_step is not None,
        ),
        Action(
            key="program.find",
            text=N_("Find a person, case or command"),
            icon="search",
            keys="Ctrl+K",
            run=frame.focus_search,
            menu=Menu.EDIT,
            part=True,
        ),
    ]


def _view(frame: OfficeFrame, doings: Doings) -> list[Action]:
    languages = [
        Action(
            key=f"program.language.{code}",
            text=LANGUAGE_NAMES[code],
            icon="languages",
            menu=Menu.VIEW,
            run=partial(doings.language, code),
            part=number == 0,
        )
        for number, code in enumerate(LANGUAGES)
    ]
    palettes = [
        Action(
            key=f"program.palette.{palette.value}",
            text=name,
            icon="contrast",
            menu=Menu.VIEW,
            run=partial(doings.palette, palette),
            part=number == 0,
        )
        for number, (palette, name) in enumerate(PALETTE_NAMES.items())
    ]
    masking = frame.shared.masking
    words = frame.desk.words
    return [
        Action(
            key="program.larger",
            text=N_("Larger text"),
            icon="zoom-in",
            keys="Ctrl++",
            more_keys=("Ctrl+=",),
            run=lambda: doings.zoom(+1),
            menu=Menu.VIEW,
        ),
        Action(
            key="program.smaller",
            text=N_("Smaller text"),
            icon="zoom-out",
            keys="Ctrl+-",
            run=lambda: doings.zoom(-1),
            menu=Menu.VIEW,
        ),
        Action(
            key="program.usual", text=N_("Text as usual"), keys="Ctrl+0", run=lambda: doings.zoom(0), menu=Menu.VIEW
        ),
        *languages,
        *palettes,
        Action(
            key="program.mask",
            text=N_("Hide people on the screen"),
            icon="eye",
            keys="Ctrl+Shift+M",
            run=masking.switch,
            menu=Menu.VIEW,
            part=True,
            say=lambda: words(N_("Show people on the screen") if masking.on else N_("Hide people on the screen")),
        ),
        Action(key="program.full_screen", text=N_("Full screen"), keys="F11", run=doings.full_screen, menu=Menu.VIEW),
        Action(
            key="program.refresh",
            text=N_("Look again"),
            icon="refresh-cw",
            keys="F5",
            run=frame.rebuild_page,
            menu=Menu.VIEW,
        ),
    ]


def _go(frame: OfficeFrame, pages: Iterable[PageEntry]) -> list[Action]:
    places = [
        Action(
            key=f"go.{entry.key}",
            text=entry.title,
            icon=entry.icon,
            keys=entry.shortcut,
            more_keys=("Ctrl+,",) if entry.key == "settings" else (),
            menu=Menu.GO,
            run=partial(frame.go, Place(page=entry.key)),
        )
        for entry in pages
        if entry.on_rail
    ]
    trail = frame.kept.trail
    return [
        *places,
        Action(
            key="go.owed",
            text=N_("Owed for more than 60 days"),
            icon="hand-coins",
            keys="Ctrl+Shift+O",
            run=lambda: frame.go(Place(page="claims", values={"view": "owed"})),
            menu=Menu.GO,
            part=True,
        ),
        Action(
            key="program.back",
            text=N_("Back"),
            icon="arrow-left",
            keys="Alt+Left",
            run=frame.back,
            menu=Menu.GO,
            enabled=lambda: trail.can_go_back,
            part=True,
        ),
        Action(
            key="program.forward",
            text=N_("Forward"),
            icon="arrow-right",
            keys="Alt+Right",
            run=frame.forward,
            menu=Menu.GO,
            enabled=lambda: trail.can_go_forward,
        ),
        Action(key="program.next_pane", text=N_("Next pane"), keys="F6", run=frame.next_pane, menu=Menu.GO, part=True),
        Action(
            key="program.previous_pane",
            text=N_("Previous pane"),
            keys="Shift+F6",
            run=lambda: frame.next_pane(-1),
            menu=Menu.GO,
        ),
    ]


def _help(frame: OfficeFrame, doings: Doings) -> list[Action]:
    return [
        Action(
            key="program.keys",
            text=N_("Keys of this page"),
            icon="keyboard",
            keys="F1",
            run=doings.keys,
            menu=Menu.HELP,
        ),
        Action(
            key="program.explain",
            text=N_("Help on this field"),
            icon="circle-help",
            keys="Shift+F1",
            run=frame.explain,
            menu=Menu.HELP,
        ),
        Action(
            key="program.guide",
            text=N_("Guide"),
            icon="circle-help",
            run=partial(frame.go, Place(page="guide")),
            menu=Menu.HELP,
            part=True,
        ),
        *_guide_pages(frame),
        Action(key="program.first_hour", text=FIRST_HOUR, icon="clipboard-list", run=doings.first_hour, menu=Menu.HELP),
        Action(key="program.about", text=N_("About Liaison"), icon="info", run=doings.about, menu=Menu.HELP, part=True),
    ]


def _guide_pages(frame: OfficeFrame) -> list[Action]:
    """Each page of the guide, found by its title in the search box; the menu leads to the contents only."""
    from liaison.ui.guide_texts import sections

    words = frame.desk.words
    return [
        Action(
            key=f"guide.{section.key}",
            text=section.title,
            icon="circle-help",
            run=partial(frame.go, Place(page="guide", values={"section": section.key})),
            say=partial(words, N_("Guide: {title}"), title=section.title),
        )
        for section in sections(words.code)
    ]
