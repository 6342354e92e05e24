"""Insight counted anew with pandas, from nothing but the workbook of rows that the program itself writes out.

Shares no code with the answers: outcomes, balances, ages and gaps are worked out here once more, in pandas.
"""

import datetime as dt
import math

import pandas as pd

from liaison.domain.claims import ClaimState
from liaison.domain.codes import ReasonCode
from liaison.domain.insight import Outcome, Question
from liaison.domain.journeys import JourneyState, PayerPath
from liaison.domain.payments import BillKind
from liaison.domain.periods import Period, span_of
from liaison.domain.targets import ClockKind, Unit
from liaison.exchange import workbook
from liaison.i18n import Language
from liaison.services.insight_rows import every_row
from liaison.services.insight_views import Age, Word

WORDS = Language("en")
MONTHS = (Period.MONTH_BEFORE, Period.LAST_MONTH, Period.THIS_MONTH)
DECIDED = {"approved", "partially approved", "payment pending", "payment disputed"}


def frames_of(store, folder):
    """The four tables of rows, written into a workbook by the program and read back by pandas."""
    target = folder / "rows.xlsx"
    with store.read() as session:
        workbook.write(every_row(session), target, language=WORDS)
    frames = pd.read_excel(target, sheet_name=None, engine="calamine", keep_default_na=False, na_values=[""])
    return [frames[name] for name in ("Cases", "Claims", "Final bills", "Clocks")]


def coded(labels, kind):
    """Codes from the words that the workbook bears; none stays none."""
    by_word = {WORDS(one.label): one for one in kind}
    return labels.map(lambda word: by_word[word] if isinstance(word, str) else None)


def minor(amounts):
    return (amounts.fillna(0) * 100).round().astype("int64")


def text(column):
    return column.fillna("").astype(str)


def middle(values, share=0.5):
    ordered = sorted(values)
    return ordered[max(math.ceil(round(share * len(ordered), 9)), 1) - 1]


