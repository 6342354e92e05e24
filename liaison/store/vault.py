"""The key envelope ``keys.json``: who may open the store, and the one random key that everything is derived from.

::

    passphrase ── argon2id ──┐
    recovery code ─ argon2id ┴─▶ wraps (AES-256-GCM) the data key ── HKDF ─▶ store, journal, attachments, backups

Changing a passphrase wraps the data key again; the store itself is not rewritten. Every setting of a slot is
authenticated with it, and the whole file carries a keyed code, so that no byte of it can be changed unseen.
Source: ``security`` 4.1 to 4.3.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from liaison.domain.errors import LiaisonError, Locked
from liaison.i18n import N_
from liaison.store import recovery
from liaison.store.durable import disk_trouble, write_file
from liaison.store.kdf import KEY_BYTES, SALT_BYTES, Kdf

FILE_NAME = "keys.json"
VERSION = 1
_NONCE_BYTES = 12
_STORE_ID_BYTES = 16
_MAC_BYTES = 32
_LARGEST_FILE = 256 * 1024

NO_STORE = N_("There is no store in this folder. Choose the right folder, or make a new store.")
WRONG_PASSPHRASE = N_("The passphrase is not right. Try again, or open with the recovery code.")
WRONG_CODE = N_(
    "This recovery code belongs to another store, or a newer one was printed since. Look for the newest paper."
)
DAMAGED = N_("The key file keys.json is damaged. Copy keys.json from your newest backup, then try again.")
NEWER = N_("This store was made by a newer version of the program. Update the program; nothing was changed.")


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSWORD = "password"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Who a password slot belongs to; ``id`` is the key of the officer's record."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way in: the data key wrapped under a key derived from a passphrase or from the recovery code."""

    kind: SlotKind
    officer: Officer | None
    kdf: Kdf
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest sealed action that was known outside the store file: its number and code. Zero before the first."""

    number: int = 0
    mac: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The content of ``keys.json``. Readable by all: it holds no secret and no patient's data."""

    store_id: bytes
    db_salt: bytes
    device: int
    language: str
    slots: tuple[Slot, ...] = ()
    head: Head = Head()
    counter: int = 0
    mac: str = ""

    @property
    def officers(self) -> tuple[Officer, ...]:
        """Who may open the store, first come first."""
        return tuple(s.officer for s in self.slots if s.officer is not None)


@dataclass(frozen=True, slots=True)
class Keys:
    """Everything derived from the data key. Lives in memory only and never shows itself."""

    data: bytes = field(repr=False)

    def derived(self, purpose: str) -> bytes:
        """The key for one purpose."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        info = f"liaison {purpose} 1".encode()
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An envelope whose data key is known, and the slot that gave it."""

    envelope: Envelope
    keys: Keys
    slot: Slot


def new_envelope(*, device: int, language: str) -> tuple[Envelope, Keys]:
    """A fresh envelope without slots, and its data key."""
    envelope = Envelope(
        store_id=secrets.token_bytes(_STORE_ID_BYTES),
        db_salt=secrets.token_bytes(SALT_BYTES),
        device=device,
        language=language,
    )
    return envelope, Keys(secrets.token_bytes(KEY_BYTES))


def with_password(envelope: Envelope, keys: Keys, passphrase: str, *, officer: Officer, kdf: Kdf) -> Envelope:
    """The envelope with this officer's slot, new or wrapped again under another passphrase."""
    slot = _wrap(envelope, keys, passphrase, kind=SlotKind.PASSWORD, officer=officer, kdf=kdf)
    known = [i for i, s in enumerate(envelope.slots) if s.officer is not None and s.officer.id == officer.id]
    if not known:
        return replace(envelope, slots=(*envelope.slots, slot))
    return replace(envelope, slots=tuple(slot if i == known[0] else s for i, s in enumerate(envelope.slots)))


