"""From the stored name of a task to the task."""

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.base import Task


def task_at(path: str) -> Task[Any, Any]:
    """The task that `@task` made at this module and name. Raises ImportError when there is none."""
    found = import_string(path)
    if not isinstance(found, Task):
        raise ImportError(f"{path} is not a task.")
    return found
