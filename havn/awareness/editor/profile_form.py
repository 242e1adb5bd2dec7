"""The form of a part of a profile in the editor: whose part it is, and who may say so."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from havn.accounts.models import Role
from havn.awareness.editor.choices import ChoicesForm
from havn.awareness.editor.profile_rights import may_give_away, organisations_written_by
from havn.tenancy.models import Organisation


class PartForm(ChoicesForm):
    """A new part belongs to an organisation of the person who makes it; only its publishers give it to another one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("owner_organisation")
        if field is None or self.for_user is None:
            return
        if self.instance.pk is None:
            field.queryset = organisations_written_by(self.for_user, self.parent_page.specific.centre)
            field.initial = field.queryset.first()
            return
        field.queryset = Organisation.objects.filter(centre=self.instance.centre).order_by("name", "pk")
        # What a browser sends for a disabled field is not read.
        field.disabled = not may_give_away(self.for_user, self.instance.owner_of_record)

    def clean_owner_organisation(self) -> Organisation | None:
        """An empty choice while the editor saves by itself leaves it where it was."""
        chosen: Organisation | None = self.cleaned_data["owner_organisation"]
        field = self.fields["owner_organisation"]
        if chosen is not None:
            return chosen
        before = Organisation.objects.filter(pk=self.instance.owner_of_record).first() if self.instance.pk else None
        return before or field.queryset.first()

    def clean(self) -> dict[str, Any]:
        """Refuse a new part for an organisation in which the person does not write, or does not publish."""
        cleaned: dict[str, Any] = super().clean()
        owner = cleaned.get("owner_organisation")
        if self.instance.pk is None and self.for_user is not None and "owner_organisation" not in self.errors:
            if owner is None:
                self.add_error("owner_organisation", _("Choose an organisation that you write for."))
            elif self.data.get("action-publish") and not self._publishes(owner):
                sentence = _("Only a publisher of this organisation may publish its part. Submit it for review.")
                self.add_error("owner_organisation", ValidationError(sentence))
        return cleaned

    def _publishes(self, owner: Organisation) -> bool:
        mine = organisations_written_by(self.for_user, owner.centre, [Role.PUBLISHER])
        return mine.filter(pk=owner.pk).exists()
