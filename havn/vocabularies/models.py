"""Lists of terms, in versions. A term is never deleted: what was coded with it must stay readable."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from havn.tenancy.models import Centre


class Vocabulary(models.Model):
    """A version of a list of terms, such as the reasons agreed by the helplines in 2023."""

    dimension = models.CharField(max_length=20, help_text="What the list is of: reason, place, topic, audience, …")
    code = models.SlugField(unique=True)
    centre = models.ForeignKey(
        Centre, null=True, on_delete=models.CASCADE, related_name="+", help_text="None: shared by all centres."
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="The last day. None: until further notice.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="vocabulary_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class VocabularyTerm(models.Model):
    """One term of one version, with its labels by language, its successor and its parent."""

    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.CASCADE, related_name="terms")
    code = models.SlugField()
    labels = models.JSONField(default=dict, help_text="Language code to label; 'en' always.")
    former_labels = models.JSONField(
        default=list, help_text="What it was called: a list of label, language and until (a date or null)."
    )
    definition = models.TextField(blank=True)
    four_c = models.CharField(max_length=10, blank=True, help_text="content, contact, conduct or contract.")
    replaced_by = models.SlugField(blank=True, help_text="Its successor's code, in this or a newer version.")
    broader = models.SlugField(blank=True, help_text="Its parent's code, in this version.")
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(
        default=False, help_text="Nobody codes with it from this version on; the row says what took over."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="vocabulary_term_once")]
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code


class Draft(models.Model):
    """A centre's next version of a list while somebody works on it. It holds for nobody."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=20)
    based_on = models.SlugField(help_text="The version that was copied.")
    terms = models.JSONField(default=list, help_text="In their order; see `rules/drafts.py`.")
    version = models.PositiveIntegerField(default=0, help_text="Counts saves, so that nobody overwrites a colleague.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "dimension"], name="one_draft_of_a_list")]


class TermMapping(models.Model):
    """Where a centre counts one of its terms in another list. No row: as usual; an empty target: nowhere."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=20)
    code = models.SlugField()
    scheme = models.SlugField(help_text="A version's code, or the name of another list such as chi.")
    target = models.SlugField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "dimension", "code", "scheme"], name="mapped_once_in_a_scheme")
        ]
