"""The shape of what people type. Whether it is allowed is for the actions."""

from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from havn.accounts.models import Role, User
from havn.tenancy.models import Centre, Organisation, Service

INPUT = {"class": "ds-input"}
QUIET = {**INPUT, "autocapitalize": "none", "spellcheck": "false"}


def language_names(codes: list[str]) -> list[tuple[str, str]]:
    """Codes with each language's own name for itself."""
    return [(code, str(LANG_INFO.get(code, {}).get("name_local", code)).capitalize()) for code in codes]


def languages_at(centre: Centre) -> list[tuple[str, str]]:
    """The languages somebody at this centre may say they answer in."""
    codes = ["en", *centre.languages]
    for languages in Service.objects.filter(organisation__centre=centre).values_list("languages", flat=True):
        codes += languages
    return language_names(list(dict.fromkeys(codes)))


class SignInForm(forms.Form):
    """Username and password."""

    username = forms.CharField(
        label=gettext_lazy("Username"),
        max_length=200,
        widget=forms.TextInput({**QUIET, "autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput({**INPUT, "autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    """The password alone, to reopen what was locked."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput({**INPUT, "autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The code of the second step."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=60,
        widget=forms.TextInput({**QUIET, "autocomplete": "one-time-code"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, twice. `user` is whom it must not resemble."""

    new_password = forms.CharField(
        label=gettext_lazy("New password"),
        help_text=gettext_lazy("At least 12 characters. Four words that do not belong together are easy to remember."),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput({**INPUT, "autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The new password again"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput({**INPUT, "autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        password, again = values.get("new_password"), values.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        if password:
            try:
                validate_password(password, self.user or User(**_like(values)))
            except ValidationError as error:
                self.add_error("new_password", error)
        return values


class ChangePasswordForm(NewPasswordForm):
    """The old password and a new one."""

    old_password = forms.CharField(
        label=gettext_lazy("Present password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput({**INPUT, "autocomplete": "current-password"}),
    )
    field_order = ("old_password", "new_password", "again")


class ProfileForm(forms.Form):
    """What somebody says of themselves."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("For colleagues. Children never see it."),
        max_length=120,
        widget=forms.TextInput({**INPUT, "autocomplete": "name"}),
    )
    shown_name = forms.CharField(
        label=gettext_lazy("Name that children see"),
        help_text=gettext_lazy("A first name or one you choose for this. It need not be your own."),
        max_length=60,
        widget=forms.TextInput({**INPUT, "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the screens"), choices=settings.STAFF_LANGUAGES, widget=forms.Select(INPUT)
    )
    speaks = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you can answer in"), widget=forms.CheckboxSelectMultiple({"class": "ds-input"})
    )

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speaks = self.fields["speaks"]
        assert isinstance(speaks, forms.MultipleChoiceField)
        known = languages_at(centre)
        extra = [code for code in (self.initial.get("speaks") or []) if code not in dict(known)]
        speaks.choices = known + language_names(extra)


class AcceptForm(NewPasswordForm, ProfileForm):
    """A new member: who they are and how they sign in."""

    username = forms.CharField(
        label=gettext_lazy("Username"),
        help_text=gettext_lazy("Small letters, digits, dots and hyphens. You sign in with it."),
        min_length=3,
        max_length=60,
        validators=[
            RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z", gettext_lazy("Use letters, digits, dots and hyphens."))
        ],
        widget=forms.TextInput({**QUIET, "autocomplete": "username"}),
    )
    field_order = ("name", "shown_name", "language", "speaks", "username", "new_password", "again")

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"]).lower()
        if User.objects.filter(username=username).exists():
            raise ValidationError(_("This username is taken. Choose another."))
        return username


class RolesForm(forms.Form):
    """Roles, of which only those may be chosen that the person may give."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), widget=forms.CheckboxSelectMultiple({"class": "ds-input"})
    )

    def __init__(self, *args: Any, may_give: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        assert isinstance(roles, forms.MultipleChoiceField)
        roles.choices = [(str(role), role.label) for role in Role if role in may_give]


class InviteForm(RolesForm):
    """Where to, and as what."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Organisation"),
        empty_label=None,
        widget=forms.Select(INPUT),
    )
    field_order = ("organisation", "roles")

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations


def _like(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values.get(name, "") for name in ("username", "name", "shown_name")}
