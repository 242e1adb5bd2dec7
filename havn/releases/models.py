"""What a centre publishes as open data: datasets, their releases for ever, and what is being prepared."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from havn.accounts.models import User
from havn.releases.rules.sensitivity import THRESHOLD
from havn.tenancy.models import Centre

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LEAST_THRESHOLD, MOST_THRESHOLD = 3, 50


class Frequency(models.TextChoices):
    """How often a release comes (EU vocabulary "frequency")."""

    QUARTERLY = "QUARTERLY", _("Every quarter")
    ANNUAL = "ANNUAL", _("Every year")
    IRREG = "IRREG", _("Now and then")


class Theme(models.TextChoices):
    """What it is about (EU vocabulary "data-theme")."""

    SOCI = "SOCI", _("Population and society")
    EDUC = "EDUC", _("Education, culture and sport")
    HEAL = "HEAL", _("Health")
    JUST = "JUST", _("Justice and public safety")
    TECH = "TECH", _("Science and technology")


class Dataset(models.Model):
    """A table that is published again and again. `measure` is what it counts: equal measures are compared."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    source = models.CharField(max_length=60, blank=True, help_text="A registered table; empty: given by an app.")
    measure = models.CharField(max_length=60)
    title = models.CharField(max_length=150)
    description = models.TextField(max_length=2000)
    language = models.CharField(max_length=10)
    dimensions = models.JSONField(default=list, help_text="Key and title of each.")
    threshold = models.PositiveSmallIntegerField(
        default=THRESHOLD, validators=[MinValueValidator(LEAST_THRESHOLD), MaxValueValidator(MOST_THRESHOLD)]
    )
    licence = models.URLField(default=LICENCE)
    publisher = models.CharField(max_length=200)
    theme = models.CharField(max_length=4, choices=Theme.choices, default=Theme.SOCI)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.QUARTERLY)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "key"], name="releases_one_key"),
            models.CheckConstraint(condition=Q(threshold__gte=LEAST_THRESHOLD), name="releases_threshold"),
        ]
        indexes = [models.Index(fields=["measure"], name="releases_measure")]

    def __str__(self) -> str:
        return self.key


class Release(models.Model):
    """A table as it was published, for ever. The database refuses to change or delete it (`guards.py`).

    A correction is a new version that names the one before. `published_by` is a person's number and no reference: the
    row outlives the person's account.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="releases")
    first = models.DateField()
    last = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    note = models.CharField(max_length=500, blank=True, help_text="What was corrected, for readers.")
    table = models.JSONField(help_text="Dimensions and numbers as everybody reads them.")
    given = models.JSONField(default=dict, help_text="What each centre gave to a table of the network; for the audit.")
    log = models.JSONField(help_text="Which numbers were left out, and why. For staff.")
    audit = models.JSONField(help_text="What a reader can work out of each, and together with what. For staff.")
    published_at = models.DateTimeField()
    published_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "first", "last", "version"], name="releases_one_version"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="releases_days"),
            models.CheckConstraint(
                condition=Q(version=1, corrects=None) | Q(version__gt=1, corrects__isnull=False),
                name="releases_correction_names_the_old",
            ),
        ]


class Preparation(models.Model):
    """A release in the making: asked for, worked out by the worker, looked at, published or thrown away.

    Holds what would be published and never the numbers left out, but `given`: what each centre gave to a table of the
    network, by which a later correction is audited. `against`: the keys of what it was
    audited with.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be worked out")
        WORKING = "working", _("Is being worked out")
        READY = "ready", _("Ready to look at")
        REFUSED = "refused", _("Cannot be published safely")

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="preparations")
    first = models.DateField()
    last = models.DateField()
    corrects = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    refusal = models.JSONField(default=dict, help_text="A code, and the numbers that it is about.")
    table = models.JSONField(null=True)
    log = models.JSONField(null=True)
    audit = models.JSONField(null=True)
    against = models.JSONField(default=list)
    given = models.JSONField(default=dict)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "first", "last"], name="releases_one_preparation"),
        ]
