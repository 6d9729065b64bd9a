"""An id in a body of the API names what its sender may see, or is as unknown as one that was never given.

Fields are read off the serializers. Each is sent an id of another family's thing, one of another clinic's,
and one of nobody's: the answers are alike, to the byte.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import get_resolver
from rest_framework import serializers

from api.fields import Input, VisibleRelatedField
from clinic import rls
from clinic.models import Child, ConsentText, User
from clinic.vocabulary import ConsentKind
from tests import matrix
from tests.access import Row
from tests.alike import difference, plainly
from tests.cast import Cast
from tests.matrix import NOBODYS, World
from tracking.models import (
    Preset,
    ProgramStep,
    ProgramVersion,
    ServiceLabel,
    TrackedStimulus,
)
from tracking.vocabulary.programs import StepKind
from tracking.vocabulary.touch import Stimulus

ID = "<id>"
AT = "2026-01-05T18:00:00Z"


def id_fields() -> dict[str, serializers.Field]:
    """Every field of the API's input that names a row, by the serializer that declares it."""
    assert get_resolver().url_patterns  # as only what is loaded is a subclass
    found = {}
    for reader in _readers(Input):
        inherited = {id(one) for base in reader.__bases__ for one in _declared(base).values()}
        for name, declared in _declared(reader).items():
            leaf = declared.child if isinstance(declared, serializers.ListField) else declared
            names_a_row = isinstance(leaf, serializers.UUIDField | VisibleRelatedField)
            if names_a_row and id(declared) not in inherited and reader.__module__.startswith("api."):
                found[f"{reader.__name__}.{name}"] = leaf
    return found


def _readers(reader: type[Input]) -> Iterator[type[Input]]:
    yield reader
    for narrower in reader.__subclasses__():
        yield from _readers(narrower)


def _declared(reader: type) -> Mapping[str, serializers.Field]:
    return getattr(reader, "_declared_fields", {})


@dataclass(frozen=True, slots=True)
class Sent:
    """A body that would be taken, were it not for the id in it.

    `of` finds a row of another child's, or is the placeholder that stands for one in addresses. `status` is
    400 but where what a family tells is kept, whatever it names.
    """

    actor: str
    row: str
    body: Mapping[str, Any]
    of: Callable[[Child], uuid.UUID] | str
    status: int = 400
    headers: Mapping[str, str] = field(default_factory=dict)


def _step(child: Child) -> uuid.UUID:
    draft = ProgramVersion.objects.get(program__child=child, published_at=None)
    return ProgramStep.objects.create(
        clinic=child.clinic, version=draft, order=1, kind=StepKind.SONG, name="A song", seconds=60
    ).pk


def _label(child: Child) -> uuid.UUID:
    return ServiceLabel.objects.get_or_create(clinic=child.clinic, name="Theirs")[0].pk


def _preset(child: Child) -> uuid.UUID:
    made = Preset.objects.get_or_create(
        clinic=child.clinic, slug="of-theirs", defaults={"stroke_slugs": ["toe-rolls"]}
    )
    return made[0].pk


def _tracked(child: Child) -> uuid.UUID:
    return TrackedStimulus.objects.create(
        clinic=child.clinic,
        child=child,
        stimulus=Stimulus.OTHER,
        label="Wind",
        from_on=rls.now().date(),
        created_by=child.care_team.first().therapist,
    ).pk


def _text(child: Child) -> uuid.UUID:
    return ConsentText.objects.filter(clinic=child.clinic, kind=ConsentKind.MEDIA).first().pk


def _home(child: Child) -> uuid.UUID:
    return child.homes.first().family_id


def _grant(child: Child) -> uuid.UUID:
    return child.grants.first().pk


def _therapist(child: Child) -> uuid.UUID:
    return User.objects.get(memberships__clinic=child.clinic, care_teams__child=child).pk


