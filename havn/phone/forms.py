"""What a coordinator types about the telephone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from havn.phone.models import Connection


class ClocksForm(forms.Form):
    """How long a silence of the telephone system is believed."""

    ring_minutes = forms.IntegerField(
        min_value=1,
        max_value=60,
        initial=Connection._meta.get_field("ring_minutes").default,
        label=_("A ring is given up after (minutes)"),
        help_text=_("When the telephone system never says how it ended."),
    )
    alone_minutes = forms.IntegerField(
        min_value=2,
        max_value=240,
        initial=Connection._meta.get_field("alone_minutes").default,
        label=_("A call without its desk ends after (minutes)"),
        help_text=_("When the counsellor's desk is gone and nobody pressed “End call”."),
    )


class ExtensionForm(forms.Form):
    """A line of the house and whose it is."""

    name = forms.CharField(max_length=20, label=_("Extension"))
    user = forms.IntegerField(label=_("Whose it is"))
