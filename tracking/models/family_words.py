"""A household's own words for a stroke or a part of the body, in place of the library's."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q

from clinic.models import CaregiverGrant, Child, ClinicRow, Consent, Family, User
from clinic.models.clinics import FileNameField, keeps_history, language_field
from clinic.vocabulary import ConsentKind


class FamilyWordsQuerySet(models.QuerySet["FamilyWords"]):
    def visible_to(self, user: User) -> FamilyWordsQuerySet:
        """One's own household's, and for the care team those that are shared."""
        here = CaregiverGrant.objects.filter(
            user=user, child=OuterRef("child"), family=OuterRef("family")
        ).valid()
        team = Child.objects.on_team_of(user).values("pk")
        return self.filter(Q(Exists(here)) | Q(child__in=team, is_shared=True))

    def with_hearing(self, user: User) -> FamilyWordsQuerySet:
        """Each with `may_hear`: whether its recording is this person's to hear."""
        may_hear = ExpressionWrapper(self._hearing(user), output_field=models.BooleanField())
        return self.annotate(may_hear=may_hear)

    def heard_by(self, user: User) -> FamilyWordsQuerySet:
        """Those with a recording that this person may hear."""
        return self.visible_to(user).filter(self._hearing(user)).exclude(recording="")

    @staticmethod
    def _hearing(user: User) -> Q:
        """At home always; by the care team only while no guardian's word against it stands."""
        here = CaregiverGrant.objects.filter(
            user=user, child=OuterRef("child"), family=OuterRef("family")
        ).valid()
        withdrawn = Consent.objects.standing_withdrawals().filter(
            kind=ConsentKind.MEDIA, child=OuterRef("child")
        )
        return Q(Exists(here)) | ~Q(Exists(withdrawn))


@keeps_history
class FamilyWords(ClinicRow):
    """One household's words for one child: `about` is a stroke's slug, or "verse_" and a part of the body.

    `words` empty: the library's stand, only the voice is the household's. `recording` is the random name of a
    file behind `clinic.files`, empty: none.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="family_words")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80)
    words = models.TextField(blank=True)
    language = language_field()
    recording = FileNameField(blank=True)
    is_shared = models.BooleanField(default=False, help_text="with the care team")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[FamilyWords]] = models.Manager.from_queryset(FamilyWordsQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "family", "about", name="a_household_has_its_words_once"),
            models.CheckConstraint(
                name="own_words_are_written_or_spoken", condition=~Q(words="", recording="")
            ),
        ]
