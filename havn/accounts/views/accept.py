"""What the link of an invitation opens."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts import actions
from havn.accounts.access import door
from havn.accounts.actions.invitations import check_can_open, no_longer, open_invitation
from havn.accounts.forms import AcceptForm, NewPasswordForm
from havn.accounts.models import Invitation, Role
from havn.accounts.sessions import give_cookies, take_cookies
from havn.accounts.views.own import me
from havn.accounts.views.sign_in import centre_of, halfway
from havn.common.errors import NotAllowed, Refused
from havn.common.language import reader_language


@door
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Who one is and a password; then the second factor is set up."""
    invitation = _invitation(request, token)
    if invitation is None:
        return render(request, "accounts/no_invitation.html", {"sentence": no_longer()}, status=404)
    try:
        check_can_open(_person_here(request), invitation)
    except NotAllowed as refusal:
        return render(request, "accounts/no_invitation.html", {"sentence": refusal.sentence}, status=403)
    form: AcceptForm | NewPasswordForm
    if invitation.user is not None:
        form = NewPasswordForm(request.POST or None, user=invitation.user)
    else:
        initial = {"language": reader_language(), "speaks": centre_of(request).languages[:1]}
        form = AcceptForm(request.POST or None, initial=initial, centre=centre_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _accepted(request, token, form)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    context = {
        "form": form,
        "invitation": invitation,
        "again": invitation.user is not None,
        "roles": [Role(role).label for role in invitation.roles],
        "token": token,
        "may_join": request.staff is not None and invitation.user is None,  # type: ignore[attr-defined]
    }
    return render(request, "accounts/accept.html", context, status=422 if form.errors else 200)


@door
@require_POST
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take the roles with the account one is signed in with: no role here yet, hence no `staff` guard."""
    invitation, signed_in = _invitation(request, token), request.staff  # type: ignore[attr-defined]
    if invitation is None or signed_in is None or signed_in.locked:
        raise Refused(no_longer())
    actions.join_as(token=token, user=me(request))
    return HttpResponseRedirect(reverse("accounts:profile"))


def _person_here(request: HttpRequest) -> int | None:
    """Whose session this browser holds, locked or still without its second step."""
    row = halfway(request)
    return row.user_id if row is not None else None


def _accepted(request: HttpRequest, token: str, form: AcceptForm | NewPasswordForm) -> HttpResponse:
    values = dict(form.cleaned_data)
    password = values.pop("new_password")
    values.pop("again")
    user = actions.accept_invitation(token=token, password=password, **values)
    begun = actions.begin_session(user=user, password=password)
    rotate_token(request)
    response = HttpResponseRedirect(reverse("accounts:second_step"))
    take_cookies(response)
    give_cookies(response, begun.session_id, begun.vault_cookie)
    return response


def _invitation(request: HttpRequest, token: str) -> Invitation | None:
    invitation = open_invitation(token)
    if invitation is None or invitation.organisation.centre_id != centre_of(request).pk:
        return None
    return invitation
