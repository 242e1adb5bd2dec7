"""What awareness does by the clock."""

from django.core.management import call_command

from havn.tasks.api import task


@task
def follow_dates() -> None:
    """Publish what editors set a date for, and take back what is over. Safe to run any number of times."""
    call_command("publish_scheduled", verbosity=0)