def without_officer(envelope: Envelope, officer_id: int) -> Envelope:
    """The envelope without an officer's slot (they left); the last one stays."""
    kept = tuple(s for s in envelope.slots if s.officer is None or s.officer.id != officer_id)
    if not any(s.officer for s in kept):
        raise ValueError("the last officer's slot stays")
    return replace(envelope, slots=kept)


def with_head(envelope: Envelope, head: Head) -> Envelope:
    """The envelope with a newer head of the journal."""
    return replace(envelope, head=head)


def with_new_recovery_code(envelope: Envelope, keys: Keys, *, kdf: Kdf) -> tuple[Envelope, str]:
    """The envelope with a fresh recovery code, which is returned once; an older code opens nothing any more."""
    code = recovery.new_code()
    slot = _wrap(envelope, keys, recovery.read_code(code), kind=SlotKind.RECOVERY, officer=None, kdf=kdf)
    others = tuple(s for s in envelope.slots if s.kind is not SlotKind.RECOVERY)
    return replace(envelope, slots=(*others, slot)), code


def unlock(
    envelope: Envelope, *, passphrase: str | None = None, recovery_code: str | None = None, officer: str | None = None
) -> Opened:
    """Open with a passphrase (of one named officer, or whoever's it is) or with the recovery code.

    Raises :class:`Locked` for a wrong or damaged one, :class:`~liaison.domain.errors.Refused` for a mistyped code.
    """
    if (passphrase is None) == (recovery_code is None):
        raise ValueError("one of passphrase and recovery_code")
    if passphrase is not None:
        kind, secret, sentence = SlotKind.PASSWORD, passphrase, WRONG_PASSPHRASE
    else:
        kind, secret, sentence = SlotKind.RECOVERY, recovery.read_code(recovery_code or ""), WRONG_CODE
    for slot in envelope.slots:
        slot.kdf.check()
    for slot in envelope.slots:
        if slot.kind is kind and (officer is None or slot.officer is None or slot.officer.name == officer):
            keys = _unwrap(envelope, slot, secret)
            if keys is not None:
                check_envelope(envelope, keys)
                return Opened(envelope=envelope, keys=keys, slot=slot)
    raise Locked(sentence)


def write_envelope(folder: Path, envelope: Envelope, keys: Keys) -> Envelope:
    """Put ``keys.json`` into the folder, whole or not at all; returns it as written."""
    sealed = sealed_envelope(envelope, keys)
    with disk_trouble():
        write_file(folder / FILE_NAME, to_bytes(sealed))
    return sealed


def sealed_envelope(envelope: Envelope, keys: Keys) -> Envelope:
    """The envelope as it goes to a file: counted up and under its keyed code."""
    counted = replace(envelope, counter=envelope.counter + 1, mac="")
    return replace(counted, mac=_mac(counted, keys))


