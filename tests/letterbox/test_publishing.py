"""From a letter to the site: marks decided, two people, nothing that leads back, and only with the child's yes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from havn.audit.models import Entry
from havn.common.clock import now_ms
from havn.common.errors import NotAllowed, Refused
from havn.letterbox.actions import publishing
from havn.letterbox.actions.consent import allow_publishing
from havn.letterbox.models import Edition, PublishedAnswer
from havn.letterbox.queries.editions import edition_of, version_of
from havn.letterbox.rules.publishing import Version
from tests.helpline.factories import Child, Person
from tests.letterbox.factories import GOOD, Letters, browser_of, make_letters, supervisor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letters() -> Letters:
    return make_letters()


def _save(person: Person, child: Child, version: Version, number: int = 0, *, ready: bool = False) -> Edition:
    return publishing.save_edition(
        actor=person.user,
        conversation_id=child.conversation_id,
        version=version,
        number=number,
        key=child.key,
        now_ms=now_ms(),
        ready=ready,
    )


def _publish(person: Person, child: Child, number: int = 1) -> PublishedAnswer:
    return publishing.publish(
        actor=person.user, conversation_id=child.conversation_id, number=number, key=child.key, now_ms=now_ms()
    )


def _form(version: Version, number: int, **more: object) -> dict[str, object]:
    return {
        "title": version.title,
        "question": version.question,
        "answer": version.answer,
        "language": version.language,
        "topics": list(version.topics),
        "version": number,
        **more,
    }


def test_only_with_a_yes_and_an_answer(letters: Letters) -> None:
    anna = letters.line.counsellor(language="en")
    child = letters.letter()
    with pytest.raises(Refused, match="has not allowed"):
        _save(anna, child, GOOD)
    page = browser_of(anna).get(reverse("letterbox:editions")).content.decode()
    assert "No answered letter whose child allows it." in page


def test_a_version_is_sealed_while_it_is_edited(letters: Letters) -> None:
    anna = letters.line.counsellor()
    child = letters.answered(anna)
    _save(anna, child, GOOD)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM letterbox_edition")
        assert b"class" not in bytes(cursor.fetchone()[0])
    row = edition_of(child.conversation_id)
    assert row is not None
    assert version_of(row, child.key) == GOOD


def test_an_open_mark_holds_it_back(letters: Letters) -> None:
    anna = letters.line.counsellor()
    child = letters.answered(anna)
    marked = Version(**{**GOOD.__dict__, "question": "Jake in my class shares a picture of me"})
    with pytest.raises(Refused, match="mark is not decided"):
        _save(anna, child, marked, ready=True)
    kept = Version(**{**marked.__dict__, "kept": ("name:jake",)})
    assert _save(anna, child, kept, ready=True).ready_at_ms is not None


def test_two_people_publish(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    lead = letters.line.people[0]
    child = letters.answered(anna)
    _save(lead, child, GOOD, ready=True)
    with pytest.raises(NotAllowed, match="second person"):
        _publish(lead, child)
    with pytest.raises(NotAllowed, match="supervisors and coordinators"):
        _publish(anna, child)
    answer = _publish(sol, child)
    assert (answer.slug, answer.language) == ("how-do-i-tell-a-friend-that-it-hurt", "en")
    assert list(answer.topics.values_list("code", flat=True)) == ["cyberbullying"]
    assert not Edition.objects.exists()
    entry = Entry.objects.filter(action="letterbox.answer.published").get()
    assert (entry.actor_id, entry.subject) == (sol.pk, f"answer:{answer.pk}")


def test_who_changes_it_after_reopening_is_no_second_person(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    _save(anna, child, GOOD, ready=True)
    publishing.reopen_edition(actor=sol.user, conversation_id=child.conversation_id)
    with pytest.raises(Refused, match="does not wait"):
        _publish(sol, child)
    _save(sol, child, GOOD, number=1, ready=True)
    with pytest.raises(NotAllowed):
        _publish(sol, child, number=2)
    _publish(letters.line.people[0], child, number=2)


def test_what_was_read_is_what_is_published(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    _save(anna, child, GOOD)
    _save(anna, child, GOOD, number=1, ready=True)
    with pytest.raises(publishing.Overtaken):
        _publish(sol, child, number=1)
    with pytest.raises(Refused, match="second person"):
        _save(anna, child, GOOD, number=2)


def test_nothing_of_the_public_row_leads_to_the_letter(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    letters.published(anna, sol, child)
    known = {str(child.conversation_id), str(child.participant_id), str(anna.pk), str(sol.pk)}
    with connection.cursor() as cursor:
        for table in ("publishedanswer", "publishedtopic", "publishedword"):
            cursor.execute(f"SELECT * FROM letterbox_{table}")
            for row in cursor.fetchall():
                assert not {str(value) for value in row} & known
    related = {field.name for field in PublishedAnswer._meta.get_fields() if field.is_relation}
    assert related == {"centre", "service", "topics", "words"}


def test_one_letter_is_published_once(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    letters.published(anna, sol, child)
    with pytest.raises(Refused, match="on the site already"):
        _save(anna, child, GOOD)


def test_one_supervisor_takes_it_off_and_a_counsellor_does_not(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(language="en"), supervisor(letters)
    child = letters.answered(anna)
    answer = letters.published(anna, sol, child)
    address = reverse("letterbox:take_off", args=[answer.pk])
    assert browser_of(anna).post(address).status_code == 403
    with pytest.raises(NotAllowed):
        publishing.take_off(actor=anna.user, answer_id=answer.pk)
    browser = browser_of(sol)
    assert "Take it off the site" in browser.get(reverse("letterbox:editions")).content.decode()
    assert browser.post(address).status_code == 302
    assert not PublishedAnswer.objects.exists()


def test_the_editor_sees_the_letter_beside_its_version_and_decides_about_marks(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(language="en", shown_name="Anna"), supervisor(letters)
    child = letters.letter("my name is emma and Jake shares a picture of me")
    allow_publishing(conversation_id=child.conversation_id, code=child.code)
    letters.take(anna, child)
    letters.send(anna, child, "it is not your fault")
    browser, address = browser_of(anna), reverse("letterbox:edition", args=[child.conversation_id])
    page = browser.get(address).content.decode()
    assert page.count("my name is emma and Jake shares a picture of me") == 2
    assert 'value="name:emma"' in page
    assert 'value="name:jake"' in page
    first = Version(
        GOOD.title, "my name is emma and Jake shares a picture of me", "it is not your fault, emma", "en", GOOD.topics
    )
    decided = _form(
        first, 0, mark=["name:emma", "name:jake"],
        **{"mark-0": "change", "with-0": "someone", "mark-1": "keep", "with-1": ""},
    )  # fmt: skip
    save = reverse("letterbox:save_edition", args=[child.conversation_id])
    assert browser.post(save, decided).status_code == 302
    row = edition_of(child.conversation_id)
    assert row is not None
    version = version_of(row, child.key)
    assert version.answer == "it is not your fault, someone"
    assert "emma" not in version.question
    assert "name:jake" in version.kept
    page = browser.get(address).content.decode()
    assert 'name="mark" value="name:jake"' not in page
    kept = _form(version, 1, kept=list(version.kept), ready="1")
    answer = browser.post(save, kept)
    assert answer.headers["Location"].endswith(reverse("letterbox:editions"))
    second = browser_of(sol)
    page = second.get(address).content.decode()
    assert "Publish" in page
    assert "data-kept" in page
    number = {"version": "2"}
    assert second.post(reverse("letterbox:publish", args=[child.conversation_id]), number).status_code == 302
    assert "emma" not in PublishedAnswer.objects.get().question


def test_a_form_with_open_marks_is_kept_and_says_what_is_missing(letters: Letters) -> None:
    anna = letters.line.counsellor(language="en")
    child = letters.answered(anna)
    marked = Version(**{**GOOD.__dict__, "question": "he told Jake", "title": ""})
    browser = browser_of(anna)
    answer = browser.post(
        reverse("letterbox:save_edition", args=[child.conversation_id]), _form(marked, 0, ready="1"), follow=True
    )
    page = answer.content.decode()
    assert "something is still missing" in page
    assert "A title, A decision about each mark" in page
    assert Edition.objects.get().ready_at_ms is None


def test_a_save_that_was_overtaken_gives_the_words_back(letters: Letters) -> None:
    anna = letters.line.counsellor(language="en")
    child = letters.answered(anna)
    _save(anna, child, GOOD)
    typed = Version(**{**GOOD.__dict__, "answer": "typed in an old window"})
    answer = browser_of(anna).post(reverse("letterbox:save_edition", args=[child.conversation_id]), _form(typed, 0))
    assert answer.status_code == 409
    assert "typed in an old window" in answer.content.decode()


def test_a_letter_that_waits_for_us_is_not_opened_for_the_site(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(language="en"), supervisor(letters)
    waiting = letters.letter("planted words of a child")
    allow_publishing(conversation_id=waiting.conversation_id, code=waiting.code)
    answer = browser_of(anna).get(reverse("letterbox:edition", args=[waiting.conversation_id]))
    assert answer.status_code == 409
    assert "planted" not in answer.content.decode()
    assert not Entry.objects.filter(action="conversation.read").exists()
    with pytest.raises(Refused, match="waits for an answer"):
        _save(anna, waiting, GOOD)
    child = letters.answered(anna)
    _save(anna, child, GOOD, ready=True)
    child.says("planted words of the same child")
    with pytest.raises(Refused, match="waits for an answer"):
        _publish(sol, child)
    form = _form(Version(**{**GOOD.__dict__, "answer": "typed meanwhile"}), 1)
    refused = browser_of(anna).post(reverse("letterbox:save_edition", args=[child.conversation_id]), form)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "typed meanwhile" in page
    assert "planted" not in page
    assert "Read and decide" not in browser_of(sol).get(reverse("letterbox:editions")).content.decode()


def test_the_consent_is_locked_before_the_edition_and_nothing_is_checked_in_the_transaction(
    letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    child = letters.answered(anna)
    inside = []

    def noting(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any) -> Any:
            inside.append(connection.in_atomic_block)
            return function(*args)

        return called

    for name in ("lacking", "words_of"):
        monkeypatch.setattr(publishing, name, noting(getattr(publishing, name)))
    _save(anna, child, GOOD, ready=True)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        _publish(sol, child)
    assert inside == [False, False, False]
    read = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    consents = [place for place, sql in enumerate(read) if 'FROM "letterbox_consent"' in sql]
    editions = [place for place, sql in enumerate(read) if 'FROM "letterbox_edition"' in sql]
    assert consents[0] < editions[-1]


def test_two_of_the_same_title_stand_at_two_addresses(letters: Letters) -> None:
    anna, sol = letters.line.counsellor(), supervisor(letters)
    found = [letters.published(anna, sol, letters.answered(anna)).slug for _one in range(3)]
    assert found == [found[0], f"{found[0]}-2", f"{found[0]}-3"]
