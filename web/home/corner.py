"""Which child and household a page of the family corner is about."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clinic import access, localtime, rls
from clinic.errors import Unseen
from clinic.models import CaregiverGrant, Child, Family, User
from clinic.policy import Places
from tracking.ask_plan import Asked
from tracking.readings.asking import asked_on
from tracking.readings.sight import Sight, called, sight_of
from tracking.vocabulary.states import StateScale
from web.pages import open_to


@dataclass(frozen=True, slots=True)
class Corner:
    """A caregiver with one child: whose page it is, in which household's time, and what is asked today."""

    user: User
    child: Child
    place: Places
    grant: CaregiverGrant
    asked: Asked
    now: dt.datetime

    @property
    def home(self) -> Family:
        return self.grant.family

    @property
    def is_guardian(self) -> bool:
        return self.place.is_guardian

    @property
    def sight(self) -> Sight:
        """What this caregiver reads of the child's record."""
        return sight_of(self.user, self.child, place=self.place)

    @property
    def zone(self) -> str:
        return self.home.zone

    @property
    def today(self) -> dt.date:
        return localtime.local_day(self.now, self.zone)

    @property
    def is_infant(self) -> bool:
        """Whether the six infant states are asked; else five steps of arousal."""
        return self.asked.scale is StateScale.INFANT_STATE

    def page(self, here: str, **answers: Any) -> dict[str, Any]:
        """What every page of the corner is given."""
        return {
            "corner": self,
            "child": self.child,
            "child_name": called(self.child, self.grant.kind),
            "here": here,
            **answers,
        }


def enter(request: HttpRequest, child: uuid.UUID) -> Corner:
    """The corner of this caregiver and child. Raises Unseen for anybody without a valid grant."""
    assert isinstance(request.user, User)  # the page's rule has seen to it
    user = request.user
    row, place = access.fetch_child(user, child)
    grants = CaregiverGrant.objects.valid().filter(user=user, child=row)
    grant = grants.select_related("user", "family").order_by("id").first()
    if grant is None:
        raise Unseen
    grant.child = row
    open_to(request, row)
    now = rls.now()
    return Corner(
        user=user,
        child=row,
        place=place,
        grant=grant,
        asked=asked_on(row, localtime.local_day(now, grant.family.zone)),
        now=now,
    )


def of_the_living(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that asks something: once the child has died it is not shown, and leads to what is kept.

    What is sent to it is taken as ever.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, child: uuid.UUID, **more: Any) -> HttpResponse:
        response = view(request, child=child, **more)
        opened: Child | None = getattr(request, "opened", None)
        if request.method == "POST" or opened is None or opened.died_on is None:
            return response
        return redirect("family_tonight", child=child)

    return answer
