"""Who comes: the list, the ticks at the door, a table for a spreadsheet, and what came of it."""

import csv

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from havn.accounts.access import staff
from havn.common.cells import safe_cell
from havn.common.dates import weekday_and_day
from havn.events import actions, queries, words
from havn.events.letters import forgotten_on
from havn.events.permissions import ORGANISERS
from havn.events.views.desk_event import event_of


@staff(*ORGANISERS)
@require_safe
def registrations(request: HttpRequest, event_id: int) -> HttpResponse:
    """Those who have a place, to tick at the door, and those who wait."""
    event = event_of(request, event_id)
    context = {
        "event": event,
        "when": words.when(event, with_zone=False),
        "tally": queries.tally_of(event),
        "places": queries.guests_of(event, queries.CONFIRMED),
        "line": queries.guests_of(event, queries.WAITING),
        "forgotten_on": weekday_and_day(forgotten_on(event)),
    }
    return render(request, "events/desk_registrations.html", context)


@staff(*ORGANISERS)
@require_POST
def attendance(request: HttpRequest, event_id: int) -> HttpResponse:
    """Keep the ticks."""
    event = event_of(request, event_id)
    came = [int(number) for number in request.POST.getlist("came") if number.isascii() and number.isdigit()]
    # A longer number names nothing and would overflow the column.
    came = [number for number in came if number < 2**53]
    count = actions.tick_attendance(actor=request.user, event=event, came=came)  # type: ignore[arg-type]
    words_ = ngettext("%(count)s person came. It is saved.", "%(count)s people came. It is saved.", count)
    messages.success(request, words_ % {"count": count})
    return redirect("events:registrations", event_id=event_id)


@staff(*ORGANISERS)
@require_safe
def table(request: HttpRequest, event_id: int) -> HttpResponse:
    """The list as CSV; no cell is a formula. That it was taken out stands on the trail."""
    event = event_of(request, event_id)
    actions.record_export(actor=request.user, event=event)  # type: ignore[arg-type]
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}.csv"'
    # So that spreadsheets read the letters as they are.
    answer.write("\ufeff")
    rows = csv.writer(answer)
    rows.writerow(
        [
            _("Number"), _("State"), _("Name"), _("E-mail"), _("Organisation"), _("Centre"), _("Needs"), _("Note"),
            _("Reference"), _("Came"),
        ]
    )  # fmt: skip
    names = {queries.CONFIRMED: _("Has a place"), queries.WAITING: _("Waits")}
    for guest in queries.guests_of(event):
        row, person = guest.registration, guest.person
        centre = row.from_centre.name if row.from_centre else ""
        cells = [
            str(row.number), names[row.state], person.name, person.email, person.organisation, centre,  # type: ignore[index]
            person.access, person.note, row.reference, _("yes") if row.attended else "",
        ]  # fmt: skip
        rows.writerow([safe_cell(cell) for cell in cells])
    return answer


@staff(*ORGANISERS)
@require_safe
def results(request: HttpRequest, event_id: int) -> HttpResponse:
    """The counts and what people thought."""
    event = event_of(request, event_id)
    answers = queries.answers_of(event)
    context = {
        "event": event,
        "when": words.when(event, with_zone=False),
        "tally": queries.tally_of(event),
        "answers": answers,
        "mean": f"{answers.mean:.1f}" if answers.mean is not None else "",
        "forgotten_on": weekday_and_day(forgotten_on(event)),
    }
    return render(request, "events/desk_results.html", context)
