"""Where a mail server hands e-mails over, signed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from havn.common.access import public
from havn.common.clock import now_ms
from havn.mailbox.actions.handing_over import LONGEST, hand_over
from havn.tenancy.models import Service


@public
@csrf_exempt
@require_POST
def hook(request: HttpRequest, service: int) -> HttpResponse:
    """One e-mail as it came (RFC 5322). Nobody is signed in: the signature says who sends, and the answer is JSON."""
    line = (
        Service.objects.select_related("organisation__centre")
        .filter(pk=service, kind=Service.Kind.HELPLINE, organisation__centre=request.centre)  # type: ignore[attr-defined]
        .first()
    )
    if line is None:
        return JsonResponse({"error": "There is no helpline at this address.", "code": "unknown"}, status=404)
    length = request.headers.get("Content-Length") or "0"
    if not length.isdigit() or len(length) > 9 or int(length) > LONGEST:
        told = "The body is longer than 3 MB. Leave the end of it out: files are not kept."
        return JsonResponse({"error": told, "code": "too-large"}, status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    answer = hand_over(line, headers=headers, body=request.body, now_ms=now_ms())
    response = JsonResponse(answer.told, status=answer.status)
    if answer.status in (429, 503):
        response.headers["Retry-After"] = "60" if answer.status == 503 else "1"
    return response
