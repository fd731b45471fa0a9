"""Runs of the matching kernel and the suggestions they made; what people said to them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from emporion.domain.editions.models import Edition
from emporion.domain.exhibitors.models import Exhibitor
from emporion.domain.visitors.models import VisitingUnit, Visitor


class MatchingRun(models.Model):
    """One run over an edition. Only the ``current`` one is shown; the old stays until the new is complete."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="matching_runs")
    finished = models.DateTimeField()
    seed = models.BigIntegerField()
    objective = models.FloatField()
    bound = models.FloatField()
    stopped = models.CharField(max_length=200)
    current = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(current=True), name="one_current_matching_run"
            )
        ]

    def __str__(self) -> str:
        return f"matching of {self.edition}"


class VisitorSuggestions(models.Model):
    """A visitor's list of exhibitors with their scores.

    The first ``places`` of them, best first, are those where a request has a fair chance: no exhibitor stands on more
    of these than its quota bears. The others, best first, fill the list up.
    """

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="visitor_suggestions", db_index=False)
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="suggestions", db_index=False)
    exhibitors = ArrayField(models.BigIntegerField())
    scores = ArrayField(models.FloatField())
    places = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visitor", "run"], name="one_visitor_list_per_run")]

    def __str__(self) -> str:
        return f"suggestions for visitor {self.visitor_id}"


class ExhibitorSuggestions(models.Model):
    """An exhibitor's list of visitors, best first, with their scores, and the exhibitor's price of attention."""

    run = models.ForeignKey(MatchingRun, on_delete=models.CASCADE, related_name="exhibitor_suggestions")
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="suggestions")
    visitors = ArrayField(models.BigIntegerField())
    scores = ArrayField(models.FloatField())
    price = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibitor", "run"], name="one_exhibitor_list_per_run")]

    def __str__(self) -> str:
        return f"suggestions for exhibitor {self.exhibitor_id}"


class Interest(models.Model):
    """That one side asked to meet the other: what it wants, in actions."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, db_index=False)
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE)
    by_exhibitor = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visitor", "exhibitor", "by_exhibitor"], name="one_interest_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} × {self.exhibitor_id}"


class TextVector(models.Model):
    """What an encoder made of a text, kept so that no text is encoded twice.

    ``digest`` is the SHA-256 of the text as it was encoded; ``vector`` its numbers of 16 bits, little-endian.
    """

    encoder = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    vector = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["encoder", "digest"], name="one_vector_per_text")]

    def __str__(self) -> str:
        return f"{self.encoder}: {self.digest[:12]}"


class TextProfile(models.Model):
    """The direction of everything one side says: the mean of its texts' vectors, of length one.

    ``texts_digest`` is the SHA-256 of the texts' digests, so that a profile is made again only when a text changes.
    """

    encoder = models.CharField(max_length=40)
    texts_digest = models.CharField(max_length=64)
    vector = models.BinaryField()

    class Meta:
        abstract = True


class ExhibitorTexts(TextProfile):
    """What an exhibitor shows and whom it wants to meet."""

    exhibitor = models.OneToOneField(Exhibitor, on_delete=models.CASCADE, primary_key=True, related_name="texts")

    def __str__(self) -> str:
        return f"texts of exhibitor {self.exhibitor_id}"


class UnitTexts(TextProfile):
    """What a visiting unit needs."""

    unit = models.OneToOneField(VisitingUnit, on_delete=models.CASCADE, primary_key=True, related_name="texts")

    def __str__(self) -> str:
        return f"texts of unit {self.unit_id}"


class Decline(models.Model):
    """That one side does not want the other; while it stands the pair is not suggested to either."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE)
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE)
    by_exhibitor = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visitor", "exhibitor", "by_exhibitor"], name="one_decline_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} × {self.exhibitor_id}"


class Mark(models.Model):
    """What one side keeps in mind of the other: a favourite, or hidden from its own suggestions."""

    class Kind(models.TextChoices):
        FAVOURITE = "favourite", "favourite"
        HIDDEN = "hidden", "hidden"

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE)
    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE)
    by_exhibitor = models.BooleanField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visitor", "exhibitor", "by_exhibitor"], name="one_mark_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} × {self.exhibitor_id}: {self.kind}"
