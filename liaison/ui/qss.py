"""The one style sheet, built from the tokens and the text size. Families come from the program's font, never from here.

A rule for ``*`` with a font size would silently beat every font set in code; sizes are given per role instead.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liaison.ui.theme import Theme

_SHEET = Template("""
QWidget { color: $ink; }
QMainWindow, QDialog, QWidget#ground { background: $bg; }
QFrame#sheet { background: $surface; border: 1px solid $line; border-radius: 10px; }
QFrame#sunken { background: $sunken; border: 0; }
QFrame#sunkenEnd { background: $sunken; border: 0; border-left: 1px solid $line;
    border-top-right-radius: 9px; border-bottom-right-radius: 9px; }
QFrame#paneStart { background: transparent; border: 0; border-right: 1px solid $line; }
QFrame#cardBig { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame#card { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame#cardSunken { background: $sunken; border: 1px solid $line; border-radius: 8px; }
QFrame#cardChosen { background: $selected; border: 1px solid $accent; border-radius: 8px; }
QFrame#refused { background: $redsoft; border: 1px solid $red; border-radius: 8px; }
QFrame#popup { background: $surface; border: 1px solid $line2; border-radius: 12px; }
QFrame#hairline { background: $line; border: 0; }
QFrame#actionBar, QFrame#footing { background: transparent; border: 0; border-top: 1px solid $line; }
QFrame#head { background: transparent; border: 0; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget#scrolled { background: transparent; }
QStackedWidget, QSplitter { background: transparent; border: 0; }
QSplitter::handle { background: $line; }

$roles

QPushButton, QToolButton#menuButton {
    background: $surface; color: $ink; border: 1px solid $line2; border-radius: 6px;
    min-height: ${button}px; max-height: ${button}px; padding: 0 13px; font-size: ${s13}px; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $focus; padding: 0 12px; min-height: ${buttonF}px; max-height: ${buttonF}px; }
QPushButton:disabled { background: $greybg; color: $ink3; border-color: $greybg; }
QPushButton[small="true"] { min-height: ${buttonS}px; max-height: ${buttonS}px; padding: 0 9px; font-size: ${s12}px; }
QPushButton[small="true"]:focus { min-height: ${buttonSF}px; max-height: ${buttonSF}px; padding: 0 8px; }
QPushButton[tall="true"] { min-height: ${buttonT}px; max-height: ${buttonT}px; }
QPushButton[tall="true"]:focus { min-height: ${buttonTF}px; max-height: ${buttonTF}px; }
QPushButton[kind="primary"] { background: $accent; color: $onaccent; border-color: $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent2; border-color: $accent2; }
QPushButton[kind="primary"]:focus { border: 2px solid $primaryFocus; }
QPushButton[kind="primary"]:disabled { background: $greybg; color: $ink3; border-color: $greybg; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $ink2; padding: 0 8px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; padding: 0 7px; }
QPushButton[kind="link"] { background: transparent; border-color: transparent; color: $accent; padding: 0 4px; }
QPushButton[kind="link"]:hover { color: $accent2; background: $hover; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 0 3px; }
QPushButton[kind="menu"] { background: transparent; border-color: transparent; text-align: left; padding: 0 7px; font-weight: 400; }
QPushButton[kind="menu"]:hover { background: $hover; }
QPushButton[kind="menu"]:focus { border: 2px solid $focus; padding: 0 6px; }
QPushButton[kind="token"] { background: $soft; color: $accent; border: 1px solid $softline; border-radius: 4px;
    min-height: ${token}px; max-height: ${token}px; padding: 0 8px; font-size: ${s12}px; }
