"""What guardians consented to, in which wording, and when they withdrew it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.models.clinics import ClinicRow
from clinic.models.families import CaregiverGrant, Child
from clinic.models.people import User
from clinic.vocabulary import ConsentKind


class ConsentText(ClinicRow):
    """One version of what a clinic asks guardians to agree to, in one language; draft wording until somebody
    of the clinic adopts it by name. The latest adopted one is asked.
    """

    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=16)
    number = models.PositiveIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    adopted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_consent_text_is_of_a_known_kind",
                condition=Q(kind__in=[str(kind) for kind in ConsentKind]),
            ),
            models.CheckConstraint(
                name="a_consent_text_is_adopted_by_somebody",
                condition=Q(adopted_at__isnull=True, adopted_by__isnull=True)
                | Q(adopted_at__isnull=False, adopted_by__isnull=False),
            ),
            models.UniqueConstraint(
                "clinic", "kind", "language", "number", name="a_consent_text_version_is_used_once"
            ),
        ]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_order(self) -> ConsentQuerySet:
        """As they were said: by the day of the word, a paper's own, then as they were written down."""
        return self.order_by("on", "at", "id")

    def standing_withdrawals(self) -> ConsentQuerySet:
        """Words that took something back and that nothing said later by the same guardian gave again.

        Agrees with `clinic.consents.standing` (a test proves it): one guardian's "no" is enough.
        """
        later = Consent.objects.filter(
            Q(giver=OuterRef("giver")) | Q(giver__isnull=True, giver_name__iexact=OuterRef("giver_name")),
            Q(on__gt=OuterRef("on"))
            | Q(on=OuterRef("on"), at__gt=OuterRef("at"))
            | Q(on=OuterRef("on"), at=OuterRef("at"), pk__gt=OuterRef("pk")),
            child=OuterRef("child"),
            kind=OuterRef("kind"),
        )
        guarding = CaregiverGrant.objects.valid().guardians().filter(
            child=OuterRef("child"), user=OuterRef("giver")
        )  # fmt: skip
        return self.filter(
            Q(giver__isnull=True) | Q(Exists(guarding)), ~Q(Exists(later)), is_given=False
        )  # fmt: skip


class Consent(ClinicRow):
    """One word of a guardian about one item: given, or taken back. Rows are added, never changed.

    `giver` is whoever said it; None where it stands on paper by somebody who has no account, by `giver_name`.
    `on` is the day of the word, at the clinic or on the paper; `text` the wording agreed to, None on paper.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20)
    is_given = models.BooleanField()
    giver = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    giver_name = models.CharField(max_length=200, blank=True)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    is_on_paper = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Consent]] = models.Manager.from_queryset(ConsentQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_consent_is_of_a_known_kind",
                condition=Q(kind__in=[str(kind) for kind in ConsentKind]),
            ),
            models.CheckConstraint(
                name="a_consent_is_somebodys",
                condition=Q(giver__isnull=False, giver_name="") | (Q(giver__isnull=True) & ~Q(giver_name="")),
            ),
            models.CheckConstraint(
                name="a_consent_names_its_wording_or_is_on_paper",
                condition=Q(is_on_paper=True) | Q(is_given=False) | Q(text__isnull=False),
            ),
            models.CheckConstraint(
                name="only_paper_is_by_name_alone", condition=Q(giver__isnull=False) | Q(is_on_paper=True)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["child", "kind", "on", "id"], name="consents_of_a_child")]
