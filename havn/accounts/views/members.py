"""Members of the centre's organisations: who they are, inviting, changing and removing them."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from havn.accounts import actions
from havn.accounts.access import staff
from havn.accounts.actions.members import EVERY_ROLE, check_can_manage, check_can_reset
from havn.accounts.forms import InviteForm, RolesForm
from havn.accounts.models import Invitation, Membership, User
from havn.accounts.permissions import roles_that_may
from havn.accounts.queries import organisations_managed, roles_of, teams_in
from havn.accounts.rules.roles import roles_one_may_give
from havn.accounts.views.own import me
from havn.accounts.views.sign_in import centre_of
from havn.common.errors import NotAllowed, Refused
from havn.tenancy.models import Organisation

READERS = roles_that_may("members.read")
MANAGERS = roles_that_may("members.manage")


@staff(*READERS)
@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """Everybody, by organisation; links that wait to be used."""
    managed = set(organisations_managed(me(request), centre_of(request), MANAGERS).values_list("pk", flat=True))
    return render(request, "accounts/members.html", {"teams": teams_in(centre_of(request)), "managed": managed})


@staff(*MANAGERS)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """A new link, shown this once to copy."""
    organisations = organisations_managed(me(request), centre_of(request), MANAGERS)
    own = frozenset(role for one in organisations for role in roles_of(me(request), one.pk))
    form = InviteForm(
        request.POST or None,
        organisations=organisations,
        may_give=roles_one_may_give(own, EVERY_ROLE),
        initial={"roles": ["counsellor"]},
    )
    if request.method == "POST" and form.is_valid():
        token = actions.invite(actor=me(request), **form.cleaned_data)
        return _show_link(request, token, None)
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@staff(*MANAGERS)
@require_POST
def withdraw(request: HttpRequest, invitation: int) -> HttpResponse:
    """A link that nobody used yet stops working."""
    found = get_object_or_404(Invitation, pk=invitation, organisation__centre=centre_of(request))
    actions.withdraw_invitation(actor=me(request), invitation=found)
    messages.success(request, _("The link does not work any more."))
    return HttpResponseRedirect(reverse("accounts:members"))


@staff(*MANAGERS)
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, organisation: int, user: int) -> HttpResponse:
    """One member in one organisation: roles, and what to do when they leave or lose something."""
    where, who = _member(request, organisation, user)
    check_can_manage(me(request), who, where)
    held = roles_of(who, where.pk)
    form = RolesForm(
        request.POST or None,
        may_give=roles_one_may_give(roles_of(me(request), where.pk), EVERY_ROLE),
        initial={"roles": list(held)},
    )
    if request.method == "POST" and form.is_valid():
        actions.change_roles(actor=me(request), member=who, organisation=where, roles=form.cleaned_data["roles"])
        messages.success(request, _("The roles of %(name)s were changed.") % {"name": who.name})
        return HttpResponseRedirect(reverse("accounts:members"))
    context = {"form": form, "member": who, "organisation": where, "why_no_reset": _why_no_reset(me(request), who)}
    return render(request, "accounts/member.html", context, status=422 if form.errors else 200)


@staff(*MANAGERS)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, organisation: int, user: int) -> HttpResponse:
    """Asks once, then takes the member out."""
    where, who = _member(request, organisation, user)
    check_can_manage(me(request), who, where)
    if request.method == "POST":
        actions.remove_member(actor=me(request), member=who, organisation=where)
        messages.success(request, _("%(name)s is no longer a member.") % {"name": who.name})
        return HttpResponseRedirect(reverse("accounts:members"))
    return render(request, "accounts/remove.html", {"member": who, "organisation": where})


@staff(*MANAGERS)
@require_POST
def lost(request: HttpRequest, organisation: int, user: int, what: str) -> HttpResponse:
    """The member lost the password (a new link) or the telephone (a new app at the next sign-in)."""
    where, who = _member(request, organisation, user)
    if what == "password":
        return _show_link(request, actions.invite_again(actor=me(request), member=who, organisation=where), who)
    if what != "app":
        raise Http404
    actions.reset_second_factor(actor=me(request), member=who, organisation=where)
    messages.success(request, _("%(name)s sets up a new app at the next sign-in.") % {"name": who.name})
    return HttpResponseRedirect(reverse("accounts:members"))


def link_of(token: str, host: str) -> str:
    """The whole address of an invitation, to copy."""
    scheme = "https" if settings.SECURE else "http"
    return f"{scheme}://{host}{reverse('accounts:accept', args=[token])}"


def _show_link(request: HttpRequest, token: str, who: User | None) -> HttpResponse:
    return render(request, "accounts/link.html", {"link": link_of(token, request.get_host()), "member": who})


def _member(request: HttpRequest, organisation: int, user: int) -> tuple[Organisation, User]:
    """The member, who must be one of this organisation of this centre: else 404."""
    row = (
        Membership.objects.filter(
            organisation_id=organisation, organisation__centre=centre_of(request), user_id=user, user__is_active=True
        )
        .select_related("organisation", "user")
        .first()
    )
    if row is None:
        raise Http404
    return row.organisation, row.user


def _why_no_reset(actor: User, who: User) -> str:
    try:
        check_can_reset(actor, who)
    except (NotAllowed, Refused) as refusal:
        return refusal.sentence
    return ""
