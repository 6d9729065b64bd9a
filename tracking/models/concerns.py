"""Concerns as they were told, their photos, and the child's own emergency plans."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.models import CaregiverGrant, Child, ClinicRow, Consent, Family, User
from clinic.models.clinics import FileNameField, codes_field, keeps_history, language_field
from clinic.vocabulary import ConsentKind, GrantKind
from tracking.models.entries import told_by
from tracking.vocabulary.concerns import AdviceLevel, ConcernKind
from tracking.vocabulary.programs import EntrySource, PartOfDay, Precision


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, user: User) -> ConcernQuerySet:
        """Concerns this person may read, withheld by no sharing mode: they are about the child's health.

        The care team all; guardians all but another's strain; a log-only caregiver their own strain alone
        (docs/access.md).
        """
        granted = CaregiverGrant.objects.filter(user=user).valid()
        guarded = granted.filter(kind=GrantKind.GUARDIAN)
        return self.filter(
            Q(child__in=Child.objects.on_team_of(user).values("pk"))
            | (Q(child__in=guarded.values("child")) & ~Q(kind=ConcernKind.PARENT_STRAIN))
            | (Q(child__in=granted.values("child"), kind=ConcernKind.PARENT_STRAIN) & told_by(user.pk))
        )


class Concern(ClinicRow):
    """Something that worries somebody: never changed, never withdrawn; what follows is a further one.

    `client_id` is made by the sender and unique per child; times, and whose words
    it is, are told as an entry's. `answers`
    maps question codes to yes, no or not_known. `advice` and `level` are what the rules of `rules_version`
    say here; `shown_advice` of `shown_version` is what a phone showed, empty where none evaluated them.
    Unknown codes are kept and flagged.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="concerns")
    client_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    flags = codes_field()
    occurred_at = models.DateTimeField()
    precision = models.CharField(max_length=20, default=Precision.MINUTE)
    part_of_day = models.CharField(max_length=20, blank=True)
    zone = models.CharField(max_length=64, help_text="IANA name, of the place it happened")
    local_day = models.DateField()
    device_time = models.DateTimeField(
        null=True, blank=True, help_text="as the device sent it, where that cannot have been"
    )
    received_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_on_behalf = models.BooleanField(default=False, help_text="told by staff for the family")
    source = models.CharField(max_length=20, default=EntrySource.APP, help_text="how the family told it")
    door = models.CharField(max_length=20, help_text="through which of our doors it came in")
    told_by_grant = models.ForeignKey(
        CaregiverGrant, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_by_name = models.CharField(max_length=120, blank=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body_hash = models.CharField(max_length=64, help_text="of the request that told it")
    temperature = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="in its unit, as it was read"
    )
    temperature_unit = models.CharField(max_length=20, blank=True)
    temperature_site = models.CharField(max_length=20, blank=True)
    region = models.CharField(max_length=40, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    product = models.CharField(max_length=100, blank=True, help_text="what was on the skin")
    note = models.TextField(blank=True)
    language = language_field()
    rules_version = models.CharField(max_length=20)
    advice = models.CharField(max_length=40)
    level = models.CharField(max_length=20)
    shown_version = models.CharField(max_length=20, blank=True)
    shown_advice = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager[Concern]] = models.Manager.from_queryset(ConcernQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "client_id", name="a_concern_is_told_once"),
            models.CheckConstraint(
                name="a_concern_has_a_known_level", condition=Q(level__in=[str(one) for one in AdviceLevel])
            ),
            models.CheckConstraint(
                name="a_concern_has_a_known_precision",
                condition=Q(precision__in=[str(precision) for precision in Precision]),
            ),
            models.CheckConstraint(
                name="a_concern_names_a_part_of_its_day_or_none",
                condition=Q(
                    precision=Precision.PART_OF_DAY, part_of_day__in=[str(part) for part in PartOfDay]
                )
                | (~Q(precision=Precision.PART_OF_DAY) & Q(part_of_day="")),
            ),
            models.CheckConstraint(
                name="a_concern_has_a_known_source",
                condition=Q(source__in=[str(source) for source in EntrySource]),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["child", "occurred_at", "id"], name="concerns_of_a_child")]


class ConcernPhotoQuerySet(models.QuerySet["ConcernPhoto"]):
    def visible_to(self, user: User) -> ConcernPhotoQuerySet:
        """Photos are the care team's alone, while no guardian has taken back that they may be; who sent one
        reads that it was sent.
        """
        withdrawn = Consent.objects.standing_withdrawals().filter(
            kind=ConsentKind.MEDIA, child=OuterRef("child")
        )
        return self.filter(~Q(Exists(withdrawn)), child__in=Child.objects.on_team_of(user).values("pk"))

    def sent_before(self, instant: dt.datetime) -> ConcernPhotoQuerySet:
        """Those older than that which nobody keeps."""
        kept = PhotoKeeping.objects.filter(photo=OuterRef("pk"), ended_at__isnull=True)
        return self.filter(~Exists(kept), sent_at__lt=instant)


class ConcernPhoto(ClinicRow):
    """A picture sent with a concern, stored behind `clinic.files`; row and file go after 90 days."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="photos")
    client_id = models.UUIDField()
    file_name = FileNameField(help_text="the random name in storage")
    content_hash = models.CharField(max_length=64, help_text="of the file as it was sent")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ConcernPhoto]] = models.Manager.from_queryset(ConcernPhotoQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "client_id", name="a_photo_is_sent_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["sent_at", "id"], name="photos_by_age")]


class PhotoKeeping(ClinicRow):
    """Why a photo stays longer than its 90 days, who says so, and who said that it need not any more."""

    photo = models.ForeignKey(ConcernPhoto, on_delete=models.CASCADE, related_name="keepings")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    language = language_field()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("photo", name="a_photo_is_kept_once", condition=Q(ended_at__isnull=True)),
        ]


class ConcernPlanQuerySet(models.QuerySet["ConcernPlan"]):
    def visible_to(self, user: User) -> ConcernPlanQuerySet:
        """Whoever cares for the child has to know them: the team and every caregiver."""
        return self.filter(
            Q(child__in=Child.objects.on_team_of(user).values("pk"))
            | Q(child__in=CaregiverGrant.objects.filter(user=user).valid().values("child"))
        )


@keeps_history
class ConcernPlan(ClinicRow):
    """What to do with this child when that happens, in the treating therapist's words; shown first.

    An empty text: there is no plan any more.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="concern_plans")
    kind = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    language = language_field()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    lock_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[ConcernPlan]] = models.Manager.from_queryset(ConcernPlanQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "kind", name="a_child_has_one_plan_a_kind"),
            models.CheckConstraint(
                name="a_plan_is_for_a_known_kind", condition=Q(kind__in=[str(kind) for kind in ConcernKind])
            ),
        ]
