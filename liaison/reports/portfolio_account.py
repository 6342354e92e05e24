"""The account of an insurer on paper: opening, new, paid, rejected and closing per currency, and whether it balances.

An account that does not close is printed all the same: as a draft, with the difference and the claims that make it on
top. Both papers of a portfolio use it, the statement (inside the office) and its sealed annex.
"""

from __future__ import annotations

from collections.abc import Sequence

from liaison.domain.money import Money
from liaison.i18n import N_, Language
from liaison.reports.blocks import (
    Align,
    AskBox,
    Block,
    CellLine,
    Column,
    Grid,
    Heading,
    Note,
    Row,
    Shape,
    Space,
    Voice,
)
from liaison.reports.wording import bound
from liaison.services.claim_account import Account, Entry

DRAFT_BANNER = N_("DRAFT")
MOST_BROKEN = 12


def closes(accounts: Sequence[Account]) -> bool:
    """Whether every currency balances, claim by claim."""
    return not any(account.broken for account in accounts)


def draft_blocks(accounts: Sequence[Account], language: Language) -> list[Block]:
    """What stands on top of an account that does not balance: by how much, and which claims; nothing otherwise."""
    _ = language
    if closes(accounts):
        return []
    broken = [(account.currency, entry) for account in accounts for entry in account.broken]
    sums = ", ".join(
        bound(_.formats.money(Money(account.difference, account.currency))) for account in accounts if account.broken
    )
    rows = tuple(_broken_row(entry, currency, _) for currency, entry in broken[:MOST_BROKEN])
    columns = (
        Column(head=_("Claim"), width=44), Column(head=_("Difference"), width=36, align=Align.RIGHT),
        Column(head="", width=6), Column(head=_("What to look at"), width=88),
    )  # fmt: skip
    words = _("The account does not close: {sums} left over. Settle the claims below before it is sent.", sums=sums)
    blocks: list[Block] = [
        AskBox(head=_("DRAFT, not for the insurer"), words=words),
        Space(height=2.4),
        Grid(columns=columns, rows=rows, name="broken"),
    ]
    if len(broken) > MOST_BROKEN:
        more = len(broken) - MOST_BROKEN
        blocks.append(Note(words=_.plural("{count} more claim like this.", "{count} more claims like this.", more)))
    return blocks


def _broken_row(entry: Entry, currency: str, _: Language) -> Row:
    words = _("more was paid than was due") if entry.difference < 0 else _("closed although a rest was due")
    number = entry.claim.claim_no or f"#{entry.claim.id}"
    return Row(cells=(number, _.formats.money(Money(entry.difference, currency)), "", words))


def money_column(head: str, *, width: float = 24.5) -> Column:
    """A column of amounts."""
    return Column(head=head, width=width, align=Align.RIGHT)


def account_blocks(accounts: Sequence[Account], language: Language, *, period: str) -> list[Block]:
    """One line a currency; none is added to another."""
    _ = language
    if not accounts:
        return []
    columns = (
        Column(head=_("Currency"), width=21),
        money_column(_("Opening")),
        money_column(_("+ new")),
        money_column(_("− paid")),
        money_column(_("− rejected, cut")),
        money_column(_("= closing")),
        Column(head="", width=4.5),
        Column(head=_("Check"), width=26),
    )
    rows = tuple(_account_row(account, _) for account in accounts)
    return [
        Heading(text=_("Account of the period"), note=period),
        Grid(columns=columns, rows=rows, pitch=6.2, name="account"),
        Note(words=_("New: billed on claims that came in. Rejected, cut: what decisions took off, with withdrawals; "
                     "below zero where an appeal brought more back.")),
    ]  # fmt: skip


def _account_row(account: Account, _: Language) -> Row:
    figures = (account.opening, account.new, account.paid, account.rejected, account.closing)
    amounts = [_.formats.amount(Money(minor, account.currency)) for minor in figures]
    if account.broken:
        check = CellLine(words=_("does not close"), voice=Voice.STRONG, shape=Shape.LATE)
    else:
        check = CellLine(words=_("balances"), shape=Shape.DONE)
    amounts[-1:] = []
    closing = CellLine(words=_.formats.amount(Money(account.closing, account.currency)), voice=Voice.STRONG)
    return Row(cells=(account.currency, *amounts, closing, "", check))
