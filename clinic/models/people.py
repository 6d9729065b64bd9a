"""People who sign in, and what they do in which clinic."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from clinic.languages import LONGEST_TAG
from clinic.models.clinics import ClinicRow, codes_field, keeps_history, language_field, new_id
from clinic.rls import Now
from clinic.vocabulary import Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> User:
        """A new person; without a password they can only join by invitation or recovery."""
        user = self.model(email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. Identity is global: the same one may be staff here and a guardian elsewhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(null=True, blank=True)
    email_verified_at = models.DateTimeField(
        null=True, blank=True, help_text="since when they are known to read what is sent there"
    )
    sign_in_number = models.CharField(
        max_length=8, null=True, blank=True, unique=True, help_text="of whoever has no e-mail address"
    )
    zone = models.CharField(max_length=64, blank=True, help_text="IANA name; empty: the household's")
    locale = models.CharField(max_length=16, blank=True, help_text="of pages and mails")
    spoken_languages = codes_field(length=LONGEST_TAG)
    reading_language = language_field()
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="an_email_belongs_to_one_person"),
            models.CheckConstraint(
                name="only_an_address_is_verified",
                condition=Q(email_verified_at__isnull=True) | Q(email__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"

    def get_full_name(self) -> str:
        return self.name

    @property
    def writes_in(self) -> str:
        """The language their words are taken to be in where nothing else is said; empty: not known."""
        return self.reading_language or self.locale.lower()


class MembershipQuerySet(models.QuerySet["ClinicMembership"]):
    def active(self) -> MembershipQuerySet:
        """Memberships that hold now: not ended, and no placement that is over."""
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=Now()),
            Q(placed_until__isnull=True) | Q(placed_until__gt=Now()),
        )

    def with_role(self, *roles: Role) -> MembershipQuerySet:
        return self.filter(roles__overlap=[str(role) for role in roles])


@keeps_history
class ClinicMembership(ClinicRow):
    """A person's place in a clinic: a set of roles, and the credentials printed under a signature."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    roles = codes_field()
    credentials = codes_field(length=60)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    placed_until = models.DateTimeField(
        null=True, blank=True, help_text="when a student's placement is over; empty: no placement"
    )

    words_about: ClassVar = {"user": ("credentials",)}
    objects: ClassVar[models.Manager[ClinicMembership]] = models.Manager.from_queryset(MembershipQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_membership_holds_known_roles",
                condition=Q(roles__contained_by=[str(role) for role in Role]) & Q(roles__len__gt=0),
            ),
            models.UniqueConstraint(
                "clinic",
                "user",
                name="one_open_membership_per_person_and_clinic",
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def has_role(self, *roles: Role) -> bool:
        return any(str(role) in self.roles for role in roles)
