"""A paper sealed with a password that both sides agreed: AES-256, title, text and files in it; its file names nobody.

The password is told by telephone, never with the file. Source: ``security`` T14 and promise 18.
"""

from __future__ import annotations

import io
import secrets
from dataclasses import replace

from liaison.domain.errors import Refused
from liaison.domain.fields import problem
from liaison.i18n import N_
from liaison.reports.making import ReportResult

LEAST_CHARACTERS = 10
MOST_BYTES = 127
"""What the format takes of a password."""

TOO_SHORT = N_("The agreed password has at least {count} characters.")
TOO_LONG = N_("The agreed password is too long for a PDF. Agree on a shorter one.")

_OWNER_BYTES = 32


def sealed(result: ReportResult, password: str) -> ReportResult:
    """The paper as a file that opens only with the password. Refuses one that is too short or too long."""
    return replace(result, data=seal_checked(result.data, password), open_data=result.data)


def sealed_with(result: ReportResult, name: str, content: bytes, password: str) -> ReportResult:
    """The paper with a file in it, sealed as one; the kept pages are the paper alone."""
    return replace(result, data=seal_checked(holding(result.data, name, content), password), open_data=result.data)


def holding(data: bytes, name: str, content: bytes) -> bytes:
    """A PDF with a file attached, as every reader of PDFs lists it."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(
            pdf, content, filename=name, mime_type="application/json", description="", creation_date="", mod_date=""
        )
        pdf.save(out)
    return out.getvalue()


def seal_checked(data: bytes, password: str) -> bytes:
    """A PDF sealed with a password. Refuses one that is too short or too long."""
    return seal(data, agreed(password))


def agreed(password: str) -> str:
    """A password as both sides type it. Refuses one that is too short or too long."""
    typed = password.strip()
    if len(typed) < LEAST_CHARACTERS:
        raise Refused([problem("PASSWORD_SHORT", TOO_SHORT, "password", count=LEAST_CHARACTERS)])
    if len(typed.encode()) > MOST_BYTES:
        raise Refused([problem("PASSWORD_LONG", TOO_LONG, "password")])
    return typed


def seal(data: bytes, password: str) -> bytes:
    """A PDF encrypted with AES-256 (revision 6); nobody knows the owner's password, so the user's is the only key."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        lock = pikepdf.Encryption(
            user=password, owner=secrets.token_urlsafe(_OWNER_BYTES), R=6, aes=True, metadata=True
        )
        pdf.save(out, encryption=lock)
    return out.getvalue()
