"""Choosing a country of the network."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from havn.common.language import reader_language
from havn.directory.countries import ZONES, country_name


class CountrySelect(forms.Select):
    """The network's countries by name, in the language of the screen."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        language = reader_language()
        named = sorted(((code, country_name(code, language)) for code in ZONES), key=lambda one: one[1].casefold())
        self.choices = [("", "–"), *named]
        return super().optgroups(name, value, attrs)


if TYPE_CHECKING:
    _Letters = models.CharField[str, str]
else:
    _Letters = models.CharField


class CountryField(_Letters):
    """A country of the network as its two letters (ISO 3166-1)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 2)
        super().__init__(*args, **options)

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{**options, "widget": CountrySelect()})
