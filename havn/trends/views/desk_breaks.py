"""Where the series broke: the list, a new one, one taken away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from havn.accounts.access import staff
from havn.trends import words
from havn.trends.actions.sharing import add_break, remove_break
from havn.trends.forms import BreakForm
from havn.trends.models import Break
from havn.trends.permissions import READERS, WRITERS, can_write
from havn.trends.queries.history import breaks_of
from havn.trends.queries.network import DIMENSIONS
from havn.trends.rules.quarters import quarter_named
from havn.trends.views.asked import actor_of, centre_of, network_or_404
from havn.trends.words_breaks import break_words


@staff(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def breaks(request: HttpRequest) -> HttpResponse:
    """All of them; the network's own people add one."""
    network, actor, centre = network_or_404(), actor_of(request), centre_of(request)
    form = BreakForm(
        request.POST or None,
        dimensions=[(one, words.dimension_label(one)) for one in DIMENSIONS],
        kinds=_kinds(),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        add_break(
            actor=actor, centre=centre, quarter=quarter_named(data["quarter"]), kind=data["kind"],
            dimension=data["dimension"], member=data["member"], words=data["words"],
        )  # fmt: skip
        messages.success(request, _("The break is marked."))
        return redirect("trends:breaks")
    kinds = dict(_kinds())
    rows = [
        {
            "pk": one.pk,
            "quarter": words.quarter_label(one.quarter),
            "kind": kinds[one.kind],
            "what": words.dimension_label(one.dimension) if one.dimension else _("All figures"),
            "words": break_words(one),
            "source": one.source,
            "own": not one.key,
        }
        for one in breaks_of(network)
    ]
    context = {"rows": rows, "form": form, "may_write": can_write(actor, centre)}
    return render(request, "trends/desk_breaks.html", context, status=422 if form.errors else 200)


@staff(*WRITERS)
@require_POST
def remove(request: HttpRequest, break_id: int) -> HttpResponse:
    """Take one away that was added here."""
    one = Break.objects.filter(pk=break_id, centre=centre_of(request)).first()
    if one is None:
        raise Http404
    remove_break(actor=actor_of(request), centre=centre_of(request), one=one)
    messages.success(request, _("The break is taken away."))
    return redirect("trends:breaks")


def _kinds() -> list[tuple[str, str]]:
    return [
        (Break.Kind.SCHEME, _("Another list of reasons")),
        (Break.Kind.BAND, _("Another band of ages")),
        (Break.Kind.MEMBER, _("A member counts in another way")),
        (Break.Kind.OTHER, _("Something else")),
    ]
