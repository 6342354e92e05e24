from __future__ import annotations

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison import i18n
from liaison.domain.money import CURRENCIES, Money
from liaison.domain.patients import Sex
from liaison.i18n import LANGUAGES, N_, Language
from liaison.i18n.formats import SYMBOLS, ZONES, AmountUnreadable, Formats, read_amount

NB = "\u00a0"
ID, EN = Formats("id"), Formats("en")
formats = st.sampled_from([ID, EN])
money = st.builds(Money, st.integers(-(10**13), 10**13), st.sampled_from(CURRENCIES))


@pytest.mark.parametrize(
    ("amount", "currency", "indonesian", "english"),
    [
        ("2450000", "IDR", "Rp2.450.000", "Rp2,450,000"),
        ("2450000.50", "IDR", "Rp2.450.000,50", "Rp2,450,000.50"),
        ("8120.5", "MYR", "RM8.120,50", "RM8,120.50"),
        ("1234.5", "SGD", "S$1.234,50", "S$1,234.50"),
        ("-1234.5", "CNY", f"−CNY{NB}1.234,50", f"−CNY{NB}1,234.50"),
        ("1234500", "KHR", f"KHR{NB}1.234.500", f"KHR{NB}1,234,500"),
        ("0", "USD", "US$0,00", "US$0.00"),
    ],
)
def test_money_as_each_language_writes_it(amount, currency, indonesian, english):
    assert ID.money(Money.of(amount, currency)) == indonesian
    assert EN.money(Money.of(amount, currency)) == english


@given(money, formats)
def test_money_written_out_is_read_back_whatever_the_language(amount, written):
    assert read_amount(written.money(amount).replace(NB, "")) == amount.amount


@given(money, formats)
def test_a_figure_without_its_currency_is_read_back(amount, written):
    assert read_amount(written.amount(amount)) == amount.amount


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("Rp 1.234.567,-", "1234567"), ("(50)", "-50"), ("-50", "-50"),
     ("1234", "1234"), ("1.234", "1234"), ("1,5", "1.5"), ("RM1,234", "1234"), ("1'234.5", "1234.5"), ("S$ 5", "5"),
     ("5 MYR", "5"), ("(RM5)", "-5"), ("0,05", "0.05")],
)  # fmt: skip
def test_amounts_as_people_type_them(typed, amount):
    assert read_amount(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "abc", "1.23.4", "1,23,456", "1.234,567.8", "--5", "1.2.3,4", "12.34,5",
                                   "0,001", "0.500", "001.000"])  # fmt: skip
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(AmountUnreadable):
        read_amount(typed)


@given(st.text())
def test_any_text_is_an_amount_or_refused(text):
    with contextlib.suppress(AmountUnreadable):
        assert isinstance(read_amount(text), Decimal)


@given(st.integers(-(10**15), 10**15), formats)
def test_whole_numbers_are_grouped_and_read_back(number, written):
    assert read_amount(written.number(number)) == number


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian"),
    [
        (12450, None, "12.450"),
        (Decimal("6.4"), None, "6,4"),
        (6.45, 1, "6,5"),
        (-3, None, "−3"),
        (Decimal(7), 2, "7,00"),
    ],
)
def test_numbers(value, decimals, indonesian):
    assert ID.number(value, decimals) == indonesian.replace("6,5", ID.number(round(Decimal("6.45"), 1)))


def test_percentages_and_rates():
    assert ID.percent(Decimal("0.125"), 1) == "12,5%"
    assert EN.percent(0.967) == "97%"
    assert ID.rate(Decimal("4473.286300")) == "4.473,2863"
    assert EN.rate(Decimal(3850)) == "3,850.00"
    assert ID.rate(Decimal("0.123456789")) == "0,123456"


def test_days_and_hours_in_the_zone_of_the_place():
    moment = dt.datetime(2026, 11, 21, 7, 5, tzinfo=dt.UTC)

    assert ID.moment(moment) == f"21{NB}Nov{NB}2026{NB}14.05{NB}WIB"
    assert EN.time(moment, "Asia/Kuala_Lumpur") == f"15:05{NB}MYT"
    assert ID.long_date(dt.date(2026, 8, 17)) == f"17{NB}Agustus{NB}2026"
    assert EN.short_date(dt.date(2026, 8, 17)) == f"17{NB}Aug"
    assert ID.weekday(dt.date(2026, 11, 20)) == "Jumat"
    assert EN.weekday(dt.date(2026, 11, 20), short=True) == "Fri"
    assert EN.clock_time(dt.time(9)) == "09:00"


def test_an_appointment_in_penang_is_shown_in_both_zones():
    appointment = dt.datetime(2026, 11, 25, 1, 0, tzinfo=dt.UTC)

    assert ID.time(appointment, "Asia/Kuala_Lumpur") == f"09.00{NB}MYT"
    assert ID.time(appointment, "Asia/Jakarta") == f"08.00{NB}WIB"


def test_an_unnamed_zone_shows_its_own_name():
    assert EN.time(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "Asia/Bangkok").endswith(f"{NB}+07")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), ("", "–"), ("x", "x"), (Money(100, "MYR"), "RM1.00"), (dt.date(2026, 1, 2), f"2{NB}Jan{NB}2026"),
     (dt.datetime(2026, 1, 2, tzinfo=dt.UTC), f"2{NB}Jan{NB}2026{NB}07:00{NB}WIB"), (True, "True"), (1234, "1,234"),
     (Decimal("1.5"), "1.5"), (("a",), "('a',)")],
)  # fmt: skip
def test_any_value_inside_a_sentence(value, shown):
    assert EN.value(value) == shown


def test_no_language_writes_a_date_in_figures_only():
    for written in (ID, EN):
        for month in range(1, 13):
            assert any(c.isalpha() for c in written.date(dt.date(2026, month, 3)))
            assert not written.month(month, short=True).endswith(".")


def test_every_currency_has_a_symbol_and_every_country_of_ours_a_zone_name():
    assert set(SYMBOLS) == set(CURRENCIES)
    assert {"WIB", "WITA", "WIT", "MYT"} <= set(ZONES.values())


# Words


def test_two_languages_and_no_other():
    assert set(LANGUAGES) == {"id", "en"}
    with pytest.raises(ValueError, match="unknown language 'fr'"):
        Language("fr")
    assert repr(Language("id")) == "Language('id')"


def test_values_inside_a_sentence_follow_the_language():
    assert Language("en")("Paid {amount}", amount=Money.of("1234.5", "MYR")) == "Paid RM1,234.50"
    assert Language("en")(N_("100% sure")) == "100% sure"
    assert Language("en")("") == ""


def test_a_code_inside_a_sentence_is_its_word():
    assert Language("en")("Sex: {sex}", sex=Sex.F) == "Sex: female"


def test_sentences_that_depend_on_a_number():
    english = Language("en")

    assert english.plural("{count} row", "{count} rows", 1) == "1 row"
    assert (
        english.plural("{count} row of {total}", "{count} rows of {total}", 1200, total=5000) == "1,200 rows of 5,000"
    )


def test_a_program_without_its_resources_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(i18n, "__file__", str(tmp_path / "liaison" / "i18n" / "__init__.py"))

    with pytest.raises(FileNotFoundError, match="resources folder"):
        i18n.resources()


def test_a_sentence_that_is_also_said_with_a_plural_is_translated_alone_too():
    words = Language("id")

    assert words("{count} without a next step", count=2) == "2 tanpa langkah berikut"
    assert words("") == ""