QPushButton[kind="token"]:focus { border: 1px solid $focus; }
QPushButton::menu-indicator { image: none; width: 0; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px; color: $ink2; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:focus { border: 2px solid $focus; padding: 4px; }
QToolButton::menu-indicator { image: none; }

QFrame#segments { background: $segments; border: 1px solid $segmentsLine; border-radius: 7px; }
QToolButton[kind="segment"] { border-radius: 5px; padding: 0 9px; min-height: ${segment}px; max-height: ${segment}px;
    color: $ink3; font-size: ${s13}px; font-weight: 500; border: 1px solid transparent; }
QToolButton[kind="segment"]:checked { background: $segmentOn; color: $ink; font-weight: 600; border-color: $segmentEdge; }
QToolButton[kind="segment"]:focus { border: 2px solid $focus; padding: 0 8px; min-height: ${segmentF}px; max-height: ${segmentF}px; }

QToolButton[kind="rail"] { border-radius: 7px; padding: 0 9px; min-height: ${rail}px; max-height: ${rail}px; color: $ink2;
    font-size: ${s13}px; font-weight: 500; text-align: left; border: 1px solid transparent; }
QToolButton[kind="rail"]:checked { background: $railOn; color: $ink; font-weight: 600; border-color: $railEdge; }
QToolButton[kind="rail"]:focus { border: 2px solid $focus; padding: 0 8px; min-height: ${railF}px; max-height: ${railF}px; }

QLineEdit, QPlainTextEdit, QComboBox, QTextEdit {
    background: $surface; color: $ink; border: 1px solid $field; border-radius: 6px; padding: 0 10px;
    font-size: ${s13}px; selection-background-color: $accent; selection-color: $onaccent; }
QLineEdit, QComboBox { min-height: ${field_}px; max-height: ${field_}px; }
QPlainTextEdit { padding: 5px 7px; }
QLineEdit { lineedit-password-character: 8226; }
QLineEdit:focus, QComboBox:focus { border: 2px solid $focus; padding: 0 9px; min-height: ${fieldF}px; max-height: ${fieldF}px; }
QPlainTextEdit:focus { border: 2px solid $focus; padding: 4px 6px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $red; padding: 0 9px; min-height: ${fieldF}px; max-height: ${fieldF}px; }
QPlainTextEdit[wrong="true"] { border: 2px solid $red; padding: 4px 6px; }
QLineEdit[guessed="true"], QComboBox[guessed="true"], QPlainTextEdit[guessed="true"] { background: $amberbg; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QLineEdit:read-only { background: $greybg; color: $ink3; border-color: $greybg; }
QLineEdit[kind="note"] { border-radius: 8px; min-height: ${note}px; max-height: ${note}px; padding: 0 13px; }
QLineEdit[kind="note"]:focus { min-height: ${noteF}px; max-height: ${noteF}px; padding: 0 12px; }
QLineEdit[kind="bare"] { border: 0; background: transparent; padding: 0; min-height: ${bare}px; max-height: ${bare}px; }
QLineEdit[kind="bare"]:focus { border: 0; padding: 0; }
QLineEdit[kind="big"] { border: 0; background: transparent; padding: 0; font-size: ${s15}px; min-height: ${note}px; }
QLineEdit[kind="big"]:focus { border: 0; padding: 0; }
QFrame#box { background: $surface; border: 1px solid $field; border-radius: 6px; }
QFrame#box[focused="true"] { border: 2px solid $focus; }
QFrame#search { background: $surface; border: 1px solid $line2; border-radius: 8px; }
QFrame#search[focused="true"] { border: 2px solid $focus; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView, QListView#popupList { background: $surface; border: 1px solid $line2; outline: 0; padding: 4px;
    selection-background-color: $selected; selection-color: $ink; font-size: ${s13}px; }
QComboBox QAbstractItemView::item { min-height: ${row28}px; padding: 0 8px; border-radius: 4px; }
QCheckBox, QRadioButton { spacing: 9px; font-size: ${s13}px; background: transparent; }

QAbstractScrollArea, QTableView, QListView, QTreeView { background: transparent; border: 0; outline: 0; }
QTableView { selection-background-color: transparent; selection-color: $ink; gridline-color: transparent; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section { background: transparent; border: 0; }
QTableCornerButton::section { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $line2; border-radius: 3px; min-height: 32px; margin: 0 2px; }
QScrollBar::handle:vertical:hover { background: $ink3; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $line2; border-radius: 3px; min-width: 32px; margin: 2px 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenuBar { background: $bg; color: $ink2; border: 0; font-size: ${s12}px; }
QMenuBar::item { background: transparent; padding: 3px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: $selected; color: $ink; }
QMenu { background: $surface; border: 1px solid $line2; padding: 5px; font-size: ${s13}px; }
QMenu::item { padding: 5px 26px 5px 12px; border-radius: 5px; color: $ink; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $ink3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $toast; color: $ontoast; border: 1px solid $toast; padding: 4px 7px; font-size: ${s12}px; }
QProgressBar { background: $greybg; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QCalendarWidget QWidget { background: $surface; }
QCalendarWidget QToolButton { color: $ink; font-size: ${s13}px; font-weight: 500; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $onaccent; font-size: ${s12}px; }
QFrame#toast { background: $toast; border: 0; border-radius: 8px; }
QLabel#toastText { color: $ontoast; font-size: ${s13}px; font-weight: 500; }
QPushButton#toastButton { color: $toastaccent; background: transparent; border: 1px solid transparent; padding: 0 6px; }
QPushButton#toastButton:focus { border: 2px solid $toastaccent; padding: 0 5px; }
QLabel#toastKey { color: $ontoast; font-size: ${s12}px; }
QLabel#keyCap { color: $ink3; border: 1px solid $line2; border-radius: 4px; padding: 0 6px; font-size: ${s11}px; font-weight: 500; background: $surface; }
""")


def style_sheet(theme: Theme) -> str:
    """The whole sheet for one palette and text size."""
    values: dict[str, object] = dict(theme.tokens.colours)
    values |= {f"s{size}": theme.px(size) for size in (11, 12, 13, 15)}
    # Heights: what is inside the border. A focused thing has a border of 2 instead of 1 and so 2 less inside.
    grow = theme.px(17) - 17
    inner = {"button": 30, "buttonS": 26, "buttonT": 36, "field_": 32, "note": 36, "segment": 26, "rail": 32}
    for name, height in inner.items():
        values[name] = height + grow - 2
        values[name.rstrip("_") + "F"] = height + grow - 4
    values |= {"token": 20 + grow, "bare": 20 + grow, "row28": 28 + grow}
    values |= _special(theme)
    values["roles"] = _roles(theme)
    return _SHEET.substitute(values)


def _special(theme: Theme) -> dict[str, str]:
    """The few places where a palette differs in kind, not in colour."""
    hexes = theme.tokens.colours
    if theme.outlined:
        return {
            "segments": hexes["surface"], "segmentsLine": hexes["line2"], "segmentOn": hexes["selected"],
            "segmentEdge": hexes["selected"], "railOn": hexes["selected"], "railEdge": hexes["accent"],
            "primaryFocus": hexes["focus"],
        }  # fmt: skip
    if theme.dark:
        return {
            "segments": hexes["greybg"], "segmentsLine": hexes["greybg"], "segmentOn": hexes["bg"],
            "segmentEdge": hexes["bg"], "railOn": hexes["surface"], "railEdge": hexes["line"],
            "primaryFocus": hexes["ink"],
        }  # fmt: skip
    return {
        "segments": hexes["greybg"], "segmentsLine": hexes["greybg"], "segmentOn": hexes["surface"],
        "segmentEdge": hexes["surface"], "railOn": hexes["surface"], "railEdge": hexes["line"],
        "primaryFocus": hexes["ink"],
    }  # fmt: skip


def _roles(theme: Theme) -> str:
    from liaison.ui.theme import TYPES

    return "\n".join(
        f'QLabel[role="{role.value}"] {{ color: {theme.hex(kind.colour)}; font-size: {theme.px(kind.size)}px; '
        f"font-weight: {kind.weight}; background: transparent; }}"
        for role, kind in TYPES.items()
    )
