"""Keeping a part of a profile with the organisation that writes it."""

from typing import Any

from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from havn.awareness.editor.groups import reviewers_of
from havn.awareness.models import ProfilePartPage
from havn.tenancy.models import Organisation


@transaction.atomic
def follow_owner(*, part: ProfilePartPage) -> None:
    """Have the part reviewed by the publishers of its organisation; a review that others began is called off."""
    workflow = review_of(part.owner_organisation)
    row, new = WorkflowPage.objects.get_or_create(page=part.page_ptr, defaults={"workflow": workflow})
    if not new and row.workflow_id != workflow.pk:
        row.workflow = workflow
        row.save(update_fields=["workflow"])
    part.workflowpage = row
    state = part.current_workflow_state
    if state is not None and state.workflow_id != workflow.pk:
        state.cancel()


def review_of(organisation: Organisation) -> Workflow:
    """The review by the organisation's own publishers, made when it is missing."""
    name = f"Review: {organisation.centre.slug}, {organisation.slug}"
    workflow, new = Workflow.objects.get_or_create(name=name)
    if new:
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(reviewers_of(organisation))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def on_saved(sender: Any, instance: ProfilePartPage, raw: bool = False, **_: Any) -> None:
    """Signal: a part was saved."""
    if not raw:
        follow_owner(part=instance)
