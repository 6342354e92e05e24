"""The keys of the whole program and of its pages, each changed by pressing another; kept on this machine."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from liaison.i18n import N_
from liaison.ui.desk import Desk
from liaison.ui.key_sheet import native
from liaison.ui.own_keys import Keyed, holder, keys_now, normal, refusal
from liaison.ui.page_keys import LISTS
from liaison.ui.pages.settings_parts import Part
from liaison.ui.theme import Role
from liaison.ui.widgets.buttons import icon_button, secondary, set_button_text
from liaison.ui.widgets.key_field import KeyField
from liaison.ui.widgets.label import Label
from liaison.ui.widgets.toast import announce

EVERYWHERE = N_("Everywhere")
ON_LISTS = N_("On the lists of journeys and claims")
HELD = N_("{keys} already means “{action}”. Take it from there, or press other keys.")
HELD_ON = N_("{keys} already means “{action}” on the page {page}. Take it from there, or press other keys.")
HELD_ON_LISTS = N_("{keys} already means “{action}” in lists. Take it from there, or press other keys.")
FIELD_WIDTH = 150


class KeyRow(QWidget):
    """One action with its key, a way to take the key off and one back to the usual key, and what was refused."""

    def __init__(self, part: KeysPart, action: Keyed) -> None:
        super().__init__()
        desk, words = part.desk, part.desk.words
        self.action = action
        name = words(action.text)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Label(name, Role.TEXT, elide=True), 1)
        self.field = KeyField(words, name=name)
        self.field.setMinimumWidth(desk.theme.px(FIELD_WIDTH))
        self.field.setEnabled(action.may_change)
        self.field.pressed_keys.connect(partial(part.wanted, self))
        row.addWidget(self.field)
        take_off = words(N_("“{action}” without a key"), action=name)
        self.off = icon_button(desk.icons, "x", take_off, partial(part.take, self, ""), size=13)
        back = words(N_("Usual key of “{action}”"), action=name)
        self.back = icon_button(desk.icons, "undo-2", back, partial(part.usual, self), size=13)
        for button in (self.off, self.back):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            row.addWidget(button)
        box.addLayout(row)
        self.wrong = Label("", Role.ERROR, wrap=True)
        self.wrong.hide()
        box.addWidget(self.wrong)
        self.cure = secondary(desk.icons, words(N_("Take it from there")), partial(part.take_over, self), small=True)
        cures = QHBoxLayout()
        cures.addWidget(self.cure)
        cures.addStretch(1)
        self.cure.hide()
        box.addLayout(cures)

    def refuse(self, message: str, *, cure: str = "") -> None:
        """Say why not, and offer the way out; an empty message takes both away."""
        self.wrong.setText(message)
        self.wrong.setVisible(bool(message))
        self.cure.setVisible(bool(cure))
        if cure:
            set_button_text(self.cure, cure)
        if message:
            announce(self.field, message)


class KeysPart(Part):
    """Every key: press another one for it; it holds at once."""

    sentences = (N_("Keys of the whole program"), N_("Other keys for an action"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("Keys"))
        self.say(N_("Click a key, or press Enter on it, then press the keys you want. Esc leaves it as it was."))
        self.say(
            N_("F1 shows the keys of the page you are on. Keys that save a form or move in a list stay as they are.")
        )
        self.rows: dict[str, KeyRow] = {}
        self._held: dict[str, tuple[str, Keyed]] = {}
        for title, actions in self._groups():
            self.pane.body.addSpacing(10)
            self.put(Label(title, Role.SECTION))
            for action in actions:
                row = self.rows[action.key] = KeyRow(self, action)
                self.put(row)
        self.restore_button(self.restore)
        self.finish()
        self._show()

    def _groups(self) -> list[tuple[str, list[Keyed]]]:
        """What holds everywhere, on lists, on each page."""
        groups: dict[str, list[Keyed]] = {}
        for action in self.desk.actions.keyed():
            if action.may_change:
                groups.setdefault(self._place(action), []).append(action)
        return list(groups.items())

    def _place(self, action: Keyed) -> str:
        words = self.desk.words
        if not action.pages:
            return words(EVERYWHERE)
        if action.pages == LISTS:
            return words(ON_LISTS)
        from liaison.ui.pages_list import PAGES

        return words(next(entry.title for entry in PAGES if entry.key in action.pages))

    def _show(self) -> None:
        """The keys that hold now."""
        own = self.desk.actions.own
        for key, row in self.rows.items():
            keys = keys_now(row.action, own)
            row.field.show_keys(keys[0] if keys else "")
            row.off.setVisible(bool(keys))
            row.back.setVisible(key in own)

    # what is wanted

    def wanted(self, row: KeyRow, pressed: str) -> None:
        """Take the keys pressed, or say who has them or why nobody may."""
        words = self.desk.words
        why = refusal(pressed)
        self._held.pop(row.action.key, None)
        if why is not None:
            row.refuse(words(why.value, keys=native(pressed)))
            return
        keys = normal(pressed)
        held = holder(self.desk.actions.keyed(), self.desk.actions.own, row.action, keys)
        if held is None:
            self.take(row, keys)
            return
        if not held.may_change:
            row.refuse(words(N_("{keys} already means “{action}”, which keeps it. Press other keys."),
                             keys=native(keys), action=words(held.text)))  # fmt: skip
            return
        self._name_holder(row, keys, held)

    def _name_holder(self, row: KeyRow, keys: str, held: Keyed) -> None:
        """Say who has these keys, and where, with the button that takes them over."""
        words = self.desk.words
        self._held[row.action.key] = (keys, held)
        sentence = HELD if not held.pages else HELD_ON_LISTS if held.pages == LISTS else HELD_ON
        message = words(sentence, keys=native(keys), action=words(held.text), page=self._place(held))
        row.refuse(message, cure=words(N_("Take it from “{action}”"), action=words(held.text)))

    def take_over(self, row: KeyRow) -> None:
        """The key goes from the other action to this one; the other has none until it is given another."""
        keys, _held = self._held.pop(row.action.key, ("", row.action))
        if not keys:
            return
        actions, action = self.desk.actions, row.action
        own = {**actions.own, action.key: keys}
        if keys in keys_now(action, {}):
            del own[action.key]
        for each in keys_now(action, own):
            while (other := holder(actions.keyed(), own, action, each)) is not None and other.may_change:
                own[other.key] = ""
        self._keep(own)
        row.field.setFocus()

    def take(self, row: KeyRow, keys: str) -> None:
        """Let these keys mean this from now on."""
        self._keep({**self.desk.actions.own, row.action.key: keys})

    def usual(self, row: KeyRow) -> None:
        """Back to the usual key, unless somebody has it now."""
        own = {key: keys for key, keys in self.desk.actions.own.items() if key != row.action.key}
        for keys in keys_now(row.action, {}):
            held = holder(self.desk.actions.keyed(), own, row.action, keys)
            if held is not None:
                self._name_holder(row, keys, held)
                return
        self._keep(own)
        row.field.setFocus()

    def restore(self) -> None:
        """All keys as they are usual."""
        self._keep({})
        self.desk.toast(self.desk.words(N_("The usual keys hold again")), undo=False)

    def _keep(self, own: dict[str, str]) -> None:
        self.desk.actions.use(own)
        self.desk.frame.remember(keys=dict(self.desk.actions.own))
        self._held.clear()
        for row in self.rows.values():
            row.refuse("")
        self._show()
