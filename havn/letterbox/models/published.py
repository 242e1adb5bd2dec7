"""What anybody may read: question and answer without names. Nothing here leads back to a letter, but the code does."""

from django.db import models

from havn.common.ids import RandomIdField
from havn.tenancy.models import Centre, Service


class PublishedAnswer(models.Model):
    """One question and answer on the public site. It survives its letter; the child's code still takes it off.

    `withdraw_hash` is made of the return code, which is stored nowhere: only whoever holds the code finds the row.
    """

    id = RandomIdField()
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    question = models.TextField(max_length=6000)
    answer = models.TextField(max_length=12000)
    published_on = models.DateField()
    withdraw_hash = models.BinaryField(unique=True, max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "slug"], name="published_answer_address")]
        indexes = [models.Index(fields=["centre", "published_on", "id"], name="published_answer_newest")]


class PublishedTopic(models.Model):
    """A topic of a published answer: a term's code."""

    id = RandomIdField()
    answer = models.ForeignKey(PublishedAnswer, on_delete=models.CASCADE, related_name="topics")
    code = models.SlugField(max_length=50)


class PublishedWord(models.Model):
    """A word of a published answer, for searching by the beginnings of words on both databases."""

    id = RandomIdField()
    answer = models.ForeignKey(PublishedAnswer, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=40, db_index=True)
