"""Where a confirmer without an account answers: everything is right, or what is wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from havn.common.access import public
from havn.common.clock import now
from havn.directory import actions
from havn.directory.forms import WordsForm
from havn.directory.models import ConfirmLink
from havn.directory.queries import entry_now, last_confirmation
from havn.directory.said import differences_of, label_of, said_of, value_words
from havn.directory.words import age_words


# The secret in the address is what a forged form would lack, and a token of our own would need a cookie.
@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the entry by its link, and take the answer. A link that is over says so and opens nothing."""
    link = actions.link_of(token)
    if link is None:
        return render(request, "directory/public_confirm_over.html", status=404)
    if request.method != "POST":
        return _page(request, link, WordsForm())
    if "right" in request.POST:
        actions.answer_link(token=token)
        return render(request, "directory/public_confirmed.html", {"wrong": False})
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, link, form, status=422)
    actions.answer_link(token=token, wrong=form.cleaned_data["words"])
    return render(request, "directory/public_confirmed.html", {"wrong": True})


def _page(request: HttpRequest, link: ConfirmLink, form: WordsForm, status: int = 200) -> HttpResponse:
    entry = entry_now(link.service_id, now())
    if entry is None:
        return render(request, "directory/public_confirm_over.html", status=404)
    last = last_confirmation(link.service_id)
    context = {
        "entry": entry,
        "age": age_words(entry),
        "facts": [(label_of(key), value_words(key, value)) for key, value in said_of(entry).items()],
        "differences": [
            (label_of(one.key), value_words(one.key, one.before), value_words(one.key, one.now))
            for one in (differences_of(entry, last.said) if last else [])
        ],
        "form": form,
    }
    return render(request, "directory/public_confirm.html", context, status=status)
