"""A form that came too late: its writer is signed out, locked, or signed in anew. What was written is given back.

Only to a browser that says that the form is from our own page. While nobody is at the desk the fields are hidden.
Nothing ties a form to its writer: whoever signed in anew sees what it holds and in whose name it would go.
"""

import re
from enum import StrEnum

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from havn.common.address import site_of

_NEVER = re.compile("password|passphrase|secret|recovery")


class Why(StrEnum):
    """What the form lacks."""

    SIGNED_OUT = "signed-out"
    LOCKED = "locked"
    SIGNED_IN_ANEW = "signed-in-anew"


def given_back(request: HttpRequest, why: Why, status: int, name: str = "") -> HttpResponse | None:
    """A page with the form's fields and today's token. None for what is no form of ours, or holds a password.

    `name`: of who is signed in by now.
    """
    if request.method != "POST" or request.headers.get("Origin") != site_of(request):
        return None
    if any(_NEVER.search(name) for name in request.POST):
        return None
    sent = request.POST.lists()
    context = {
        "fields": [(name, value) for name, values in sent if name != "csrfmiddlewaretoken" for value in values],
        "files": bool(request.FILES),
        "address": request.get_full_path(),
        "why": why,
        "name": name,
    }
    return render(request, "accounts/again.html", context, status=status)
