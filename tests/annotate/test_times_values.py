"""Rules are put into final words; types and values follow TIMEX3."""

from __future__ import annotations

import pytest

from lagebild.annotate.times_values import settled_rule, timex_type, timex_value


@pytest.mark.parametrize(
    ("rule", "settled"),
    [
        ({"clock": "08:00", "daypart": "EV"}, {"clock": "20:00"}),
        ({"clock": "06:00", "daypart": "MO"}, {"clock": "06:00"}),
        ({"halfhour": "8"}, {"clock": "07:30"}),
        ({"halfhour": "1"}, {"clock": "00:30"}),
        ({"quarterpast": "3"}, {"clock": "03:15"}),
        ({"quarterto": "1"}, {"clock": "00:45"}),
        ({"clock": "02:00", "upto": "16:00"}, {"clock": "14:00"}),
        ({"clock": "10:00", "upto": "14:00"}, {"clock": "10:00"}),
        ({"month": "11", "month_b": "2", "ofyear": "2015"}, {"at": "2014-11"}),
        ({"month": "5", "month_b": "6", "day": "3", "ofyear": "2014"}, {"at": "2014-05-03"}),
        ({"kw": "7", "ofyear": "2015"}, {"at": "2015-W07"}),
        ({"movable": "11-27/7", "ofyear": "2025"}, {"at": "2025-11-30"}),
        ({"nth": "-1", "nthday": "7", "month": "10", "ofyear": "2025"}, {"at": "2025-10-26"}),
        ({"for": "0.5Y"}, {"for": "6M"}),
        ({"for": "0.5H"}, {"for": "30MIN"}),
        ({"for": "1.5H"}, {"for": "1.5H"}),
        ({"offset": "-1.5Y"}, {"offset": "-18M"}),
        ({"for": "1.000H"}, {"for": "1000H"}),
    ],
)
def test_rules_are_taken_apart(rule: dict[str, str], settled: dict[str, str]) -> None:
    assert settled_rule(rule, "") == settled


@pytest.mark.parametrize(
    "rule",
    [
        {"half": "3"},
        {"at": "2014-H4"},
        {"day": "32"},
        {"day": "31", "month": "9"},
        {"day": "2.5", "month": "5"},
        {"kw": "54"},
        {"halfhour": "13"},
        {"nth": "6", "nthday": "1", "month": "5"},
        {"nth": "5", "nthday": "7", "month": "2", "ofyear": "2025"},
        {"month": "2", "month_b": "3", "day": "29", "ofyear": "2025"},
    ],
)
def test_what_no_calendar_has_is_no_phrase(rule: dict[str, str]) -> None:
    assert settled_rule(rule, "") is None


def test_a_word_between_number_and_unit_is_an_adjective() -> None:
    assert settled_rule({"for": "3H", "between": "1"}, "3 ganze Stunden") == {"for": "3H"}
    assert settled_rule({"for": "3Y", "between": "1"}, "3 Millionen Jahre") is None


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({"half": "2"}, "XXXX-H2"),
        ({"kw": "7"}, "XXXX-W07"),
        ({"movable": "11-27/7"}, "XXXX-XX-XX"),
        ({"nth": "1", "nthday": "7", "month": "5"}, "XXXX-05-XX"),
        ({"counted": "-50Y", "offset": "0D"}, "XXXX-XX-XX"),
        ({"every": "1W", "weekday": "4"}, "XXXX-WXX-4"),
        ({"every": "1W", "weekday": "4", "part": "EV"}, "XXXX-WXX-4TEV"),
        ({"every": "1D", "part": "FN"}, "XXXX-XX-XXTMO"),
        ({"every": "1Y", "season": "SU"}, "XXXX-SU"),
        ({"every": "1Y", "month": "5"}, "XXXX-05"),
        ({"every": "1WE"}, "XXXX-WXX-WE"),
        ({"every": "1D", "days": "WD"}, "XXXX-WXX-WD"),
        ({"every": "2W"}, "P2W"),
        ({"back": "3MIN"}, "XXXX-XX-XXTXX:XX"),
        ({"back": "3D"}, "XXXX-XX-XX"),
    ],
)
def test_values_show_what_is_not_known(rule: dict[str, str], value: str) -> None:
    assert timex_value(rule) == value


@pytest.mark.parametrize(
    ("rule", "kind"),
    [({"back": "3MIN"}, "TIME"), ({"back": "3D"}, "DATE"), ({"half": "1"}, "DATE"), ({"every": "1D"}, "SET")],
)
def test_types(rule: dict[str, str], kind: str) -> None:
    assert timex_type(rule) == kind
