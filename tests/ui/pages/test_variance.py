"""The variance screen through the window: a flag is settled in the drawer, admissions open their cases."""

import datetime as dt
import shutil

import pytest

from liaison.domain.money import Money
from liaison.domain.payments import BillKind
from liaison.domain.variance import Disposition
from liaison.services import payments
from liaison.ui.pages.variance import VariancePage
from liaison.ui.places import Place
from tests import make
from tests.ui.conftest import make_desk


@pytest.fixture
def office(tmp_path):
    store = make.new_store(tmp_path / "store")
    journey = make.journey(store)
    make.do(store, payments.record_estimate, make.estimate_draft(journey, low=Money(1_000_00, "MYR"),
                                                                 high=Money(1_200_00, "MYR")))  # fmt: skip
    make.do(store, payments.record_bill, make.bill_draft(journey, BillKind.FINAL, amount=Money(2_000_00, "MYR"),
                                                         billed_on=dt.date(2026, 11, 1)))  # fmt: skip
    yield store, journey
    store.close()
    shutil.rmtree(tmp_path / "store")


def test_a_flag_is_settled_beside_its_case(qtbot, theme, office, tmp_path):
    store, journey = office
    desk = make_desk(theme, language="id", store=store)
    page = VariancePage(desk, Place(page="variance", values={"period": ""}))
    qtbot.addWidget(page)
    page.resize(1160, 640)
    page.start()
    page.show()
    assert page.found.open_flags == 1

    page.view.opened.emit(0)
    form = page.drawer.form.content
    form.editor("disposition").set_value(Disposition.EXPLAINED)
    form.editor("note").set_value("dua kali operasi")
    page.drawer.form.save_button.click()

    assert page.found.open_flags == 0
    assert page.found.flags[0].note == "dua kali operasi"
    page.open_case()
    assert (desk.frame.gone[-1].page, desk.frame.gone[-1].record) == ("journey", journey)
    page.show_part("stays")
    page.view.opened.emit(0)
    assert desk.frame.gone[-1].record == journey
    target = tmp_path / "selisih.xlsx"
    page.to_excel(target)
    assert target.stat().st_size > 1_000
    page.grab()


@pytest.mark.parametrize(("language", "words"), [("en", "as of"), ("id", "keadaan")])
def test_an_older_view_says_so_until_it_is_worked_out_anew(qtbot, theme, office, language, words):
    store, journey = office
    place = Place(page="variance", values={"period": ""})
    first = VariancePage(make_desk(theme, language=language, store=store), place)
    qtbot.addWidget(first)
    first.start()
    bill = make.bill_draft(journey, BillKind.CREDIT_NOTE, amount=Money(1_000_00, "MYR"), billed_on=dt.date(2026, 11, 2))
    make.do(store, payments.record_bill, bill)
    page = VariancePage(make_desk(theme, language=language, store=store), place)
    qtbot.addWidget(page)
    seen = []
    show = page.show_view
    page.show_view = lambda found: (show(found), seen.append((page.footing.count.text(), found.open_flags)))

    page.start()

    assert [flags for _text, flags in seen] == [1, 0]
    assert words in seen[0][0] and words not in seen[1][0]