def read_envelope(folder: Path) -> Envelope:
    """What ``keys.json`` says before any passphrase: officers' names and the office's language."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise Locked(NO_STORE)
    with disk_trouble(), path.open("rb") as file:
        return from_bytes(file.read(_LARGEST_FILE + 1))


def check_envelope(envelope: Envelope, keys: Keys) -> None:
    """Raise :class:`Locked` where a byte of the envelope was changed."""
    if not hmac.compare_digest(_mac(envelope, keys), envelope.mac):
        raise Locked(DAMAGED)


def to_bytes(envelope: Envelope) -> bytes:
    """The one way an envelope is written, so that any other bytes are damage."""
    return (json.dumps(_to_plain(envelope), ensure_ascii=True, sort_keys=True, indent=1) + "\n").encode("ascii")


def from_bytes(content: bytes) -> Envelope:
    """Read an envelope; anything not written by :func:`to_bytes` raises :class:`Locked`."""
    try:
        plain = json.loads(content.decode("ascii")) if len(content) <= _LARGEST_FILE else None
        if isinstance(plain, dict) and type(plain.get("version")) is int and plain["version"] > VERSION:
            raise Locked(NEWER)
        envelope = _from_plain(plain)
        same = to_bytes(envelope) == content
    except LiaisonError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise Locked(DAMAGED) from error
    if not same:
        raise Locked(DAMAGED)
    return envelope


def _wrap(envelope: Envelope, keys: Keys, secret: str, *, kind: SlotKind, officer: Officer | None, kdf: Kdf) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slot = Slot(
        kind=kind, officer=officer, kdf=kdf, salt=secrets.token_bytes(SALT_BYTES),
        nonce=secrets.token_bytes(_NONCE_BYTES), wrapped=b"",
    )  # fmt: skip
    key = kdf.derive(secret, slot.salt)
    return replace(slot, wrapped=AESGCM(key).encrypt(slot.nonce, keys.data, _authenticated(envelope, slot)))


def _unwrap(envelope: Envelope, slot: Slot, secret: str) -> Keys | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = slot.kdf.derive(secret, slot.salt)
    try:
        return Keys(AESGCM(key).decrypt(slot.nonce, slot.wrapped, _authenticated(envelope, slot)))
    except InvalidTag:
        return None


def _authenticated(envelope: Envelope, slot: Slot) -> bytes:
    said = {**_slot_to_plain(slot), "wrapped": "", "version": VERSION, "store": envelope.store_id.hex()}
    return json.dumps(said, ensure_ascii=True, sort_keys=True).encode("ascii")


def _mac(envelope: Envelope, keys: Keys) -> str:
    return hmac.digest(keys.derived("envelope"), to_bytes(replace(envelope, mac="")), "sha256").hex()


def _to_plain(envelope: Envelope) -> dict[str, Any]:
    return {
        "what": "liaison keys", "version": VERSION, "store": envelope.store_id.hex(), "db_salt": envelope.db_salt.hex(),
        "device": envelope.device, "language": envelope.language, "slots": [_slot_to_plain(s) for s in envelope.slots],
        "head": {"number": envelope.head.number, "mac": envelope.head.mac.hex()},
        "counter": envelope.counter, "mac": envelope.mac,
    }  # fmt: skip


def _slot_to_plain(slot: Slot) -> dict[str, Any]:
    kdf = {
        "alg": "argon2id",
        "t": slot.kdf.time,
        "m": slot.kdf.memory_kib,
        "p": slot.kdf.lanes,
        "salt": slot.salt.hex(),
    }
    officer = None if slot.officer is None else {"id": slot.officer.id, "name": slot.officer.name}
    return {
        "kind": slot.kind.value,
        "officer": officer,
        "kdf": kdf,
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
    }


def _from_plain(plain: Any) -> Envelope:
    head = plain["head"]
    return Envelope(
        store_id=_hex(plain["store"], _STORE_ID_BYTES), db_salt=_hex(plain["db_salt"], SALT_BYTES),
        device=_whole(plain["device"]), language=_text(plain["language"]),
        slots=tuple(_slot_from_plain(s) for s in plain["slots"]),
        head=Head(number=_whole(head["number"]), mac=_hex(head["mac"], _MAC_BYTES if head["number"] else 0)),
        counter=_whole(plain["counter"]), mac=_text(plain["mac"]),
    )  # fmt: skip


def _slot_from_plain(plain: dict[str, Any]) -> Slot:
    kdf, who = plain["kdf"], plain["officer"]
    return Slot(
        kind=SlotKind(plain["kind"]),
        officer=None if who is None else Officer(id=_whole(who["id"]), name=_text(who["name"])),
        kdf=Kdf(time=_whole(kdf["t"]), memory_kib=_whole(kdf["m"]), lanes=_whole(kdf["p"])),
        salt=_hex(kdf["salt"], SALT_BYTES), nonce=_hex(plain["nonce"], _NONCE_BYTES),
        wrapped=_hex(plain["wrapped"], KEY_BYTES + 16),
    )  # fmt: skip


def _hex(text: str, length: int) -> bytes:
    value = bytes.fromhex(text)
    if len(value) != length:
        raise ValueError("wrong length")
    return value


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("not a whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
