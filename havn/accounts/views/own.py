"""One's own account: names, password, second factor, and the browsers one is signed in with."""

import hashlib

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havn.accounts import actions, permissions
from havn.accounts.access import staff
from havn.accounts.forms import ChangePasswordForm, CodeForm, PasswordForm, ProfileForm
from havn.accounts.models import RecoveryCode, Role, SecondFactor, StaffSession, User
from havn.accounts.queries import open_sessions_of
from havn.accounts.views.sign_in import app_to_show, centre_of, halfway, wrong_code
from havn.common.navigation import entries_for

_PROOF = "havn.accounts.new_app"
_PROOF_SECONDS = 600


@staff()
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """To the first screen of one's own menu: the desk for who answers children, the editor for who writes."""
    first = next(entries_for(request), None)
    return HttpResponseRedirect(first.url if first else reverse("accounts:profile"))


@staff()
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Names and languages, and the way to everything else of one's own."""
    user = me(request)
    initial = {"name": user.name, "shown_name": user.shown_name, "language": user.language, "speaks": user.speaks}
    form = ProfileForm(request.POST or None, initial=initial, centre=centre_of(request))
    if request.method == "POST" and form.is_valid():
        actions.change_profile(user=user, **form.cleaned_data)
        messages.success(request, _("Your account was changed."))
        return HttpResponseRedirect(reverse("accounts:profile"))
    context = {"form": form, "codes_left": RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()}
    return render(request, "accounts/profile.html", context)


@staff()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password for the same keys."""
    user = me(request)
    form = ChangePasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        changed = actions.change_password(
            user=user,
            old=form.cleaned_data["old_password"],
            new=form.cleaned_data["new_password"],
            centre_id=centre_of(request).pk,
            session_id_hash=request.staff.session_id_hash,  # type: ignore[attr-defined]
        )
        if changed:
            messages.success(request, _("Your password was changed. Other browsers were signed out."))
            return HttpResponseRedirect(reverse("accounts:profile"))
        form.add_error("old_password", _("This password did not fit, or there were too many tries. Wait a little."))
    return render(request, "accounts/password.html", {"form": form})


@staff()
@require_http_methods(["GET", "POST"])
def new_app(request: HttpRequest) -> HttpResponse:
    """Another authenticator app instead of the present one: first the password, then its drawing, then its code.

    The password comes first because who finds a desk open must not even see a secret that may come into use.
    """
    row, user = halfway(request), me(request)
    given = request.POST.get("proof", "")
    if row is None or not _password_was_given(row, given):
        form = PasswordForm(request.POST if "password" in request.POST else None)
        if row is None or not form.is_valid():
            return render(request, "accounts/new_app.html", {"form": form})
        if not actions.confirm_password(user=user, password=form.cleaned_data["password"]):
            form.add_error("password", _("This password did not fit, or there were too many tries. Wait a little."))
            return render(request, "accounts/new_app.html", {"form": form})
        shown = app_to_show(request, user)
        return render(request, "accounts/new_app.html", {"form": CodeForm(), "proof": _proof(row), **shown})
    code = CodeForm(request.POST)
    if code.is_valid():
        codes = actions.confirm_second_factor(row=row, typed=code.cleaned_data["code"], centre_id=centre_of(request).pk)
        if codes is not None:
            return _show(request, codes)
        code.add_error("code", wrong_code())
    return render(request, "accounts/new_app.html", {"form": code, "proof": given})


@staff()
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new codes, shown this once."""
    if not actions.confirm_password(user=me(request), password=request.POST.get("password", "")):
        messages.error(request, _("This password did not fit, or there were too many tries. Wait a little."))
        return HttpResponseRedirect(reverse("accounts:profile"))
    return _show(request, actions.make_recovery_codes(user=me(request), centre_id=centre_of(request).pk))


@staff()
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in. Which browser and from where is not known, and is not asked."""
    here: StaffSession | None = halfway(request)
    context = {"sessions": open_sessions_of(me(request)), "here": here.pk if here else None}
    return render(request, "accounts/sessions.html", context)


@staff()
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """Sign out there, or everywhere else."""
    user, centre_id = me(request), centre_of(request).pk
    named = request.POST.get("session", "")
    if named.isascii() and named.isdigit() and len(named) < 19:
        actions.sign_out_there(user=user, session_row_id=int(named), centre_id=centre_id)
    elif not named:
        here = request.staff.session_id_hash  # type: ignore[attr-defined]
        actions.sign_out_everywhere(user=user, centre_id=centre_id, but=here)
    messages.success(request, _("Signed out there."))
    return HttpResponseRedirect(reverse("accounts:sessions"))


@staff()
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """What each role may do, from the table that the guards ask."""
    rows = [(row.sentence, [(role.label, role in row.roles) for role in Role]) for row in permissions.table()]
    return render(request, "accounts/roles.html", {"roles": [role.label for role in Role], "rows": rows})


def me(request: HttpRequest) -> User:
    """Who is signed in, in a view marked `staff`."""
    user = request.user
    assert isinstance(user, User)
    return user


def _proof(row: StaffSession) -> str:
    """Says that this session has just given its password and was shown the secret that waits now."""
    return signing.dumps(_what_waits(row), salt=_PROOF)


def _password_was_given(row: StaffSession, proof: str) -> bool:
    try:
        return bool(signing.loads(proof, salt=_PROOF, max_age=_PROOF_SECONDS) == _what_waits(row))
    except signing.BadSignature:
        return False


def _what_waits(row: StaffSession) -> list[str]:
    sealed = SecondFactor.objects.filter(user=row.user_id).values_list("waiting_sealed", flat=True).first()
    return [str(row.pk), hashlib.sha256(bytes(sealed or b"")).hexdigest()]


def _show(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "onward": reverse("accounts:profile")})
