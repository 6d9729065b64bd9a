"""The child's own signs of more and enough, in the family's words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import keeps_history, language_field
from tracking.models.supervision import is_unsigned
from tracking.vocabulary.cues import Cue, SignMeaning, meaning

MOST_SIGNS = 6
"""Our own: what fits on a screen above all other cues."""


class ChildSignQuerySet(models.QuerySet["ChildSign"]):
    def visible_to(self, user: User) -> ChildSignQuerySet:
        """Those of children on one's team; whoever cares for the child reads what needs no signature."""
        cared_for = Child.objects.cared_for_by(user).values("pk")
        return self.filter(
            Q(child__in=Child.objects.read_by_staff(user).values("pk"))
            | (Q(child__in=cared_for) & ~is_unsigned(ChildSign))
        )

    def current(self) -> ChildSignQuerySet:
        """Those that are used now, in their order."""
        return self.filter(retired_at__isnull=True).order_by("order", "id")


@keeps_history
class ChildSign(ClinicRow):
    """One sign: what it asks for, in somebody's words, and the cue that stands for it (empty: none).

    What a sign asks for and its words never change, for entries name it: another wording is another sign. It
    is retired, not deleted. `order` is its place, 1 to 6, None once retired: so no child has a seventh.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="signs")
    client_id = models.UUIDField()
    asks_for = models.CharField(max_length=10)
    words = models.CharField(max_length=120)
    language = language_field()
    cue = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[models.Manager[ChildSign]] = models.Manager.from_queryset(ChildSignQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "client_id", name="a_sign_is_told_once"),
            models.UniqueConstraint(
                fields=["child", "order"],
                name="signs_stand_in_one_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="a_child_has_at_most_six_signs",
                condition=Q(retired_at__isnull=True, order__isnull=False, order__range=(1, MOST_SIGNS))
                | Q(retired_at__isnull=False, order__isnull=True),
            ),
            models.CheckConstraint(name="a_sign_is_in_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="a_sign_asks_for_what_its_cue_asks_for",
                condition=Q(
                    asks_for=str(SignMeaning.MORE),
                    cue__in=["", *(str(cue) for cue in Cue if meaning(cue) is SignMeaning.MORE)],
                )
                | Q(
                    asks_for=str(SignMeaning.ENOUGH),
                    cue__in=["", *(str(cue) for cue in Cue if meaning(cue) is SignMeaning.ENOUGH)],
                ),
            ),
        ]
