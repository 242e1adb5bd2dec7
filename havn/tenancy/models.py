"""Who runs what: a centre is a consortium of organisations, each running services."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from havn.common.language import reader_language

LONGEST_NAME = 200


def check_names(names: Any) -> None:
    """Raise ValidationError unless it is a mapping of language codes to names."""
    if not isinstance(names, dict) or not all(
        isinstance(part, str) and part.strip() and len(part) <= LONGEST_NAME for pair in names.items() for part in pair
    ):
        raise ValidationError("Names must be a mapping of language codes to names.")


class Named(models.Model):
    """What has a name, and in some languages another one."""

    name = models.CharField(max_length=LONGEST_NAME)
    names = models.JSONField(
        default=dict,
        blank=True,
        validators=[check_names],
        help_text="By language code, where it is called otherwise there.",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """Its name in the language that is spoken just now, else the one it always has."""
        return self.name_in(reader_language())

    def name_in(self, language: str) -> str:
        """Its name in this language, else the one it always has."""
        return str(self.names.get(language) or self.name)


class CentreQuerySet(models.QuerySet["Centre"]):
    """Which centres there are."""

    def hosted(self) -> "CentreQuerySet":
        """Those that run on this installation; the others are only known to it."""
        return self.filter(is_hosted=True)

    def national(self) -> "CentreQuerySet":
        """The centres of countries, without the network's own."""
        return self.filter(kind=Centre.Kind.NATIONAL)


class Centre(Named):
    """A country's Safer Internet Centre. Everything else belongs to one and every query is scoped by it."""

    class Kind(models.TextChoices):
        NATIONAL = "national", "Centre of a country"
        NETWORK = "network", "The network of all centres"

    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NATIONAL)
    is_hosted = models.BooleanField(
        default=True, help_text="Runs on this installation. Otherwise it is only known to the directory."
    )
    country_code = models.CharField(max_length=2, help_text="ISO 3166-1; EU for the network.")
    time_zone = models.CharField(max_length=64)
    languages = models.JSONField(default=list, help_text="Language codes offered, the default first.")
    formal_in = models.JSONField(default=list, help_text="Languages in which the public pages say the formal you.")
    emergency_number = models.CharField(max_length=20, default="112")
    neutral_site = models.URLField(
        default="https://www.wikipedia.org/", help_text="Where quick exit leads: an everyday site."
    )
    is_demo = models.BooleanField(default=False)

    objects = CentreQuerySet.as_manager()

    @property
    def default_language(self) -> str:
        return self.languages[0] if self.languages else "en"


class CentreHost(models.Model):
    """A public host name and the centre it shows. Without a port, lower case."""

    host = models.CharField(max_length=253, unique=True)
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="hosts")

    def __str__(self) -> str:
        return self.host


class Organisation(Named):
    """A member of the consortium, such as a Red Cross society, a media authority or a police unit."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="organisations")
    slug = models.SlugField()
    website = models.URLField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "slug"], name="organisation_slug_in_centre")]


class Service(Named):
    """A helpline or hotline that one organisation runs, for one audience."""

    class Kind(models.TextChoices):
        HELPLINE = "helpline", "Helpline"
        HOTLINE = "hotline", "Hotline"

    class Audience(models.TextChoices):
        CHILDREN = "children", "Children and young people"
        PARENTS = "parents", "Parents and other adults at home"
        PROFESSIONALS = "professionals", "Teachers and other professionals"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="services")
    slug = models.SlugField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    audience = models.CharField(max_length=15, choices=Audience.choices, default=Audience.CHILDREN)
    languages = models.JSONField(default=list, help_text="Languages it answers in, the usual first.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="service_slug_in_organisation")]
