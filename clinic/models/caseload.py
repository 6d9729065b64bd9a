"""Care teams, and episodes of care."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models.clinics import ClinicRow, keeps_history
from clinic.models.families import Child
from clinic.models.people import User
from clinic.rls import Now
from clinic.vocabulary import OPEN_EPISODE_STATES, CareTeamKind, DischargeReason, EpisodeState


class CareTeamQuerySet(models.QuerySet["CareTeam"]):
    def active(self) -> CareTeamQuerySet:
        return self.filter(from_at__lte=Now()).filter(Q(until_at__isnull=True) | Q(until_at__gt=Now()))


@keeps_history
class CareTeam(ClinicRow):
    """A person's place on a child's care team; a dated cover is one of kind `cover`."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="care_team")
    therapist = models.ForeignKey(User, on_delete=models.PROTECT, related_name="care_teams")
    kind = models.CharField(max_length=20, default=CareTeamKind.MEMBER)
    supervisor = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="publishes and signs what an assistant or student drafts",
    )
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[CareTeam]] = models.Manager.from_queryset(CareTeamQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_place_on_the_team_is_of_a_known_kind",
                condition=Q(kind__in=[str(kind) for kind in CareTeamKind]),
            ),
            models.UniqueConstraint(
                "child",
                "therapist",
                name="one_open_place_per_child_and_person",
                condition=Q(until_at__isnull=True),
            ),
        ]


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def open(self) -> EpisodeQuerySet:
        return self.filter(state__in=OPEN_EPISODE_STATES)


@keeps_history
class Episode(ClinicRow):
    """An episode of care, from referral to discharge."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="episodes")
    state = models.CharField(max_length=20, default=EpisodeState.REFERRED)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    discharge_reason = models.CharField(max_length=20, blank=True)

    objects: ClassVar[models.Manager[Episode]] = models.Manager.from_queryset(EpisodeQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_episode_is_in_a_known_state",
                condition=Q(state__in=[str(state) for state in EpisodeState]),
            ),
            models.CheckConstraint(
                name="a_discharge_has_a_reason",
                condition=~Q(state=EpisodeState.DISCHARGED)
                | Q(discharge_reason__in=[str(reason) for reason in DischargeReason]),
            ),
            models.UniqueConstraint(
                "child",
                name="one_open_episode_per_child",
                condition=Q(state__in=[str(state) for state in OPEN_EPISODE_STATES]),
            ),
        ]
