"""What returns by the clock."""

from havn.forms.actions.assessing import forget_assessments
from havn.tasks.api import task
from havn.tenancy.models import Centre


@task(lease_s=300)
def forget() -> int:
    """Destroy self-assessments whose days are over, of every centre. Returns how many."""
    return sum(forget_assessments(centre=centre) for centre in Centre.objects.hosted())
