"""Answers are kept for a moment, and only for a moment."""

import pytest

from havn.common import recent


def test_a_rush_of_the_same_question_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "SECONDS", 60.0)
    answers: recent.Recent[str | None] = recent.Recent()
    assert answers.known("norway") is None
    assert answers.read("norway", lambda: "open") == "open"
    assert answers.known("norway") == "open"
    assert answers.known("denmark") is None


def test_an_answer_is_forgotten_when_its_moment_is_over_and_none_is_never_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers: recent.Recent[str | None] = recent.Recent()
    answers.read("norway", lambda: "open")
    monkeypatch.setattr(recent, "SECONDS", 0.0)
    assert answers.known("norway") is None
    monkeypatch.setattr(recent, "SECONDS", 60.0)
    answers.read("denmark", lambda: None)
    assert answers.known("denmark") is None


def test_questions_without_end_take_no_memory_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST", 10)
    answers: recent.Recent[int | None] = recent.Recent()
    for number in range(100):
        answers.read(number, lambda number=number: number)
    assert len(answers._answers) <= 10
