"""The menu: one line for most people, groups for who may open much."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from havn.common import navigation
from havn.common.navigation import IN_ONE_LINE, Entry, Group, Menu, menu_for

# Addresses of real screens, so that links can be made.
_SCREENS = ["accounts:profile", "accounts:members", "accounts:trail", "vault:keys", "health", "mail:outbox"]


def _menu(monkeypatch: pytest.MonkeyPatch, entries: list[Entry], path: str = "/en/desk/members") -> Menu:
    monkeypatch.setattr(navigation, "_entries", entries)
    return menu_for(RequestFactory().get(path))


def _entries(many: int, *groups: Group) -> list[Entry]:
    return [
        Entry(groups[number % len(groups)], number, _SCREENS[number % len(_SCREENS)], lambda: "One", lambda _: True)
        for number in range(many)
    ]


def test_what_fits_in_one_line_has_no_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    menu = _menu(monkeypatch, _entries(IN_ONE_LINE, Group.CONVERSATIONS, Group.RUNNING))
    assert menu.groups == []
    assert len(menu.entries) == IN_ONE_LINE


def test_who_may_open_more_sees_the_groups_and_the_screens_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    groups = (Group.RUNNING, Group.FIGURES)
    menu = _menu(monkeypatch, _entries(IN_ONE_LINE + 2, *groups), reverse("accounts:trail"))
    assert [link.label for link in menu.groups] == ["Figures", "Administration"]
    assert [link.current for link in menu.groups] == ["", "true"]
    assert {link.group for link in menu.entries} == {Group.RUNNING}
    assert [link.current for link in menu.entries].count("page") == 2


def test_a_page_of_no_screen_shows_the_groups_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    menu = _menu(monkeypatch, _entries(IN_ONE_LINE + 1, Group.FIGURES, Group.RUNNING), "/en/desk/sign-out")
    assert len(menu.groups) == 2
    assert menu.entries == []


def test_a_group_leads_to_its_first_screen_and_counts_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = _entries(IN_ONE_LINE + 1, Group.RUNNING)
    entries += [
        Entry(Group.FIGURES, 2, "health", lambda: "Second", lambda _: True, lambda _: 3),
        Entry(Group.FIGURES, 1, "vault:keys", lambda: "First", lambda _: True, lambda _: 4),
        Entry(Group.FIGURES, 0, "mail:outbox", lambda: "Not mine", lambda _: False, lambda _: 100),
    ]
    figures = _menu(monkeypatch, entries).groups[0]
    assert (figures.label, figures.to_do) == ("Figures", 7)
    assert figures.url.endswith("/desk/keys")
