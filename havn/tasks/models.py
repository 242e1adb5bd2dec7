"""Work waiting to be done, the clock of what returns, and which workers are alive. Times are milliseconds (`_ms`)."""

from typing import ClassVar

from django.db import models

from havn.common.ids import RandomIdField


class QueuedTask(models.Model):
    """One piece of work. Its arguments are ids and short codes; nothing a person wrote ever stands here.

    Claimed by one UPDATE that sets a lease. Whoever holds the lease renews it; when a worker dies the lease runs
    out and the task is claimed again. Finished rows are destroyed by the nightly purge.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed for good"

    id = RandomIdField()
    path = models.CharField(max_length=200, help_text="Where the function is: module and name.")
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    arguments = models.JSONField(default=dict, help_text='{"args": [...], "kwargs": {...}}: whole numbers and codes.')
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    run_after_ms = models.BigIntegerField(help_text="While waiting: not before. While running: when the lease ends.")
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=40, blank=True)
    enqueued_at_ms = models.BigIntegerField()
    started_at_ms = models.BigIntegerField(null=True)
    finished_at_ms = models.BigIntegerField(null=True)
    result = models.JSONField(null=True, help_text="A whole number or a code.")
    error = models.CharField(max_length=120, blank=True, help_text="The exception's type, never its text.")
    places = models.CharField(max_length=400, blank=True, help_text="Files and lines, innermost first; no values.")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["run_after_ms"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="task_due",
            ),
            models.Index(fields=["state", "finished_at_ms"], name="task_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.state})"


class ScheduledTask(models.Model):
    """When a returning task is due next. The list itself is in code (`schedule.py`); this row only keeps its clock."""

    name = models.CharField(primary_key=True, max_length=80)
    due_at_ms = models.BigIntegerField()
    last_at_ms = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A worker process and when it was last heard of, for the health screen."""

    name = models.CharField(primary_key=True, max_length=40)
    seen_at_ms = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
