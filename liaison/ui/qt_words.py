"""Qt's own words (OK, Cancel, Copy, Paste, the print dialog) in Bahasa Indonesia, which Qt does not bring."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from liaison.i18n import resources


class QtWords:
    """Keeps the translator that is in use."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translator: QTranslator | None = None

    def use(self, code: str) -> None:
        """Speak another language in Qt's own dialogs."""
        self.forget()
        translator = QTranslator()
        loaded = translator.load(str(resources() / "qt" / f"qtbase_{code}.qm"))
        if not loaded:
            translator.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._app.installTranslator(translator)
        self._translator = translator
        QLocale.setDefault(QLocale("id_ID" if code == "id" else "en_GB"))

    def forget(self) -> None:
        """Leave Qt to its own English."""
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
