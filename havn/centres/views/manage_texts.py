"""Where a coordinator reads the safety texts in every language and approves them."""

import re

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.centres import actions
from havn.centres.models import ApprovedText
from havn.centres.permissions import EDITORS
from havn.centres.registry import safety_texts
from havn.centres.safety_texts import ENGLISH, fingerprint, words_of
from havn.common.language import spoken
from havn.tenancy.models import Centre


@staff(*EDITORS)
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """Each text in English and in the centre's other languages, with who approved it."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    approved = {(row.key, row.language): row for row in ApprovedText.objects.filter(centre=centre)}
    rows, names = [], dict(settings.LANGUAGES)
    for key, english in safety_texts().items():
        versions = []
        for language in centre.languages:
            if language == ENGLISH:
                continue
            text = words_of(key, spoken(language, centre.formal_in))
            row = approved.get((key, language))
            mark = fingerprint(text)
            good = row if row and row.fingerprint == mark else None
            versions.append(
                {
                    "language": language,
                    "name": names.get(language, language),
                    "text": _shown(text),
                    "mark": mark,
                    "approved": good,
                    "translated": text != english,
                }
            )
        rows.append({"key": key, "english": _shown(english), "versions": versions})
    return render(request, "centres/manage_texts.html", {"rows": rows})


def _shown(text: str) -> str:
    # A number that the centre's settings fill in, such as the days until a talk is destroyed.
    return re.sub(r"%\(\w+\)s", "[…]", text)


@staff(*EDITORS)
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve one text in one language."""
    centre: Centre = request.centre  # type: ignore[attr-defined]
    actions.approve_text(
        actor=request.user,  # type: ignore[arg-type]
        actor_may=bool(set(request.roles) & set(EDITORS)),  # type: ignore[attr-defined]
        centre=centre,
        key=request.POST.get("key", ""),
        language=request.POST.get("language", ""),
        mark=request.POST.get("mark", ""),
    )
    messages.success(request, _("The text is approved. It stands alone in its language from now on."))
    return redirect("centres:texts")
