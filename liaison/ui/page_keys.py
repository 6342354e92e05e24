"""The keys of all pages in one list, so that settings can show and change them without building every page.

A test goes through the pages and compares. Single letters of rows and the nine sorting keys are not here: lists hear
those themselves.
"""

from __future__ import annotations

from liaison.i18n import N_
from liaison.ui.own_keys import Keyed

LISTS = frozenset({"journeys", "claims", "network", "agreements", "printed_reports", "printed_figures", "printed_rows"})
DATED = frozenset({"journeys", "claims"})
"""Lists whose rows have dates that a period may go by."""


def _on(page: str, key: str, text: str, keys: str) -> Keyed:
    return Keyed(key=key, text=text, keys=(keys,), pages=frozenset({page}))


def _on_lists(key: str, text: str, keys: str) -> Keyed:
    return Keyed(key=key, text=text, keys=(keys,), pages=LISTS)


PAGE_KEYS: tuple[Keyed, ...] = (
    _on_lists("list.filter", N_("Filter this list"), "Ctrl+F"),
    _on_lists("list.filter_row", N_("Filter row under the titles"), "Ctrl+Shift+L"),
    _on_lists("list.group", N_("Group…"), "Ctrl+G"),
    Keyed(key="list.period", text=N_("Period…"), keys=("Ctrl+Shift+D",), pages=DATED),
    _on_lists("list.columns", N_("Columns…"), "Ctrl+Shift+K"),
    _on_lists("list.views", N_("Views…"), "F8"),
    _on_lists("list.keep_view", N_("Keep as a view…"), "Ctrl+Shift+S"),
    _on_lists("list.copy", N_("Copy rows with their titles"), "Ctrl+Shift+C"),
    _on_lists("list.excel", N_("Write this list into a workbook…"), "Ctrl+E"),
    _on("today", "today.new", N_("New case"), "Ctrl+N"),
    _on("today", "today.handover", N_("Hand-over sheet"), "Ctrl+P"),
    _on("today", "today.clocks", N_("Clocks over their target"), "Ctrl+Shift+P"),
    _on("journeys", "journeys.new", N_("New journey"), "Ctrl+N"),
    _on("journeys", "journeys.print", N_("Print papers of the chosen cases…"), "Ctrl+P"),
    _on("reports", "reports.audiences", N_("Compare audiences"), "F7"),
    _on("print_run", "print_run.make", N_("Make the papers"), "F9"),
    _on("print_run", "print_run.print", N_("Print this run"), "Ctrl+P"),
    _on("print_run", "print_run.pdf", N_("Save this run as PDF"), "Ctrl+S"),
    _on("papers", "papers.ask", N_("Ask for papers"), "Ctrl+P"),
    _on("papers", "papers.asked", N_("Somebody asked for a paper"), "Ctrl+N"),
    _on("journey", "journey.move", N_("Move stage…"), "Ctrl+M"),
    _on("journey", "journey.print", N_("Print the case summary"), "Ctrl+P"),
    _on("journey", "journey.note", N_("Write a note"), "Ctrl+J"),
    _on("journey", "journey.letter", N_("A guarantee letter arrived…"), "Ctrl+G"),
    _on("journey", "journey.send_plan", N_("Send the travel plan by WhatsApp…"), "Ctrl+Shift+W"),
    _on("journey", "journey.step", N_("Add a step"), "Ctrl+N"),
    _on("message", "message.same", N_("Use the person on record"), "Alt+S"),
    _on("urgent", "urgent.handed", N_("Handed over now"), "F3"),
    _on("urgent", "urgent.same", N_("Use the person on record"), "Alt+S"),
    _on("claims", "claims.new", N_("New claim"), "Ctrl+N"),
    _on("claim", "claim.move", N_("Move the claim…"), "Ctrl+M"),
    _on("claim", "claim.print", N_("Print the status letter"), "Ctrl+P"),
    _on("letter", "letter.arrived", N_("A guarantee letter arrived…"), "Ctrl+G"),
    _on("letter", "letter.move", N_("Move the letter…"), "Ctrl+M"),
    _on("network", "network.new", N_("New entry"), "Ctrl+N"),
    _on("network", "network.panels", N_("Panels: who takes whose letters"), "Ctrl+M"),
    _on("network", "network.vcards", N_("Save as vCards…"), "Ctrl+Shift+E"),
    _on("network", "network.groups", N_("Hospital groups"), "Ctrl+Shift+G"),
    _on("groups", "groups.join", N_("A hospital joins"), "Ctrl+N"),
    _on("panels", "panels.note", N_("Note a panel"), "Ctrl+N"),
    _on("panels", "panels.next", N_("Next insurers"), "Ctrl+J"),
    _on("panels", "panels.previous", N_("Insurers before"), "Ctrl+Shift+J"),
    _on("panels", "panels.excel", N_("Write this list into a workbook…"), "Ctrl+E"),
    _on("scorecard", "scorecard.excel", N_("Write this list into a workbook…"), "Ctrl+E"),
    _on("score_rows", "score_rows.excel", N_("Write this list into a workbook…"), "Ctrl+E"),
    _on("agreements", "agreements.new", N_("New entry"), "Ctrl+N"),
    _on("agreements", "agreements.print", N_("Print the agreements"), "Ctrl+P"),
    _on("printed_reports", "printed.new", N_("New report"), "Ctrl+N"),
    _on("printed_report", "printed_report.print", N_("Print this report"), "Ctrl+P"),
    _on("printed_report", "printed_report.pdf", N_("Save this report as PDF"), "Ctrl+S"),
    _on("printed_report", "printed_report.explain", N_("Explain a number…"), "Ctrl+M"),
    _on("printed_figures", "printed_figures.whole", N_("Everything behind the report"), "Ctrl+M"),
    _on("printed_figures", "printed_figures.report", N_("Open the report"), "Ctrl+Shift+R"),
    _on("printed_rows", "printed_rows.figures", N_("All figures of the report"), "Ctrl+M"),
    _on("printed_rows", "printed_rows.report", N_("Open the report"), "Ctrl+Shift+R"),
    _on("roadshows", "roadshows.new", N_("New roadshow"), "Ctrl+N"),
    _on("roadshows", "roadshows.meet", N_("Meeting mode"), "F9"),
    _on("roadshows", "roadshows.excel", N_("Write this list into a workbook…"), "Ctrl+E"),
    _on("roadshows", "roadshows.filter", N_("Filter this list"), "Ctrl+F"),
    _on("roadshow", "roadshow.new", N_("Add to this part"), "Ctrl+N"),
    _on("roadshow", "roadshow.meet", N_("Meeting mode"), "F9"),
    _on("roadshow", "roadshow.pack", N_("Print the city pack"), "Ctrl+P"),
    _on("roadshow", "roadshow.excel", N_("Write this list into a workbook…"), "Ctrl+E"),
    _on("roadshow_series", "series.excel", N_("Write this list into a workbook…"), "Ctrl+E"),
    _on("meeting", "meeting.leave", N_("Leave the meeting"), "F9"),
    _on("insight", "insight.excel", N_("Write this answer into a workbook…"), "Ctrl+E"),
    _on("insight", "insight.rows", N_("Write the rows behind into a workbook…"), "Ctrl+Shift+E"),
    _on("insight", "insight.evaluation", N_("Print the monthly evaluation"), "Ctrl+P"),
    _on("insight", "insight.next", N_("Next question"), "Ctrl+J"),
    _on("insight", "insight.previous", N_("Question before"), "Ctrl+Shift+J"),
    _on("variance", "variance.settle", N_("Say what came of it"), "Ctrl+M"),
    _on("variance", "variance.case", N_("Open the case of this flag"), "Ctrl+O"),
    _on("variance", "variance.excel", N_("Write this list into a workbook…"), "Ctrl+E"),
    _on("import", "import.pick", N_("Choose a list…"), "Ctrl+O"),
    _on("reports", "reports.print", N_("Print this report"), "Ctrl+P"),
    _on("reports", "reports.pdf", N_("Save this report as PDF"), "Ctrl+S"),
    _on("reports", "reports.printed", N_("Printed reports"), "Ctrl+Shift+P"),
    _on("reports", "reports.run", N_("Print run…"), "F9"),
    _on("reports", "reports.twin", N_("Save its figures for Excel"), "Ctrl+E"),
    _on("hand_over", "hand_over.take", N_("Take cases over…"), "Ctrl+O"),
    _on("hand_over", "hand_over.deputy", N_("Somebody stands in…"), "Ctrl+D"),
    _on("take_over", "take_over.file", N_("Choose the file…"), "Ctrl+O"),
    _on("kiosk_intake", "kiosk.file", N_("Choose the file…"), "Ctrl+O"),
    _on("lost", "lost.report", N_("Report a lost laptop…"), "Ctrl+N"),
    _on("history", "history.take_back", N_("Take this step back"), "Ctrl+Backspace"),
    _on("history", "history.filter", N_("Filter this list"), "Ctrl+F"),
    _on("settings", "settings.find", N_("Find a setting"), "Ctrl+F"),
)
FORM_KEYS: tuple[Keyed, ...] = (
    Keyed(key="journey.open", text=N_("Open the case"), keys=("Ctrl+Return", "Ctrl+S"),
          pages=frozenset({"journey_new"})),
    Keyed(key="claim.save", text=N_("Save the claim"), keys=("Ctrl+Return", "Ctrl+S"), pages=frozenset({"claim_new"})),
)  # fmt: skip
"""Held by forms beside the key that saves every form; they stay, and nothing else may take them."""
