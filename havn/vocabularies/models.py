"""Lists of terms, in versions. A term is never deleted: what was coded with it must stay readable."""

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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="vocabulary_term_once")]
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code
