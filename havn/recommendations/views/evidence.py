"""Evidence: hang a link, a document or something that is kept here to a follow-up, and read a document again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.recommendations import actions
from havn.recommendations.forms import EvidenceForm
from havn.recommendations.models import Evidence
from havn.recommendations.permissions import FILLERS, READERS, today_in
from havn.recommendations.queries.factsheets import follow_ups_visible_to
from havn.recommendations.views.asked import centre_of, factsheets_on, follow_up_of
from havn.recommendations.views.follow_up import follow_up_page


@staff(*FILLERS)
@require_POST
def add_evidence(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """Hang a link, or something that is kept here, to a draft."""
    found = follow_up_of(request, follow_up_id)
    form = EvidenceForm(request.POST, request.FILES, centre=found.factsheet.party)
    if not form.is_valid():
        return follow_up_page(request, found, form)
    actions.add_evidence(
        actor=request.user,  # type: ignore[arg-type]
        follow_up=found,
        today=today_in(found.factsheet.party),
        **form.said(),
    )
    messages.success(request, _("The evidence is added."))
    return redirect("recommendations:follow_up", follow_up_id=follow_up_id)


@staff(*FILLERS)
@require_POST
def remove_evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Take one away."""
    found = Evidence.objects.filter(follow_up__factsheet__in=factsheets_on(request))
    rows = found.select_related("follow_up__factsheet__round", "follow_up__factsheet__party")
    evidence = get_object_or_404(rows, pk=evidence_id)
    number = evidence.follow_up_id
    party = evidence.follow_up.factsheet.party
    actions.remove_evidence(actor=request.user, evidence=evidence, today=today_in(party))  # type: ignore[arg-type]
    messages.success(request, _("The evidence is taken away."))
    return redirect("recommendations:follow_up", follow_up_id=number)


@staff(*READERS)
@require_safe
def evidence_file(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """A document, to save."""
    readable = follow_ups_visible_to(centre_of(request)).filter(factsheet__in=factsheets_on(request))
    found = Evidence.objects.filter(follow_up__in=readable, file__isnull=False).select_related("file")
    return sent_file(get_object_or_404(found, pk=evidence_id))


def sent_file(evidence: Evidence) -> HttpResponse:
    """A document under its name. A browser saves it and never shows it in place."""
    if evidence.file is None:
        raise Http404
    return HttpResponse(
        bytes(evidence.file.content),
        content_type="application/octet-stream",
        headers={"Content-Disposition": content_disposition_header(True, evidence.file.name) or "attachment"},
    )