ENTRY = {"occurred_at": AT}
SESSION = {**ENTRY, "outcome": "done"}
PUT_SESSION = "PUT /api/v1/children/<child>/sessions/<new>"
SHOWN = {"what": "stroke", "stroke": "toe-rolls"}
ATTENDANCE = "PUT /api/v1/clinics/<clinic>/classes/<group>/dates/<date>/attendance"
CONTACTS = "POST /api/v1/children/<child>/contacts"
CONTACT = {"kind": "visit", "starts_at": AT}
DEMONSTRATIONS = "POST /api/v1/children/<child>/demonstrations"
CLASS = {"title": "Tummy time", "minutes": 60}

BATCH = "POST /api/v1/batch"

SENT = {
    "OperationIn.child": Sent(
        "fay",
        BATCH,
        {"operations": [{"kind": "session", "child": ID, "id": "<new>", "body": SESSION}]},
        "child",
        status=200,
    ),
    "OperationIn.id": Sent(
        "fay",
        BATCH,
        {"operations": [{"do": "withdraw", "kind": "session", "child": "<child>", "id": ID}]},
        "session",
        status=200,
    ),
    "EntryIn.told_by_grant": Sent("tess", PUT_SESSION, {**SESSION, "told_by_grant": ID}, _grant),
    "SessionIn.program_version": Sent("fay", PUT_SESSION, {**SESSION, "program_version": ID}, "version"),
    "SessionIn.contact": Sent("tess", PUT_SESSION, {**SESSION, "contact": ID}, "contact"),
    "StepIn.step": Sent("fay", PUT_SESSION, {**SESSION, "steps": [{"step": ID}]}, _step, status=201),
    "CueIn.sign": Sent("fay", PUT_SESSION, {**SESSION, "cues": [{"sign": ID}]}, "sign"),
    "TriedIn.strategy": Sent(
        "fay",
        "PUT /api/v1/children/<child>/observations/<new>",
        {**ENTRY, "stimulus": "sunscreen_lotion", "tried": [{"strategy": ID}]},
        "strategy",
    ),
    "StimulusDayIn.tracked_stimulus": Sent(
        "fay",
        "PUT /api/v1/children/<child>/stimulus-days/<new>",
        {**ENTRY, "came_up": True, "tracked_stimulus": ID},
        _tracked,
    ),
    "ConcernIn.follows": Sent(
        "fay",
        "PUT /api/v1/children/<child>/concerns/<new>",
        {**ENTRY, "kind": "temperature", "follows": ID},
        "concern",
    ),
    "MessageIn.about_entry": Sent(
        "fay",
        "PUT /api/v1/children/<child>/messages/<new>",
        {"body": "-", "about_entry": ID},
        "session",
        status=201,
    ),
    "OrderIn.signs": Sent("fay", "PUT /api/v1/children/<child>/signs/order", {"signs": [ID]}, "sign"),
    "ConsentIn.text": Sent(
        "fay",
        "PUT /api/v1/children/<child>/consents/<item>",
        {"is_given": True, "text": ID},
        _text,
        status=409,
    ),
    "ContactChangeIn.label": Sent("tess", CONTACTS, {**CONTACT, "label": ID}, _label),
    "ContactChangeIn.therapist": Sent("tess", CONTACTS, {**CONTACT, "therapist": ID}, _therapist),
    "ContactChangeIn.caregivers": Sent("tess", CONTACTS, {**CONTACT, "caregivers": [ID]}, _grant),
    "DemonstrationsIn.contact": Sent(
        "tess", DEMONSTRATIONS, {"contact": ID, "shown": [{**SHOWN, "name": "A"}]}, "contact"
    ),
    "ShownIn.grant": Sent("tess", DEMONSTRATIONS, {"shown": [{**SHOWN, "grant": ID}]}, _grant),
    "ShownIn.family": Sent("tess", DEMONSTRATIONS, {"shown": [{**SHOWN, "name": "A", "family": ID}]}, _home),
    "ClassIn.led_by": Sent(
        "tess", "POST /api/v1/clinics/<clinic>/classes", {**CLASS, "led_by": ID}, _therapist
    ),
    "ClassIn.label": Sent(
        "tess", "POST /api/v1/clinics/<clinic>/classes", {**CLASS, "led_by": "<tess>", "label": ID}, _label
    ),
    "ClassDateIn.preset": Sent(
        "tess",
        "POST /api/v1/clinics/<clinic>/classes/<group>/dates",
        {"starts_at": "2027-03-01T10:00:00Z", "preset": ID},
        _preset,
    ),
    "ClassChildIn.child": Sent(
        "tess", "POST /api/v1/clinics/<clinic>/classes/<group>/children", {"child": ID}, "child"
    ),
    "CameIn.child": Sent("tess", ATTENDANCE, {"came": [{"child": ID}]}, "child"),
    "CameIn.caregivers": Sent(
        "tess", ATTENDANCE, {"came": [{"child": "<child>", "caregivers": [ID]}]}, _grant
    ),
    "SignaturesIn.drafts": Sent(
        "tess", "POST /api/v1/clinics/<clinic>/cosigning/signatures", {"drafts": [ID]}, "drafted"
    ),
    "SupervisionIn.person": Sent(
        "tess",
        "POST /api/v1/clinics/<clinic>/supervision",
        {"person": ID, "on": "2026-01-05", "minutes": 30},
        _therapist,
    ),
    "LeadIn.person": Sent(
        "otto", "POST /api/v1/clinics/<clinic>/safeguarding/leads", {"person": ID}, _therapist
    ),
    "ResponseIn.owner": Sent(
        "otto",
        "PUT /api/v1/clinics/<clinic>/flag-settings/responses/<severity>",
        {"within_minutes": 60, "readers": ["owner"], "owner": ID},
        _therapist,
    ),
    "ReminderIn.recipients": Sent(
        "fay",
        "PATCH /api/v1/children/<child>/reminders/<reminder>",
        {"recipients": [ID]},
        _grant,
        headers={"HTTP_IF_MATCH": '"1"'},
    ),
    "ReportIn.household": Sent(
        "tess",
        "POST /api/v1/children/<child>/reports",
        {"kind": "handout", "household": ID},
        _home,
    ),
    "WordIn.household": Sent(
        "opal", "PUT /api/v1/children/<child>/home-words/<on>", {"household": ID}, _home
    ),
}
"""A body for each of these fields."""


