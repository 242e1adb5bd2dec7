"""A dataset: what readers are told of it, its releases, and preparing the next one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havn.accounts.access import staff
from havn.common.clock import now
from havn.common.errors import Refused
from havn.releases import actions, queries, words
from havn.releases.forms import DatasetForm, NewDatasetForm, PeriodForm
from havn.releases.models import Dataset
from havn.releases.permissions import PREPARERS
from havn.releases.registry import source_named, sources_for
from havn.releases.rules.periods import ended, period_named
from havn.releases.views.asked import centre_of, dataset_of

_METHODS = ["GET", "HEAD", "POST"]


@staff(*PREPARERS)
@require_http_methods(_METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """Say which table, and what readers are told about it."""
    centre = centre_of(request)
    sources = sources_for(centre)
    made = Dataset(centre=centre, publisher=centre.name, language=centre.default_language)
    form = NewDatasetForm(request.POST if request.method == "POST" else None, instance=made, sources=sources)
    if request.method == "POST" and form.is_valid():
        dataset = form.save(commit=False)
        dataset.measure = form.sources[dataset.source].measure
        try:
            actions.save_dataset(actor=request.user, dataset=dataset)  # type: ignore[arg-type]
        except Refused as error:
            form.add_error("key", error.sentence)
        else:
            messages.success(request, _("The dataset is made. Prepare its first release."))
            return redirect("releases:dataset", dataset_id=dataset.pk)
    context = {"form": form, "dataset": None, "offered": [(one.title(), one.about()) for one in sources]}
    return render(request, "releases/desk_dataset_form.html", context, status=422 if form.errors else 200)


@staff(*PREPARERS)
@require_http_methods(_METHODS)
def edit(request: HttpRequest, dataset_id: int) -> HttpResponse:
    """Change what readers are told. What is published stays as it is."""
    dataset = dataset_of(request, dataset_id)
    form = DatasetForm(request.POST if request.method == "POST" else None, instance=dataset)
    if request.method == "POST" and form.is_valid():
        actions.save_dataset(actor=request.user, dataset=form.save(commit=False))  # type: ignore[arg-type]
        messages.success(request, _("Saved."))
        return redirect("releases:dataset", dataset_id=dataset_id)
    context = {"form": form, "dataset": dataset, "offered": []}
    return render(request, "releases/desk_dataset_form.html", context, status=422 if form.errors else 200)


@staff(*PREPARERS)
@require_http_methods(_METHODS)
def dataset(request: HttpRequest, dataset_id: int) -> HttpResponse:
    """Its releases with their versions; a post has another period worked out."""
    found = dataset_of(request, dataset_id)
    form = PeriodForm(request.POST if request.method == "POST" else None, periods=ended(now().date()))
    if request.method == "POST" and form.is_valid():
        period = period_named(form.cleaned_data["period"])
        assert period is not None
        try:
            made = actions.ask(
                actor=request.user, dataset=found, period=period, note=form.cleaned_data["note"],  # type: ignore[arg-type]
            )  # fmt: skip
        except Refused as error:
            form.add_error("note" if source_named(found.source) else "period", error.sentence)
        else:
            return redirect("releases:prepared", preparation_id=made.pk)
    centre = centre_of(request)
    context = {
        "dataset": found,
        "form": form,
        "may_prepare": source_named(found.source) is not None,
        "releases": [
            {"release": one, "period": words.period(one.first, one.last)}
            for one in queries.releases_listed(centre).filter(dataset=found)
        ],
        "prepared": [
            {"preparation": one, "period": words.period(one.first, one.last)}
            for one in queries.preparations_of(centre).filter(dataset=found)
        ],
    }
    return render(request, "releases/desk_dataset.html", context, status=422 if form.errors else 200)
