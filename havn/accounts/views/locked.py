"""The idle lock: the page for browsers without script, and the posts of the element that covers the desk."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from havn.accounts import actions
from havn.accounts.access import safe_next, staff, wants_json
from havn.accounts.activity import lock, mark_active
from havn.accounts.forms import PasswordForm
from havn.accounts.sessions import IDLE_BEFORE_LOCK, give_cookies
from havn.accounts.views.sign_in import halfway


@staff(when_locked=True)
@require_GET
def locked(request: HttpRequest) -> HttpResponse:
    """Asks for the password; back to the page one came from."""
    wish = request.GET.get("next")
    if not request.staff.locked:  # type: ignore[attr-defined]
        return HttpResponseRedirect(safe_next(request, wish))
    return render(request, "accounts/locked.html", {"form": PasswordForm(), "next": wish or ""})


@staff(when_locked=True)
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """The password reopens the session and the vault."""
    row, form, wish = halfway(request), PasswordForm(request.POST), request.POST.get("next")
    begun = actions.unlock(row=row, password=form.cleaned_data["password"]) if row and form.is_valid() else None
    if begun is None:
        sentence = _("This password did not fit, or there were too many tries. Wait a little and try again.")
        if wants_json(request):
            return JsonResponse({"locked": True, "sentence": sentence}, status=403)
        form.add_error("password", sentence) if form.is_valid() else None
        return render(request, "accounts/locked.html", {"form": form, "next": wish or ""}, status=403)
    response: HttpResponse
    if wants_json(request):
        response = JsonResponse({"locked": False, "locks_in": int(IDLE_BEFORE_LOCK.total_seconds())})
    else:
        response = HttpResponseRedirect(safe_next(request, wish))
    give_cookies(response, None, begun.vault_cookie)
    return response


@staff(when_locked=True)
@require_POST
def lock_now(request: HttpRequest) -> HttpResponse:
    """Lock at once, as when leaving the room."""
    lock(session_id_hash=request.staff.session_id_hash)  # type: ignore[attr-defined]
    if wants_json(request):
        return JsonResponse({"locked": True})
    return HttpResponseRedirect(reverse("accounts:locked"))


@staff()
@require_POST
def active(request: HttpRequest) -> JsonResponse:
    """The person touched a key or the pointer. 423 when it came too late."""
    if not mark_active(request.staff.session_id_hash):  # type: ignore[attr-defined]
        return JsonResponse({"locked": True}, status=423)
    return JsonResponse({"locked": False, "locks_in": int(IDLE_BEFORE_LOCK.total_seconds())})
