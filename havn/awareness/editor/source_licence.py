"""An adaptation keeps what its source's licence demands, whatever an editor chooses or sends."""

from typing import Any
from uuid import UUID

from wagtail.models import Revision

from havn.awareness.models import Adaptation, ResourcePage
from havn.awareness.rules.licences import kept


def demanding_licence(translation_key: UUID | str) -> str:
    """The licence of what the page, or the page it translates, was made from; "" for one's own work."""
    rows = Adaptation.objects.filter(page__translation_key=translation_key)
    return rows.order_by("pk").values_list("licence", flat=True).first() or ""


def on_saving_page(sender: Any, instance: ResourcePage, **_: Any) -> None:
    """Signal: what is published carries a licence that it may carry."""
    instance.licence = kept(demanding_licence(instance.translation_key), instance.licence)


def on_saving_revision(sender: Any, instance: Revision, **_: Any) -> None:
    """Signal: what is drafted does too, so that no editor reads a choice that would not hold."""
    content = instance.content
    if "licence" in content and "translation_key" in content:
        licence = kept(demanding_licence(content["translation_key"]), content["licence"])
        if licence != content["licence"]:
            instance.content = {**content, "licence": licence}
