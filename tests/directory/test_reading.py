"""Free text of the facts: typed where it is certain, kept as words where it is not."""

import pytest

from havn.directory.rules.reading import (
    read_ages_to,
    read_audiences,
    read_centre_phone,
    read_hotline_kind,
    read_points,
    read_words_of_hours,
    rule_of,
)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("mon-sun", "00:00", "24:00", None), "24/7"),
        (("mon-fri", "09:00", "17:00", "working days"), "Mo-Fr 09:00-17:00; PH off"),
        (("mon-sun", "12:00", "20:00", "including holidays"), "Mo-Su,PH 12:00-20:00"),
        (("mon-sun", "10:00", "04:00", "2018/2019 press"), "Mo-Su 10:00-04:00"),
        (("sun", "11:00", "19:00", None), "Su 11:00-19:00"),
        ((None, "14:00", "22:00", "days not stated"), ""),
    ],
)
def test_hours_become_a_rule_only_with_their_days(row: tuple[str | None, str, str, str | None], rule: str) -> None:
    assert rule_of(*row) == rule


def test_the_hours_of_a_hotline_without_days_stay_words() -> None:
    (hours,) = read_words_of_hours("08:00-15:00; emergency number 24/7", "phone")
    assert (hours.rule, hours.words) == ("", "08:00-15:00; emergency number 24/7")
    assert read_words_of_hours("working days 08:00-22:00", "phone")[0].rule == "Mo-Fr 08:00-22:00; PH off"
    assert read_words_of_hours("24/7 by web", "report")[0].rule == "24/7"
    assert read_words_of_hours(None, "phone") == ()


def helpline(**fields: object) -> dict[str, object]:
    return {"phones": [], "channels": [], "opening_hours": None, "website": None, "email": None, "note": None} | fields


def test_a_menu_a_text_number_and_whatsapp_are_told_apart() -> None:
    points = read_points(
        helpline(
            phones=[
                {"number": "1545", "note": "then press 3"},
                {"number": "50101", "note": "text"},
                {"number": "900 116 117", "note": "WhatsApp"},
            ],
            channels=["phone", "sms", "whatsapp"],
        )
    )
    assert [(one.channel, one.number, one.menu) for one in points] == [
        ("phone", "1545", "3"),
        ("text", "50101", ""),
        ("whatsapp", "900 116 117", ""),
    ]


def test_a_phone_without_a_number_is_kept_as_one() -> None:
    (point,) = read_points(helpline(channels=["phone"]))
    assert (point.channel, point.number) == ("phone", "")


def test_hours_of_one_language_belong_to_its_number_alone() -> None:
    rows = [
        {"channel": "phone", "days": "mon-fri", "from": "14:00", "to": "20:00", "note": "2019, volunteers"},
        {"channel": "phone sv", "days": "mon-tue", "from": "14:00", "to": "17:00", "note": "2025"},
    ]
    finnish, swedish = read_points(
        helpline(
            phones=[{"number": "116 111", "note": None}, {"number": "0800 96 116", "note": "in Swedish"}],
            channels=["phone"],
            opening_hours=rows,
        )
    )
    assert [hours.rule for hours in finnish.hours] == ["Mo-Fr 14:00-20:00"]
    assert (finnish.hours[0].staff_group, finnish.hours[0].published) == ("volunteers", "2019")
    assert [(hours.rule, hours.language) for hours in swedish.hours] == [("Mo-Tu 14:00-17:00", "sv")]


def test_audiences_and_ages_are_read_where_they_are_said() -> None:
    assert read_audiences("children, parents, teachers, professionals") == ("children", "parents", "professionals")
    assert read_audiences("professionals working with children") == ("professionals",)
    assert read_audiences("children; a separate line for adults") == ("children",)
    assert read_audiences(None) == ()
    assert read_ages_to(None, "up to 18") == 18
    assert read_ages_to(None, "parents") is None


def test_who_runs_a_hotline_is_read_from_its_name_and_never_guessed() -> None:
    assert read_hotline_kind("National Criminal Investigation Service") == "police"
    assert read_hotline_kind("Save the Children Denmark") == "association"
    assert read_hotline_kind("Hungarian Authority") == ""
    assert read_hotline_kind(None) == ""


def test_hours_behind_a_centres_number_are_taken_apart() -> None:
    number, hours = read_centre_phone("+49 621 5202271 (awareness centre, Mon-Fri 08:00-17:00)")
    assert (number, hours) == ("+49 621 5202271", "Mo-Fr 08:00-17:00")
    assert read_centre_phone(None) == ("", "")
