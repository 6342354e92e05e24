from liaison.store import drafts, history
from liaison.store.journal_tables import ActionKind


def test_half_typed_text_outlives_the_program_and_leaves_no_line_in_the_journal(reopen, clock):
    store = reopen()
    with store.write("Keep a draft") as session:
        drafts.keep(session, "claim/new", "Siti, billed 12")
        drafts.keep(session, "note/7", "called the")

    clock.move(seconds=2)
    with store.write("Keep a draft") as session:
        drafts.keep(session, "claim/new", "Siti, billed 1200")

    store = reopen()
    with store.read() as session:
        assert [d.text for d in drafts.unfinished(session)] == ["Siti, billed 1200", "called the"]
        assert drafts.recall(session, "claim/new").at == clock.now
        assert [a.kind for a in history.actions(session)] == [ActionKind.INIT]


def test_a_saved_form_forgets_its_draft(store):
    with store.write("Keep a draft") as session:
        drafts.keep(session, "a", "x")
        drafts.keep(session, "b", "x")
    with store.write("Save") as session:
        drafts.forget(session, "a")
        drafts.keep(session, "b", "")

    with store.read() as session:
        assert drafts.recall(session, "a") is None
        assert drafts.unfinished(session) == []
