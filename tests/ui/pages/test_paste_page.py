"""The preview of pasted rows, where nothing or too little was pasted."""

from PySide6.QtWidgets import QApplication

CLAIMS = "Nomor klaim\tNama\tTanggal masuk\tTagihan\nSL/1\tSuyanti\t1/11/2026\t1.250.000\n"


def paste(at_home, text, kind="claims"):
    return at_home.go("paste", kind=kind, text=text, headings=[])


def test_an_empty_page_says_what_to_do_and_takes_what_is_copied_then(at_home):
    page = paste(at_home, "")
    assert page.empty.isVisible()
    assert not page.view.isVisible()

    QApplication.clipboard().setText(CLAIMS)
    page.paste_again()
    at_home.settle()

    assert not page.empty.isVisible()
    assert page.currency.isVisible()


def test_rows_without_a_currency_ask_for_it_in_the_words_of_the_window(at_home):
    page = paste(at_home, CLAIMS)
    said = page.problem.label.whole_text()

    assert said
    assert "--" not in said
    assert "{" not in said
    page.currency.set_value("IDR")
    page.currency.changed.emit()
    at_home.settle()
    assert not page.problem.isVisible()
    assert page.bring.isEnabled()


def test_headings_alone_and_rows_that_mean_nothing_are_told(at_home):
    page = paste(at_home, CLAIMS.splitlines()[0])
    assert page.problem.isVisible()
    assert page.problem.label.whole_text()
    assert not page.bring.isEnabled()

    page = paste(at_home, "halo\tapa kabar\n")
    assert page.problem.isVisible()
    assert "  " not in page.problem.label.whole_text()
