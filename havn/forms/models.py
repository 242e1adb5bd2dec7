"""Forms and their versions. A version in use is frozen: a database trigger keeps it as it is (guards.py)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from havn.accounts.models import User
from havn.tenancy.models import Centre


class Kind(models.TextChoices):
    """What a form is for. Rounds have their usual days by it."""

    HELPLINE = "helpline", _("Quarter of a helpline")
    HOTLINE = "hotline", _("Quarter of a hotline")
    AWARENESS = "awareness", _("Data of an awareness centre")
    SAFER_INTERNET_DAY = "safer-internet-day", _("Report on Safer Internet Day")
    VISIT = "visit", _("Visit for quality")
    SELF_ASSESSMENT = "self-assessment", _("Self-assessment")
    MONITORING = "monitoring", _("Monitoring questionnaire")
    SURVEY = "survey", _("Survey")
    OTHER = "other", _("Something else")


class Form(models.Model):
    """A form through its versions. One that comes with Havn belongs to no centre and serves all."""

    centre = models.ForeignKey(
        Centre, null=True, on_delete=models.CASCADE, related_name="forms", help_text="None: comes with Havn."
    )
    key = models.CharField(max_length=40, help_text="As in its definitions.")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "key"], name="form_key_in_centre"),
            models.UniqueConstraint(fields=["key"], condition=Q(centre=None), name="form_that_comes_with_havn_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="form_has_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with Havn: everybody may use and copy it, nobody changes it."""
        return self.centre_id is None


class FormVersion(models.Model):
    """One version. Until it is frozen it is a draft, whose definition may still hold faults."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField(help_text='As the README says under "The definition".')
    revision = models.PositiveIntegerField(default=0, help_text="One more at each change, so that nobody overwrites.")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()
    frozen_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    frozen_at = models.DateTimeField(null=True, help_text="Since then it never changes.")

    class Meta:
        ordering = ["form", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_once"),
            models.UniqueConstraint(fields=["form"], condition=Q(frozen_at=None), name="one_draft_of_a_form"),
            models.CheckConstraint(condition=Q(number__gte=1), name="form_versions_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id}/{self.number}"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class DraftStep(models.Model):
    """What a draft was before a change, to undo it. Few are kept, and none once the version is frozen."""

    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="steps")
    revision = models.PositiveIntegerField()
    definition = models.JSONField()
    changed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["version", "-revision"]
        constraints = [models.UniqueConstraint(fields=["version", "revision"], name="draft_step_once")]


class KeptAssessment(models.Model):
    """Answers of a provider's self-assessment, sealed to the code that they alone have. Nobody here reads them."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="+")
    locator = models.PositiveBigIntegerField(unique=True, help_text="The first two groups of the code.")
    sealed = models.BinaryField(help_text="Answers and earlier points, as JSON.")
    goes_on = models.DateField(help_text="The day on which they are destroyed.")

    class Meta:
        indexes = [models.Index(fields=["centre", "goes_on"], name="kept_assessments_by_day")]