class Recount:
    """The exported rows, with what can be worked out of each."""

    def __init__(self, frames, today):
        self.today = today
        self.cases, self.claims, self.bills, self.clocks = (frame.copy() for frame in frames)
        self._cases()
        self._claims()
        self.bills["minor"] = minor(self.bills["Amount"])
        self.bills["Kind"] = coded(self.bills["Kind"], BillKind)

    def _cases(self):
        c = self.cases
        c["state"] = coded(c["Status"], JourneyState)
        c["open"] = c["Open"] == "yes"
        c["city"], c["place"], c["country"] = (
            text(c[name]) for name in ("Home city", "City of treatment", "Country of treatment")
        )
        c["outcome"] = [self.outcome(row) for row in zip(
            c["state"], c["Treated at home"], c["Answered without travel"], strict=True)]  # fmt: skip
        c["opened"], c["ended"] = c["Opened on"], c["Ended on"]
        c["days"] = [(self.today - moment.date()).days for moment in c["Status since"]]

    @staticmethod
    def outcome(row):
        state, at_home, answered = row
        if "yes" in (at_home, answered) or state is JourneyState.REDIRECTED_DOMESTIC:
            return Outcome.HOME
        if state in (JourneyState.CANCELLED, JourneyState.LOST, JourneyState.DECEASED):
            return Outcome.ENDED
        return Outcome.AHEAD if state.value <= "J08" else Outcome.AWAY

    def _claims(self):
        c = self.claims
        c["state"] = coded(c["Status"], ClaimState)
        self.claims = c = c[c["state"] != ClaimState.VOID].copy()
        c["city"], c["house"] = text(c["Home city"]), text(c["Insurer"])
        for name in ("Billed", "Approved", "Paid"):
            c[name.lower()] = minor(c[name])
        decided = c["state"].isin([ClaimState.APPROVED, ClaimState.PARTIALLY_APPROVED, ClaimState.PAYMENT_PENDING,
                                   ClaimState.DISPUTED_PAYMENT])  # fmt: skip
        owed = c["approved"].where(decided & c["Approved"].notna(), c["billed"])
        rest = (owed - c["paid"]).clip(lower=0)
        over = (c["Open"] == "no") | c["state"].isin([ClaimState.REJECTED, ClaimState.PAID])
        short = (c["state"] == ClaimState.PAID) & (c["paid"] > 0) & (c["approved"] > c["paid"])
        c["unpaid"] = rest.where(~over, 0).where(~short, c["approved"] - c["paid"])
        c["age"] = [(self.today - moment.date()).days for moment in c["Age counts from"]]

    # narrowing

    def of(self, frame, scope):
        return frame[frame["city"].str.lower().str.contains(scope.city.lower(), regex=False)] if scope.city else frame

    def within(self, frame, days, period):
        if period is None:
            return frame
        span = span_of(period, self.today)
        first, last = pd.Timestamp(span.first), pd.Timestamp(span.last)
        return frame[(pd.to_datetime(frame[days]) >= first) & (pd.to_datetime(frame[days]) <= last)]

    def opened(self, scope):
        return self.within(self.of(self.cases, scope), "opened", scope.period)

    # the questions: for each table the figures by what names their row

    def answer(self, question, scope):
        return {
            Question.PILES: self.piles, Question.SLOW: self.slow, Question.UNPAID: self.unpaid,
            Question.ROUTES: self.routes, Question.CHANGED: self.changed, Question.MISSING: self.missing,
            Question.CITY: self.one_city,
        }[question](scope)  # fmt: skip

    def piles(self, scope):
        cases = self.of(self.cases[self.cases["open"]], scope)
        officers = text(cases["Officer"]).value_counts()
        return {
            "Open cases by status": {
                (state,): (len(d), middle(d), max(d)) for state, d in cases.groupby("state")["days"]
            },
            "Open cases by officer": {(name,): (int(n),) for name, n in officers.items()},
        }

    def slow(self, scope):
        c = self.clocks.copy()
        c["city"], c["house"] = text(c["Home city"]), text(c["House"])
        c["answered"] = pd.to_datetime(c["Answered"]).dt.normalize()
        c = self.within(self.of(c, scope), "answered", scope.period)
        c["kind"], c["unit"] = coded(c["Step"], ClockKind), coded(c["Counted in"], Unit)
        found = {}
        for (kind, house), group in c.groupby(["kind", "house"]):
            unit = group["unit"].iloc[0]
            per = 60 if unit in (Unit.HOURS, Unit.WORKING_HOURS) else 1440
            times = [round(minutes * 60) for minutes in group["Took, minutes"]]
            half, ninth = (round(middle(times, share) / 60 / per, 6) for share in (0.5, 0.9))
            kept = int((group["In time"] == "yes").sum())
            found[kind, house] = (unit, len(group), half, ninth, int(group["Target"].iloc[0]), kept)
        return {"How long it took, by house and step": found}

    def unpaid(self, scope):
        claims = self.of(self.claims[self.claims["unpaid"] > 0], scope)
        bands = pd.cut(claims["age"], [-(10**6), 30, 60, 90, 10**6], labels=[a.value for a in Age]).astype(str)
        ages = {
            (Age(band), unit): (len(f), int(f["unpaid"].sum()))
            for (band, unit), f in claims.groupby([bands, "Currency"])
        }
        for unit in claims["Currency"].unique():
            for band in Age:
                ages.setdefault((band, unit), (0, 0))
        houses = {
            (house, unit): (
                len(f), int(f["unpaid"].sum()), int(f.loc[f["age"] > 90, "unpaid"].sum()), int(f["age"].max()),
            )
            for (house, unit), f in claims.groupby(["house", "Currency"])
        }  # fmt: skip
        return {"Unpaid claims by age": ages, "Unpaid by insurer": houses}

    def routes(self, scope):
        cases = self.opened(scope)
        return {
            "From where to where": self._pairs(cases),
            "What became of them, by home city": {
                (city,): (len(f), *(int((f["outcome"] == o).sum()) for o in Outcome))
                for city, f in cases.groupby("city")
            },
        }

    def _pairs(self, cases):
        place = cases["place"].where(cases["place"] != "", cases["country"])
        return {pair: (int(n),) for pair, n in cases.groupby(["city", place]).size().items()}

    def changed(self, scope):
        cases, claims = self.of(self.cases, scope), self.of(self.claims, scope)
        went, home = cases[cases["outcome"] == Outcome.AWAY], cases[cases["outcome"] == Outcome.HOME]
        asked = {
            Word.OPENED: (cases, "opened"), Word.AWAY: (went, "opened"), Word.HOME: (home, "opened"),
            Word.ENDED: (cases, "ended"), Word.SUBMITTED: (claims, "Submitted on"),
            Word.DECIDED: (claims, "Decided on"),
        }  # fmt: skip
        counts = {
            (word,): self._with_change([len(self.within(frame, days, p)) for p in MONTHS])
            for word, (frame, days) in asked.items()
        }
        money = {}
        for word, days, name in (
            (Word.BILLED, "Submitted on", "billed"), (Word.APPROVED, "Decided on", "approved"),
        ):  # fmt: skip
            lots = [self.within(claims, days, p) for p in MONTHS]
            for unit in {u for lot in lots for u in lot["Currency"]}:
                sums = [int(lot.loc[lot["Currency"] == unit, name].sum()) for lot in lots]
                money[word, unit] = self._with_change(sums)
        months = pd.to_datetime(cases["opened"]).dt.strftime("%Y-%m").value_counts()
        first = pd.Period(self.today, "M")
        trend = {
            (str(first - ago),): (int(months.get(str(first - ago), 0)), int(months.get(str(first - ago - 12), 0)))
            for ago in range(1, 13)
        }
        return {
            "Last month against the month before": counts,
            "Money, last month against the month before": money,
            "Cases opened, month by month": trend,
        }

    @staticmethod
    def _with_change(values):
        before, last, now = values
        return before, last, last - before, now

    def missing(self, scope):
        c = self.of(self.cases[self.cases["open"]], scope)
        claims = self.of(self.claims, scope)
        pays = coded(c["Who pays"], PayerPath)
        on_cases = {
            "home city": c["city"] == "", "country of treatment": c["country"] == "", "hospital": c["Hospital"].isna(),
            "policy": (c["Cover on record"] == "no") & (pays != PayerPath.SELF_PAY), "who pays": c["Who pays"].isna(),
            "diagnosis or need": c["Diagnosis or need written down"] == "no", "officer in charge": c["Officer"].isna(),
            "next step": c["Next step planned"] == "no", "date of birth": c["Date of birth known"] == "no",
            "telephone number": c["Telephone known"] == "no",
        }  # fmt: skip
        unsaid = claims["Reason"].isna() | (claims["Reason"] == WORDS(ReasonCode.R99.label))
        on_claims = {
            "claim number": claims["Claim number"].isna(), "date submitted": claims["Submitted on"].isna(),
            "insurer": claims["Insurer"].isna(), "hospital": claims["Hospital"].isna(),
            "home city": claims["city"] == "",
            "reason for the rejection": (claims["state"] == ClaimState.REJECTED) & unsaid,
        }  # fmt: skip
        return {
            "Missing on open cases": {(what,): (int(which.sum()), len(c)) for what, which in on_cases.items()},
            "Missing on claims": {(what,): (int(which.sum()), len(claims)) for what, which in on_claims.items()},
        }

    def one_city(self, scope):
        cases = self.opened(scope)
        claims = self.within(self.of(self.claims, scope), "Submitted on", scope.period)
        bills = self.bills[self.bills["Case number"].isin(cases["Case number"])]
        out = {(Word.OPENED, None): (len(cases), cases["Person"].nunique(), None)}
        out |= {(o, None): (int((cases["outcome"] == o).sum()), None, None) for o in Outcome}
        out |= {
            (Word.FINAL_BILLS, unit): (f["Case number"].nunique(), None, int(f["minor"].sum()))
            for unit, f in bills.groupby("Currency")
        }
        away = cases[cases["outcome"] == Outcome.AWAY]
        wanted = scope.city.lower()
        every = self.within(self.cases, "opened", scope.period)
        here = every["place"].str.lower().str.contains(wanted, regex=False)
        came = every[here & ~every["city"].str.lower().str.contains(wanted, regex=False)]
        whither = away["place"].where(away["place"] != "", away["country"])
        return {
            "Out and kept": out,
            "Claims submitted": {
                (unit,): (len(f), *(int(f[name].sum()) for name in ("billed", "approved", "paid", "unpaid")))
                for unit, f in claims.groupby("Currency")
            },
            "Where those who left went": self._counted(whither),
            "Why they left": self._counted(text(away["Reason of the decision"])),
            "Came to this city from elsewhere": self._counted(came["city"]),
            "Why they came": self._counted(text(came["Reason of the decision"])),
        }

    @staticmethod
    def _counted(column):
        return {(value,): (int(n),) for value, n in column.value_counts().items()}


