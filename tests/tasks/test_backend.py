"""The queue's rows: claimed once, tried again, kept without a word of what failed."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django_tasks import default_task_backend
from django_tasks.base import TaskResultStatus

from havn.common.clock import now, now_ms
from havn.tasks import claims, running
from havn.tasks.api import run_due
from havn.tasks.backend import LeaseBackend
from havn.tasks.models import QueuedTask
from havn.tasks.rules import ArgumentsRefused
from tests.tasks import work_to_do


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("HAVN_DATA", str(tmp_path))


@pytest.mark.django_db
def test_a_task_runs_and_keeps_its_number() -> None:
    result = work_to_do.note.enqueue(7)
    assert result.status == TaskResultStatus.READY
    assert run_due() == 1
    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, 7)
    assert work_to_do.note.get_result(result.id).attempts == 1


@pytest.mark.django_db
def test_a_task_with_a_persons_words_is_refused_and_nothing_is_stored() -> None:
    with pytest.raises(ArgumentsRefused):
        work_to_do.note.enqueue("I live at Storgata 3")
    assert not QueuedTask.objects.exists()


@pytest.mark.django_db
def test_a_failure_keeps_the_type_and_the_places_but_no_word(caplog: pytest.LogCaptureFixture) -> None:
    work_to_do.quoting.enqueue(4711)
    assert run_due() == 0
    row = QueuedTask.objects.get()
    assert row.state == QueuedTask.State.WAITING
    assert row.error == "ValueError"
    assert row.places.startswith("work_to_do.py:")
    columns = [str(getattr(row, field.attname)) for field in QueuedTask._meta.fields if field.attname != "arguments"]
    assert "heron" not in " ".join(columns) + caplog.text
    assert row.run_after_ms > now_ms() + 3_000


@pytest.mark.django_db
def test_it_gives_up_after_its_attempts() -> None:
    work_to_do.quoting.enqueue(1)
    for _ in range(5):
        QueuedTask.objects.filter(state="waiting").update(run_after_ms=0)
        run_due()
    row = QueuedTask.objects.get()
    assert (row.state, row.attempts) == (QueuedTask.State.FAILED, 3)
    assert default_task_backend.get_result(str(row.pk)).errors[0].exception_class_path == "ValueError"


@pytest.mark.django_db
def test_a_task_that_returns_a_sentence_fails_and_the_sentence_is_not_kept() -> None:
    work_to_do.chatty.enqueue()
    run_due()
    row = QueuedTask.objects.get()
    assert (row.error, row.result) == ("TypeError", None)


@pytest.mark.django_db
def test_a_task_put_off_waits_for_its_time() -> None:
    work_to_do.note.using(run_after=now() + dt.timedelta(hours=1)).enqueue(1)
    assert run_due() == 0
    QueuedTask.objects.update(run_after_ms=0)
    assert run_due() == 1


@pytest.mark.django_db
def test_the_more_urgent_task_goes_first(tmp_path) -> None:  # type: ignore[no-untyped-def]
    work_to_do.note.enqueue(1)
    work_to_do.note.using(priority=10).enqueue(2)
    run_due()
    assert work_to_do.marks(tmp_path) == ["note-2", "note-1"]


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_claimed_again_and_the_first_holder_counts_no_more() -> None:
    work_to_do.note.enqueue(1)
    first = claims.claim("one", lease_ms=1_000)
    assert first is not None
    assert claims.claim("two") is None
    QueuedTask.objects.update(run_after_ms=0)
    second = claims.claim("two")
    assert second is not None
    assert second.attempt == 2
    assert not claims.renew(first, 1_000)
    assert not claims.finish(first, 1)
    assert claims.finish(second, 2)
    assert QueuedTask.objects.get().result == 2


@pytest.mark.django_db
def test_a_task_that_kills_its_worker_each_time_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    work_to_do.deadly.enqueue()
    for _ in range(2):
        assert claims.claim("gone") is not None
        QueuedTask.objects.update(run_after_ms=0)
    held = claims.claim("third")
    assert held is not None
    assert not running.run(held)
    row = QueuedTask.objects.get()
    assert (row.state, row.error) == (QueuedTask.State.FAILED, "LeaseRanOut")


@pytest.mark.django_db
def test_a_task_that_is_no_more_fails_for_good() -> None:
    QueuedTask.objects.create(
        path="havn.gone.away", arguments={"args": [], "kwargs": {}}, run_after_ms=0, enqueued_at_ms=0
    )
    run_due()
    assert QueuedTask.objects.get().state == QueuedTask.State.FAILED


@pytest.mark.django_db(transaction=True)
def test_a_task_of_a_transaction_that_is_rolled_back_never_was() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        work_to_do.note.enqueue(1)
        raise RuntimeError
    assert not QueuedTask.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_workers_claim_each_task_once() -> None:
    for number in range(60):
        work_to_do.note.enqueue(number)
    taken: list[int] = []
    failed: list[BaseException] = []

    def work(name: str) -> None:
        try:
            while (held := claims.claim(name)) is not None:
                taken.append(held.args[0])
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(f"w{place}",)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert sorted(taken) == list(range(60))


@pytest.mark.django_db
def test_a_library_s_own_task_is_done_at_once_and_leaves_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_to_do.index, "__module__", "wagtail.example")
    monkeypatch.setattr(work_to_do, "indexed", [])
    job = LeaseBackend("default", {}).task_class(
        priority=0, func=work_to_do.index, backend="default", queue_name="default", run_after=None, takes_context=False
    )
    result = LeaseBackend("default", {"QUEUES": []}).enqueue(job, ["A file name.pdf"], {})
    assert work_to_do.indexed == ["A file name.pdf"]
    assert result.status == TaskResultStatus.SUCCESSFUL
    assert not QueuedTask.objects.exists()
