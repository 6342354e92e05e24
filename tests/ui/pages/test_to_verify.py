"""What to verify, through the window: counted on the network's button, verified with one key, undone with one."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from liaison.services.verifying import Checked, count_to_verify


def test_the_list_is_counted_calmly_verified_with_v_and_opens_the_house(at_home):
    before = at_home.see(count_to_verify)
    network = at_home.go("network", part="hospitals")
    assert before
    assert str(before) in network.verify_button.text()

    network.verify_button.click()
    at_home.settle()
    page = at_home.page
    assert len(page.found) == before
    first = page.view.current_row()
    QTest.keyClick(page.view, Qt.Key.Key_V)
    at_home.settle()
    assert first.id not in [line.id for line in page.found]
    at_home.frame.undo()
    at_home.settle()
    assert len(page.found) == before

    desk = next(line for line in page.found if line.what is Checked.DESK)
    page.view.go_to_id(desk.id)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    at_home.settle()
    assert (at_home.page.place.page, at_home.page.place.record) == ("network", desk.house_id)


def test_one_sort_is_enough_and_all_of_it_is_verified_at_once(at_home):
    page = at_home.go("to_verify")
    page.choice.set_value(Checked.DESK)
    page.choice.changed.emit()

    page.view.selectAll()
    page.verify_button.click()
    at_home.settle()

    assert Checked.DESK not in {line.what for line in page.found}
    assert page.empty.isVisible()
