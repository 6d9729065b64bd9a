"""An id in what is sent names what its sender may see, or is as unknown as one that was never given.

Fields are read off the serializers of the API and off the forms of pages. Each is sent an id of another
family's thing, one of another clinic's, and one of nobody's: the answers are alike, to the byte.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

import pytest
from rest_framework import serializers

from api.fields import Input, VisibleRelatedField
from clinic import rls
from clinic.models import Child, ConsentText, User
from clinic.vocabulary import ConsentKind
from tests import access, matrix
from tests.access import Answer, Row
from tests.cast import PASSWORD, Cast, planted_email
from tests.matrix import MADE_ANEW, MASKED, NOBODYS, World
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

# ---- the API ----------------------------------------------------------------------------------------------


def id_fields() -> dict[str, serializers.Field]:
    """Every field of the API's input that names a row, by the serializer that declares it."""
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
PUT_SESSION = "PUT /api/v1/children/<child>/sessions/<twin>"
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
        {"operations": [{"kind": "session", "child": ID, "id": "<twin>", "body": SESSION}]},
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
        "PUT /api/v1/children/<child>/observations/<twin>",
        {**ENTRY, "stimulus": "sunscreen_lotion", "tried": [{"strategy": ID}]},
        "strategy",
    ),
    "StimulusDayIn.tracked_stimulus": Sent(
        "fay",
        "PUT /api/v1/children/<child>/stimulus-days/<twin>",
        {**ENTRY, "came_up": True, "tracked_stimulus": ID},
        _tracked,
    ),
    "ConcernIn.follows": Sent(
        "fay",
        "PUT /api/v1/children/<child>/concerns/<twin>",
        {**ENTRY, "kind": "temperature", "follows": ID},
        "concern",
    ),
    "MessageIn.about_entry": Sent(
        "fay",
        "PUT /api/v1/children/<child>/messages/<twin>",
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
    "WordIn.household": Sent(
        "opal", "PUT /api/v1/children/<child>/home-words/<on>", {"household": ID}, _home
    ),
}
"""A body for each of these fields."""


def test_every_field_that_names_a_row_is_sent() -> None:
    assert set(id_fields()) == set(SENT)


def test_a_foreign_id_in_a_body_is_as_unknown_as_any(cast: Cast, request: pytest.FixtureRequest) -> None:
    world = matrix.build(cast)
    told, pairs = [], 0
    for name, sent in SENT.items():
        nobodys = answered(world, sent, NOBODYS)
        for one in ids_of(world, sent):
            pairs += 1
            if answered(world, sent, one) != nobodys:
                told.append(f"{name}: {answered(world, sent, one)[:300]!r}, nobody's: {nobodys[:300]!r}")
        if not nobodys.startswith(b"%d" % sent.status):
            told.append(f"{name}: {nobodys[:300]!r}, not {sent.status}")
    say(request, f"fields of bodies that name a row: {len(SENT)}, pairs of foreign and unknown ids: {pairs}")
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
    return plainly(world.doors[sent.actor].ask(row, filled), one)


def plainly(answer: Answer, one: object) -> bytes:
    headers = "\n".join(line for line in answer.headers if not line.startswith("Set-Cookie"))
    told = b"%d\n" % answer.status + headers.encode() + b"\n\n" + answer.body
    told = MASKED.sub(b"<token>", told.replace(str(one).encode(), b"<an id>"))
    return MADE_ANEW.sub(rb"\1new", told)


# ---- ids that are the sender's to make --------------------------------------------------------------------

MADE: dict[str, Mapping[str, Any]] = {
    "sessions/<session>": SESSION,
    "bedtimes/<bedtime>": ENTRY,
    "observations/<observation>": {**ENTRY, "stimulus": "sunscreen_lotion"},
    "signs/<sign>": {"asks_for": "enough", "words": "Turns away"},
    "check-ins/<check_in>": {**ENTRY, "how_it_was": 3},
    "strategies/<strategy>": {"name": "A brush", "text": "Firmly.", "stimuli": ["sunscreen_lotion"]},
    "concerns/<concern>": {**ENTRY, "kind": "temperature"},
    "messages/<message>": {"body": "Thank you."},
    "erasure-requests/<erasure_request>": {"about": "child"},
}
"""What is put under an id of one's own making, by the end of its address."""


BY = {"strategies/<strategy>": "tess", "erasure-requests/<erasure_request>": "greg"}


def test_an_id_that_another_child_has_is_free_here(cast: Cast) -> None:
    """Or its being taken would tell that it is there."""
    world = matrix.build(cast)
    told = []
    for end, body in MADE.items():
        door = world.doors[BY.get(end, "fay")]
        row = Row("PUT", f"/api/v1/children/<child>/{end}", {}, body)
        name = re.sub(r".*<(\w+)>", r"\1", end)
        taken = (world.values[about][name] for about in ("fern", "cody"))
        nobodys, *others = (
            plainly(door.ask(row, {**world.values["cleo"], name: one}), one) for one in (NOBODYS, *taken)
        )
        if not nobodys.startswith((b"200", b"201")):
            told.append(f"{end}: {nobodys[:300]!r}")
        told += [f"{end}: {difference(other, nobodys)}" for other in others if other != nobodys]
    assert not told, "\n".join(told)


# ---- forms ------------------------------------------------------------------------------------------------

LOOKING = ("otto", "tess", "opal", "fay", "nan")
"""Who is shown forms: between them, every kind of place."""


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, what stands in it, and which fields name rows or people."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    naming: dict[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)


