"""The one door: password, then the second step."""

import io
from urllib.parse import urlencode

import pyotp
import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts import actions, demo
from havn.accounts.access import door, safe_next
from havn.accounts.actions.signing_in import Begun
from havn.accounts.forms import CodeForm, SignInForm
from havn.accounts.models import SecondFactor, StaffSession, User
from havn.accounts.sessions import SessionStore, give_cookies, take_cookies
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Centre


@door
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Username and password."""
    wish = request.POST.get("next") or request.GET.get("next")
    staff = request.staff  # type: ignore[attr-defined]
    if request.method == "GET" and staff is not None:
        return HttpResponseRedirect(_onward(request, wish))
    form = SignInForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        user = actions.check_password_throttled(
            username=form.cleaned_data["username"], password=form.cleaned_data["password"], centre=centre_of(request)
        )
        if user is not None:
            return _begun(request, _begin(request, user, form.cleaned_data["password"]), _second_step(request, wish))
        refused = _("This did not fit, or there were too many tries. Check both fields, wait a little and try again.")
    context = {
        "form": form,
        "refused": refused,
        "next": safe_next(request, wish) if wish else "",
        "demo_buttons": demo.buttons(request),
        "signed_out": "signed-out" in request.GET,
    }
    return render(request, "accounts/sign_in.html", context, status=403 if refused else 200)


@door
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """The demo's one press: the ordinary sign-in with the demo's own password, without the second step."""
    known = demo.sign_in_as(centre_of(request).slug, request.POST.get("role", ""))
    if known is None or not demo.one_press_allowed(request):
        raise NotAllowed(_("This is only possible in the demonstration, on the machine that runs it."))
    username, password = known
    user = actions.check_password_throttled(username=username, password=password, centre=centre_of(request))
    if user is None:
        raise NotAllowed(_("The demonstration's passwords do not fit any more. Load it afresh."))
    begun = _begin(request, user, password)
    actions.complete_demo_session(begun=begun, centre_id=centre_of(request).pk)
    return _begun(request, begun, _onward(request, None))


@door
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """A code of the app or a recovery code; the first time, setting up the app."""
    row = halfway(request)
    wish = request.POST.get("next") or request.GET.get("next")
    if row is None:
        return HttpResponseRedirect(reverse("accounts:sign_in"))
    if row.second_factor_at is not None:
        return HttpResponseRedirect(_onward(request, wish))
    factor = SecondFactor.objects.filter(user=row.user).first()
    if factor is None or not factor.in_use:
        return _set_up(request, row, wish)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if actions.pass_second_step(row=row, typed=form.cleaned_data["code"], centre_id=centre_of(request).pk):
                rotate_token(request)
                return HttpResponseRedirect(_onward(request, wish))
            form.add_error("code", wrong_code())
        except Refused as refusal:
            form.add_error("code", refusal.sentence)
    context = {"form": form, "next": wish or ""}
    return render(request, "accounts/second_step.html", context, status=403 if form.errors else 200)


def _set_up(request: HttpRequest, row: StaffSession, wish: str | None) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = actions.confirm_second_factor(row=row, typed=form.cleaned_data["code"], centre_id=centre_of(request).pk)
        if codes is not None:
            rotate_token(request)
            shown = {"codes": codes, "onward": _onward(request, wish)}
            return render(request, "accounts/recovery_codes.html", shown)
        form.add_error("code", wrong_code())
    # A code that did not fit may be mistyped: the secret on the telephone still counts, and is not shown once more.
    shown_app = {} if form.errors else app_to_show(request, row.user)
    context: dict[str, object] = {"form": form, "next": wish or "", **shown_app}
    return render(request, "accounts/set_up.html", context, status=403 if form.errors else 200)


@door
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session, however far it had come."""
    row = halfway(request)
    if row is not None:
        actions.sign_out(session_id_hash=bytes(row.id_hash), centre_id=centre_of(request).pk)
    response = HttpResponseRedirect(reverse("accounts:sign_in") + "?signed-out")
    take_cookies(response)
    return response


def centre_of(request: HttpRequest) -> Centre:
    """The centre whose address this is."""
    centre = request.centre  # type: ignore[attr-defined]
    assert isinstance(centre, Centre)
    return centre


def halfway(request: HttpRequest) -> StaffSession | None:
    """The session's row, whether or not it passed the second step."""
    assert isinstance(request.session, SessionStore)
    return request.session.row


def wrong_code() -> str:
    """One sentence for a wrong, a used and a too eager code."""
    return _("This code did not fit, was used already, or came after too many tries. Wait for the next code.")


def app_to_show(request: HttpRequest, user: User) -> dict[str, object]:
    """What setting up an app needs: a drawing to scan and the same secret to type, fresh each time."""
    secret = actions.prepare_second_factor(user=user)
    address = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=centre_of(request).name)
    drawing = io.BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    # Made by segno from our own address: paths only.
    return {"drawing": mark_safe(drawing.getvalue().decode()), "secret": groups}  # noqa: S308


def _begin(request: HttpRequest, user: User, password: str) -> Begun:
    older = halfway(request)
    if older is not None:
        actions.sign_out(session_id_hash=bytes(older.id_hash), centre_id=centre_of(request).pk)
    return actions.begin_session(user=user, password=password)


def _begun(request: HttpRequest, begun: Begun, onward: str) -> HttpResponse:
    rotate_token(request)
    response = HttpResponseRedirect(onward)
    take_cookies(response)
    give_cookies(response, begun.session_id, begun.vault_cookie)
    return response


def _second_step(request: HttpRequest, wish: str | None) -> str:
    path = reverse("accounts:second_step")
    return f"{path}?{urlencode({'next': safe_next(request, wish)})}" if wish else path


def _onward(request: HttpRequest, wish: str | None) -> str:
    """The page asked for; who asked for nothing but the desk gets the first screen of their own menu."""
    there = safe_next(request, wish)
    return reverse("accounts:home") if there == get_script_prefix() + "desk" else there