def test_every_field_that_names_a_row_is_sent() -> None:
    assert set(id_fields()) == set(SENT)


def test_a_foreign_id_in_a_body_is_as_unknown_as_any(
    cast: Cast, say_at_the_end: Callable[[str], None]
) -> None:
    world = matrix.build(cast)
    told, pairs = [], 0
    for name, sent in SENT.items():
        nobodys = answered(world, sent, NOBODYS)
        for one in ids_of(world, sent):
            pairs += 1
            theirs = answered(world, sent, one)
            if theirs != nobodys:
                told.append(f"{name}: {difference(theirs=theirs, nobodys=nobodys)}")
        if not nobodys.startswith(b"%d" % sent.status):
            told.append(f"{name}: {nobodys[:300]!r}, not {sent.status}")
    say_at_the_end(
        f"fields of bodies that name a row: {len(SENT)}, pairs of foreign and unknown ids: {pairs}"
    )
    assert not told, "\n".join(told)


def ids_of(world: World, sent: Sent) -> Iterator[object]:
    """Ids of what is Fern's or Cody's, of the kind that is asked for; of a clinic's, only what is Cody's."""
    for child in (world.cast.fern, world.cast.cody):
        if isinstance(sent.of, str):
            yield world.values[child.first_name.lower()][sent.of]
        elif child.clinic != world.cast.harbor or sent.of not in CLINICS:
            yield sent.of(child)


CLINICS = (_label, _preset, _text, _therapist)
"""What a clinic's children have in common."""


def answered(world: World, sent: Sent, one: object) -> bytes:
    """What is answered, to the byte, but for the id itself."""
    method, address = sent.row.split(" ")
    row = Row(method, address, {}, sent.body)
    filled = {**world.values["cleo"], "tess": world.cast.tess.pk, "id": one}
    return plainly(world.doors[sent.actor].ask(row, filled, **sent.headers), one)
