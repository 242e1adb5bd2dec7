"""The django-tasks backend: `enqueue` stores a row in the caller's transaction and wakes a worker on commit."""

from dataclasses import dataclass
from typing import Any

from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from havn.common.clock import from_ms, now_ms
from havn.tasks import wake
from havn.tasks.models import QueuedTask
from havn.tasks.names import task_at
from havn.tasks.rules import checked_arguments

_STATUS = {
    QueuedTask.State.WAITING: TaskResultStatus.READY,
    QueuedTask.State.RUNNING: TaskResultStatus.RUNNING,
    QueuedTask.State.DONE: TaskResultStatus.SUCCESSFUL,
    QueuedTask.State.FAILED: TaskResultStatus.FAILED,
}


# The editor's own small jobs carry names of models and files, which no row of ours may. They are done where they arise.
_AT_ONCE = ("wagtail.", "wagtail_localize.", "modelsearch.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedTask(Task[Any, Any]):
    """A task with its own patience: `@task(attempts=3, lease_s=60)`."""

    attempts: int = 5
    lease_s: float = 30.0


class LeaseBackend(BaseTaskBackend):
    """Tasks in our own table, claimed with a lease (claims.py), run by `havn.tasks.worker`.

    A task may run twice: after a crash it is claimed again. Write tasks so that the second run does no harm.
    """

    task_class = LeasedTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Store the task; it runs after the transaction commits. Raises ArgumentsRefused for anything but ids.

        A library's own task is done at once, in the caller's transaction, and raises what it raises.
        """
        if task.module_path.startswith(_AT_ONCE):
            return _done(task, args, kwargs, self.alias)
        self.validate_task(task)
        now = now_ms()
        row = QueuedTask.objects.create(
            path=task.module_path,
            queue=task.queue_name,
            priority=task.priority,
            arguments=checked_arguments(args, kwargs),
            run_after_ms=int(task.run_after.timestamp() * 1000) if task.run_after else now,
            enqueued_at_ms=now,
        )
        wake.wake_on_commit()
        return _result(row, task, self.alias)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """How a task went. Raises TaskResultDoesNotExist, also once the purge has destroyed the row."""
        try:
            row = QueuedTask.objects.get(pk=int(result_id))
        except (QueuedTask.DoesNotExist, ValueError):
            raise TaskResultDoesNotExist(result_id) from None
        return _result(row, task_at(row.path), self.alias)


def _done(task: Task[Any, Any], args: Any, kwargs: Any, alias: str) -> TaskResult[Any]:
    began = from_ms(now_ms())
    task.func(*args, **kwargs)
    ended = from_ms(now_ms())
    return TaskResult(
        task=task,
        id="0",
        status=TaskResultStatus.SUCCESSFUL,
        enqueued_at=began,
        started_at=began,
        finished_at=ended,
        last_attempted_at=began,
        args=[],
        kwargs={},
        backend=alias,
        errors=[],
        worker_ids=[],
    )


def _result(row: QueuedTask, task: Task[Any, Any], alias: str) -> TaskResult[Any]:
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=str(row.pk),
        status=_STATUS[QueuedTask.State(row.state)],
        enqueued_at=from_ms(row.enqueued_at_ms),
        started_at=from_ms(row.started_at_ms) if row.started_at_ms else None,
        finished_at=from_ms(row.finished_at_ms) if row.finished_at_ms else None,
        last_attempted_at=from_ms(row.started_at_ms) if row.started_at_ms else None,
        args=row.arguments["args"],
        kwargs=row.arguments["kwargs"],
        backend=alias,
        errors=[TaskError(exception_class_path=row.error, traceback=row.places)] if row.error else [],
        worker_ids=[row.worker] * row.attempts,
    )
    object.__setattr__(result, "_return_value", row.result)
    return result
