"""One window per store: a second start raises the first one instead. The store's own lock is what protects the data."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CALL = b"come forward\n"
WAIT_MS = 800


class SingleInstance(QObject):
    """``is_first`` says whether no other window is open on this store; ``called`` fires when another start calls."""

    called = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        mark = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
        self._name = f"liaison-{mark}"
        self._server: QLocalServer | None = None
        self.is_first = not self._somebody_answers()
        if self.is_first:
            QLocalServer.removeServer(self._name)  # left behind by a crash
            self._server = QLocalServer(self)
            self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
            self._server.newConnection.connect(self._answer)
            self._server.listen(self._name)

    def _somebody_answers(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        found = socket.waitForConnected(WAIT_MS)
        socket.abort()
        return found

    def call_the_first(self) -> None:
        """Ask the window that is open to come forward."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(WAIT_MS):
            socket.write(CALL)
            socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()

    def _answer(self) -> None:
        if self._server is None:
            return
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(lambda: self._heard(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _heard(self, socket: QLocalSocket) -> None:
        if bytes(socket.readAll().data()).startswith(CALL):
            self.called.emit()

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()
