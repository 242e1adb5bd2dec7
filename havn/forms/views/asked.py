"""What the views of the builder have in common: whose forms they are, and the version that the address names."""

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from havn.accounts.models import User
from havn.common.errors import Refused
from havn.forms.models import Form, FormVersion
from havn.forms.permissions import check_can_write
from havn.tenancy.models import Centre


def centre_of(request: HttpRequest) -> Centre:
    """The centre whose forms the person may build."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    check_can_write(request.user, centre)  # type: ignore[arg-type]
    return centre


def actor_of(request: HttpRequest) -> User:
    """Who is at it."""
    assert isinstance(request.user, User)
    return request.user


def form_of(request: HttpRequest, form_id: int) -> Form:
    """A form of this centre, or one that comes with Havn. Http404 for any other."""
    centre = centre_of(request)
    return get_object_or_404(Form.objects.filter(Q(centre=centre) | Q(centre=None)), pk=form_id)


def version_of(request: HttpRequest, version_id: int) -> FormVersion:
    """A version of such a form. Http404 for any other."""
    centre = centre_of(request)
    found = FormVersion.objects.filter(Q(form__centre=centre) | Q(form__centre=None)).select_related("form__centre")
    return get_object_or_404(found, pk=version_id)


def draft_of(request: HttpRequest, version_id: int) -> FormVersion:
    """A draft of this centre. Http404 for any other, Refused with a sentence for what is in use."""
    centre = centre_of(request)
    found = FormVersion.objects.filter(form__centre=centre).select_related("form__centre")
    version = get_object_or_404(found, pk=version_id)
    if version.is_frozen:
        raise Refused(_("This version is in use and stays as it is. Make a new version to change it."))
    return version