# the answers, brought into the same shape

NAMES = {
    "Open cases by status": ((0,), (2, 3, 4)), "Open cases by officer": ((0,), (1,)),
    "How long it took, by house and step": ((0, 1), (2, 3, 4, 5, 6, 7)), "Unpaid claims by age": ((0, 1), (2, 3)),
    "Unpaid by insurer": ((0, 1), (2, 3, 4, 5)), "From where to where": ((0, 1), (2,)),
    "What became of them, by home city": ((0,), (1, 2, 3, 4, 5)),
    "Last month against the month before": ((0,), (2, 3, 4, 5)),
    "Money, last month against the month before": ((0, 1), (2, 3, 4, 5)),
    "Cases opened, month by month": ((0,), (1, 2)), "Missing on open cases": ((0,), (1, 2)),
    "Missing on claims": ((0,), (1, 2)), "Out and kept": ((0, 1), (2, 3, 4)),
    "Claims submitted": ((0,), (1, 2, 3, 4, 5)), "Where those who left went": ((0,), (1,)),
    "Why they left": ((0,), (1,)), "Came to this city from elsewhere": ((0,), (1,)), "Why they came": ((0,), (1,)),
}  # fmt: skip
"""Of each table the columns that name a row, and those that count."""


def told(answer):
    """What an answer says, table by table, in plain values."""
    return {
        table.title: {
            tuple(_name(table.title, line.cells[at]) for at in NAMES[table.title][0]): tuple(
                _figure(line.cells[at]) for at in NAMES[table.title][1]
            )
            for line in table.lines
        }
        for table in answer.tables
    }


def _name(title, cell):
    if cell in (Word.NOT_STATED, Word.THIS_OFFICE):
        return ""
    return WORDS(cell.label) if title.startswith("Missing") else cell


def _figure(cell):
    return getattr(cell, "minor", cell)


def agrees(told_figures, counted):
    """Whether two tables hold the same rows; times, told to one decimal, may differ by their rounding only."""
    if told_figures.keys() != counted.keys():
        return False
    return all(_same(told_figures[key], counted[key]) for key in counted)


def _same(ours, theirs):
    return len(ours) == len(theirs) and all(
        a == b or (isinstance(b, float) and abs(float(a) - b) <= 0.0501) for a, b in zip(ours, theirs, strict=True)
    )


def day_of(moment):
    """The day on the wall in Medan."""
    return moment.astimezone(dt.timezone(dt.timedelta(hours=7))).date()
