"""The kinds of lists the import page offers, in their order."""

from __future__ import annotations

from liaison.i18n import N_
from liaison.ui.pages import import_claims
from liaison.ui.pages.import_rows import ListKind

KINDS: tuple[ListKind, ...] = (
    ListKind(
        key="claims",
        label=N_("Claim list"),
        icon="receipt-text",
        title=import_claims.TITLE,
        read=import_claims.read_file,
        plan=import_claims.plan,
        write=import_claims.write,
        review=import_claims.review,
        asks=frozenset({"city", "currency", "insurer"}),
    ),
)
