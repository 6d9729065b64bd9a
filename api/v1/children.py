"""The children a user may know of."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import PageQuery, page_of, seal, unseal
from api.resources import Resource
from clinic.errors import Unseen
from clinic.vocabulary import AuditCode, GrantKind, SharingMode
from tracking.readings import own
from tracking.readings.own import KnownChild
from tracking.vocabulary.states import StateScale
from tracking.wording import ages


class AgesOut(serializers.Serializer[Any]):
    """Every age on the reader's today. Compare limits with the corrected one while `is_corrected`."""

    text = serializers.CharField(help_text="In words, corrected age beside it while that applies.")
    chronological_days = serializers.IntegerField()
    corrected_days = serializers.IntegerField(
        allow_null=True,
        help_text="In days, from -120; negative before the due date, null for children born at term.",
    )
    is_corrected = serializers.BooleanField()
    is_gestation_known = serializers.BooleanField()


class ChildClinicOut(serializers.Serializer[Any]):
    """The clinic that treats a child."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    emergency_number = serializers.CharField(allow_blank=True)


class ChildOut(serializers.Serializer[Any]):
    """A child as you may know them; to a log-only caregiver by first name alone."""

    id = serializers.UUIDField()
    first_name = serializers.CharField()
    last_name = serializers.CharField(allow_blank=True)
    nickname = serializers.CharField(allow_blank=True)
    born_on = serializers.DateField(allow_null=True)
    ages = AgesOut(allow_null=True)
    state_scale = serializers.ChoiceField([str(one) for one in StateScale])
    grant = serializers.ChoiceField([str(one) for one in GrantKind], allow_null=True)
    is_on_team = serializers.BooleanField()
    household = serializers.UUIDField(allow_null=True, help_text="Yours; null for staff.")
    zone = serializers.CharField(help_text="Your household's, or the clinic's.")
    sharing_mode = serializers.ChoiceField([str(one) for one in SharingMode])
    clinic = ChildClinicOut()


def _answer(child: KnownChild) -> dict[str, Any]:
    corrected = child.ages.corrected if child.ages else None
    return {
        "id": child.id,
        "first_name": child.first_name,
        "last_name": child.last_name,
        "nickname": child.nickname,
        "born_on": child.born_on,
        "ages": child.ages
        and {
            "text": ages.age(child.ages),
            "chronological_days": child.ages.chronological.days,
            "corrected_days": corrected and corrected.days,
            "is_corrected": child.ages.is_corrected,
            "is_gestation_known": child.ages.warning is None,
        },
        "state_scale": child.state_scale,
        "grant": child.grant,
        "is_on_team": child.is_on_team,
        "household": child.family_id,
        "zone": child.zone,
        "sharing_mode": child.sharing_mode,
        "clinic": {
            "id": child.clinic_id,
            "slug": child.clinic_slug,
            "name": child.clinic_name,
            "emergency_number": child.emergency_number,
        },
    }


class Children(Resource):
    """The children one may know of."""

    query = PageQuery

    @extend_schema(
        operation_id="list_children", parameters=[PageQuery], responses=page_of(ChildOut), tags=["children"]
    )
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """One page, in the order they were enrolled."""
        asked = self.ask()
        about = f"{self.by.pk} children"
        after = uuid.UUID(unseal(asked["cursor"], about=about)[0]) if "cursor" in asked else None
        page = own.children_of(self.by, now=self.now, limit=asked["limit"], after=after)
        return Response(
            {
                "items": [_answer(child) for child in page.children],
                "next_cursor": page.next_after and seal([str(page.next_after)], about=about),
            }
        )


class OneChild(Resource):
    """One child."""

    @extend_schema(operation_id="get_child", responses=ChildOut, tags=["children"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        self.fetch_child(child, viewed=AuditCode.VIEWED_CHILD)
        found = own.children_of(self.by, now=self.now, pk=child).children
        if not found:  # archived
            raise Unseen
        return Response(_answer(found[0]))
