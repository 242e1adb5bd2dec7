"""What a coordinator types about the mailbox."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator, validate_email
from django.utils.translation import gettext_lazy as _

from havn.mailbox.imap import is_this_machine
from havn.mailbox.models import Mailbox
from havn.mailbox.words import security_label

SEPARATORS = (("+", "help+…@"), ("-", "help-…@"), ("=", "help=…@"), ("", _("None: only programs that name our e-mail")))
_PLAIN = RegexValidator(r"^[^\x00-\x1f\x7f]*$", _("Use letters, digits and signs on one line."))

_ASCII = RegexValidator(r"^[\x20-\x7e]*$", _("Mail servers take only the letters A to Z, digits and signs here."))


class AddressForm(forms.Form):
    """The helpline's address, and how it answers by itself."""

    address = forms.CharField(
        max_length=200,
        validators=[validate_email],
        label=_("The helpline's e-mail address"),
        help_text=_("Answers come from it."),
    )
    separator = forms.ChoiceField(
        choices=SEPARATORS,
        required=False,
        label=_("Where answers come in"),
        help_text=_("Most mail servers deliver help+anything@ to help@. The sign between them is a setting there."),
    )
    receipts_a_day = forms.IntegerField(
        min_value=0,
        max_value=20,
        label=_("Automatic receipts a day to one address"),
        help_text=_("What two machines can write to each other ends here at the latest."),
    )

    @classmethod
    def of(cls, box: Mailbox, posted: Any = None) -> "AddressForm":
        """The form with what holds now, or with what was sent."""
        return cls(posted, initial={name: getattr(box, name) for name in cls.base_fields})


class MailboxForm(forms.Form):
    """Where the mailbox is and what becomes of e-mails there. The password is never shown again."""

    is_on = forms.BooleanField(required=False, label=_("Fetch e-mails from this mailbox"))
    host = forms.CharField(max_length=200, required=False, validators=[_PLAIN], label=_("Mail server (IMAP)"))
    port = forms.IntegerField(min_value=1, max_value=65535, label=_("Port"))
    security = forms.ChoiceField(
        choices=lambda: [(code, security_label(code)) for code in Mailbox.Security.values], label=_("Encryption")
    )
    user = forms.CharField(max_length=200, required=False, validators=[_ASCII], label=_("User name"))
    password = forms.CharField(max_length=200, required=False, strip=False, validators=[_ASCII], label=_("Password"))
    folder = forms.CharField(max_length=100, validators=[_PLAIN], label=_("Folder"))
    after = forms.ChoiceField(
        choices=[("delete", _("Delete it from the mailbox")), ("keep", _("Leave it there, marked as read"))],
        label=_("When an e-mail is stored here"),
        help_text=_("Left there, it stays for as long as the mailbox keeps it, whatever is promised here."),
    )

    @classmethod
    def of(cls, box: Mailbox, posted: Any = None) -> "MailboxForm":
        """The form with what holds now, or with what was sent."""
        shown = [name for name in cls.base_fields if name != "password"]
        return cls(posted, initial={name: getattr(box, name) for name in shown})

    def clean(self) -> dict[str, Any]:
        """Nothing passes over a line without encryption, and what is on can be reached."""
        found: dict[str, Any] = super().clean() or {}
        host = found.get("host", "").strip()
        if found.get("security") == Mailbox.Security.NONE and host and not is_this_machine(host):
            self.add_error("security", _("Without encryption only a mail server on this machine is asked."))
        if found.get("is_on") and not (host and found.get("user")):
            self.add_error("host", _("Name the mail server and the user."))
        return {**found, "host": host}