TYPED = {"text": "Some words", "password": PASSWORD, "number": "1", "date": "2027-03-01", "time": "10:00"}
"""What is typed into an empty field, by its kind."""


class Forms(HTMLParser):
    """The forms of a page that write."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[Form] = []
        self.form: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(told.get("action") or self.address)
            self.found += [self.form] if told.get("method", "").lower() == "post" else []
        elif self.form is None:
            return
        elif tag == "select":
            self.select = told.get("name", "")
        elif tag == "option":
            self.offer(self.select, told.get("value", ""), is_chosen="selected" in told)
        elif tag in ("input", "button") and told.get("name"):
            kind = told.get("type", "")
            is_chosen = kind not in ("checkbox", "radio", "submit") or "checked" in told
            self.offer(told["name"], told.get("value") or TYPED.get(kind, ""), is_chosen=is_chosen)
            self.form.addresses += [told["name"]] if kind == "email" else []
        elif tag == "textarea":
            self.offer(told.get("name", ""), "Some words.", is_chosen=True)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None

    def offer(self, name: str, value: str, *, is_chosen: bool) -> None:
        """Something that may be sent: what stands there, else what is offered first."""
        assert self.form is not None
        if is_chosen or not self.form.fields.get(name):
            self.form.fields[name] = value
        if matrix.is_id(value):
            self.form.naming.setdefault(name, value)


def test_a_foreign_id_in_a_form_is_as_unknown_as_any(cast: Cast, request: pytest.FixtureRequest) -> None:
    world = matrix.build(cast)
    told, asked, pairs = [], set(), 0
    for actor, page, form, name, value in offered(world):
        route = routed(form.action)
        if (route, name) in asked:
            continue
        hidden = {matrix.like(uuid.UUID(value), child) for child in (cast.fern, cast.cody)} - {NOBODYS}
        hidden = {one for one in hidden if str(one) not in page}
        if not hidden:
            continue
        asked.add((route, name))
        row = Row("POST", form.action, {}, {})
        nobodys = submitted(world, actor, row, form, name, NOBODYS)
        for one in hidden:
            pairs += 1
            foreign = submitted(world, actor, row, form, name, one)
            if foreign != nobodys:
                told.append(f"{route} {name} as {actor}: {difference(foreign, nobodys)}")
    say(request, f"fields of forms that name a row: {len(asked)}, pairs of foreign and unknown ids: {pairs}")
    assert len(asked) > FEWEST_FIELDS
    assert not told, "\n".join(told)


FEWEST_FIELDS = 5


def test_a_known_address_in_a_form_is_answered_as_an_unknown_one(
    cast: Cast, request: pytest.FixtureRequest
) -> None:
    """Tova's, whom nobody here knows of, and one that nobody has."""
    world = matrix.build(cast)
    told, asked, is_taken = [], set(), False
    for actor, _, form in shown(world, ("anonymous", *LOOKING)):
        for name in form.addresses:
            if (form.action, name) in asked:
                continue
            asked.add((form.action, name))
            row = Row("POST", form.action, {}, {})
            known, unknown = (
                DRAWN.sub(b"<drawn>", submitted(world, actor, row, form, name, planted_email(one)))
                for one in ("tova", "tovx")
            )
            is_taken = is_taken or unknown.startswith(b"302")
            if known != unknown:
                told.append(f"{form.action} {name} as {actor}: {difference(known, unknown)}")
    say(request, f"fields of forms that take an address: {len(asked)}")
    assert len(asked) > 3
    assert is_taken
    assert not told, "\n".join(told)


DRAWN = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f-]{27}|<svg.*?</svg>|Content-Length: \d+"
    rb"|[\w-]{43}|(?:[A-Z0-9]{4}[ -]){2}[A-Z0-9]{4}",
    re.DOTALL,
)
"""What is drawn by lot for each answer: ids, links and codes of invitations, pictures of them."""


def offered(world: World) -> Iterator[tuple[str, str, Form, str, str]]:
    """Every field of a form that names a row, as somebody is shown it: who, page, form, field, row."""
    for actor, page, form in shown(world, LOOKING):
        yield from ((actor, page, form, name, value) for name, value in form.naming.items())


def shown(world: World, actors: Sequence[str]) -> Iterator[tuple[str, str, Form]]:
    """Every form that writes, and the page it stands on."""
    known = matrix.table()
    for actor in actors:
        for row in known.rows.values():
            if row.method != "GET" or row.is_api or known.expected(row, actor, "cleo") != 200:
                continue
            answer = world.doors[actor].ask(row, world.values["cleo"])
            if any(line.startswith("Content-Type: text/html") for line in answer.headers):
                page = Forms(access.fill(row.address, world.values["cleo"]))
                page.feed(answer.text)
                yield from ((actor, answer.text, form) for form in page.found)


def submitted(world: World, actor: str, row: Row, form: Form, name: str, one: object) -> bytes:
    body = {**form.fields, name: str(one)}
    return plainly(world.doors[actor].ask(replace(row, body=body), world.values["cleo"]), one)


def routed(action: str) -> str:
    """An address without the ids in it."""
    return re.sub(r"[0-9a-f-]{36}", "<id>", action)


def difference(one: bytes, other: bytes) -> str:
    lines = zip(one.decode().splitlines(), other.decode().splitlines(), strict=False)
    return next(
        (f"{line.strip()[:120]} | {beside.strip()[:120]}" for line, beside in lines if line != beside), ""
    )


def say(request: pytest.FixtureRequest, line: str) -> None:
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    assert reporter is not None
    reporter.write_line("")
    reporter.write_line(line)
