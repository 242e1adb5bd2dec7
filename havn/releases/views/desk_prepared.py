"""What was prepared: the table as everybody would read it, what is left out and why, and publishing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.releases import actions, words
from havn.releases.models import Preparation
from havn.releases.pages import explained_of, grids_of, hidden_in, reasons_in_order
from havn.releases.permissions import PREPARERS, PUBLISHERS, can_publish
from havn.releases.views.asked import preparation_of


@staff(*PREPARERS)
@require_safe
def prepared(request: HttpRequest, preparation_id: int) -> HttpResponse:
    """How far it is; when it is done, all of it."""
    found = preparation_of(request, preparation_id)
    context = {
        "preparation": found,
        "dataset": found.dataset,
        "period": words.period(found.first, found.last),
        "is_waiting": found.state in (Preparation.State.WAITING, Preparation.State.WORKING),
        "may_publish": can_publish(request.user, found.dataset.centre),  # type: ignore[arg-type]
    }
    if found.state == Preparation.State.READY:
        assert found.table is not None
        assert found.log is not None
        assert found.audit is not None
        explained = explained_of(found.log, found.audit)
        context |= {
            "grids": grids_of(found.table, explained),
            "reasons": list(reasons_in_order(found.table, explained)),
            "left_out": words.left_out(*hidden_in(found.table)),
            "audit": found.audit,
            "who": words.who_gave(found.table["centres"], found.table.get("asked")),
            "some_missing": len(found.table["centres"]) < (found.table.get("asked") or 0),
        }
    if found.state == Preparation.State.REFUSED:
        context["refusal"] = words.refusal(found.refusal, found.dataset.threshold)
    return render(request, "releases/desk_prepared.html", context)


@staff(*PUBLISHERS)
@require_POST
def publish(request: HttpRequest, preparation_id: int) -> HttpResponse:
    """Let everybody read it, for ever."""
    release = actions.publish_prepared(
        actor=request.user, preparation=preparation_of(request, preparation_id),  # type: ignore[arg-type]
    )  # fmt: skip
    messages.success(request, _("The release is published."))
    return redirect("releases:release", release_id=release.pk)


@staff(*PREPARERS)
@require_POST
def discard(request: HttpRequest, preparation_id: int) -> HttpResponse:
    """Throw away what was prepared."""
    found = preparation_of(request, preparation_id)
    actions.discard(actor=request.user, preparation=found)  # type: ignore[arg-type]
    messages.success(request, _("Thrown away. What is published stays as it is."))
    return redirect("releases:dataset", dataset_id=found.dataset_id)
