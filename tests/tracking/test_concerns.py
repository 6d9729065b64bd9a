"""What worries a family, as rows: kept as told, flagged for the team, heeded, and its photos gone in time."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from PIL import Image

from clinic import files, rls
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid, Stale
from clinic.files import FileTooLarge, NotThisKind
from clinic.models import AuditEvent, Child, Precaution, User
from clinic.vocabulary import AuditCode, PrecautionSource, SharingMode
from tests import factories
from tests.cast import Cast, make_id
from tracking.models import Concern, ConcernPhoto, ConcernPlan, EntryDoor, Flag
from tracking.readings import concerns as reading
from tracking.readings.concern_texts import advice_texts, rules
from tracking.readings.sight import sight_of
from tracking.services import concern_photos, concern_plans, concerns, flag_handling, offering
from tracking.services.concerns import NothingToHeed
from tracking.sync.bodies import ConcernBody
from tracking.tasks import remove_old_photos
from tracking.vocabulary.concerns import AdviceLevel, FlagCode, Severity
from tracking.vocabulary.programs import EntryFlag

pytestmark = pytest.mark.django_db


def tell(child: Child, by: User, kind: str = "other", *, client_id: Any = None, **told: Any) -> Concern:
    with rls.acting_as(by):
        now = rls.now()
        entry = ConcernBody(kind=kind, **{"occurred_at": now, **told})
        return concerns.raise_concern(
            by=by,
            child=child,
            client_id=client_id or make_id(),
            entry=entry,
            door=EntryDoor.API,
            now=now,
        ).concern


def flags_of(child: Child) -> list[Flag]:
    """The child's open flags, as its record has them."""
    with rls.acting_as(system="flags"):
        return list(Flag.objects.open().filter(child=child).order_by("id"))


def seen(concern: Concern, by: User) -> reading.SeenConcern:
    with rls.acting_as(by):
        sight = sight_of(by, concern.child)
        return reading.one_concern(concern, sight, now=rls.now(), language="en")


def picture(size: tuple[int, int] = (40, 30), *, kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "a camera with a name"
    Image.new("RGB", size, (200, 120, 110)).save(written, kind, exif=exif)
    return written.getvalue()


def send(concern: Concern, by: User, content: bytes, *, client_id: uuid.UUID | None = None) -> ConcernPhoto:
    with rls.acting_as(by):
        return concern_photos.send_photo(
            by=by, concern=concern, client_id=client_id or make_id(), content=content, now=rls.now()
        )


# ---- kept as told ------------------------------------------------------------------------------------------


def test_a_fever_is_kept_advised_and_flagged(cast: Cast) -> None:
    concern = tell(
        cast.cleo, cast.fay, "temperature", temperature=Decimal("38.4"), temperature_unit="celsius"
    )
    assert (concern.advice, concern.level, concern.rules_version) == (
        "fever_any",
        AdviceLevel.PAUSE,
        rules().version,
    )
    [flag] = flags_of(cast.cleo)
    assert (flag.code, flag.severity, flag.detail) == (
        FlagCode.FEVER_ANY,
        Severity.PAUSE,
        {"celsius": 38.4},
    )
    audited = AuditEvent.objects.filter(child_id=cast.cleo.pk, code=AuditCode.RAISED_CONCERN)
    assert audited.get().detail == "temperature"


def test_the_same_concern_again_changes_nothing(cast: Cast) -> None:
    made, at = make_id(), rls.now()
    first = tell(cast.cleo, cast.fay, "seizure_like_event", client_id=made, occurred_at=at)
    again = tell(cast.cleo, cast.fay, "seizure_like_event", client_id=made, occurred_at=at)
    assert first.pk == again.pk
    assert len(flags_of(cast.cleo)) == 1
    for by, kind in ((cast.fay, "other"), (cast.greg, "seizure_like_event")):
        with pytest.raises(IdAlreadyUsed):
            tell(cast.cleo, by, kind, client_id=made, occurred_at=at)


def test_an_id_of_a_session_is_not_one_of_a_concern(cast: Cast) -> None:
    made = make_id()
    tell(cast.cleo, cast.fay, client_id=made)
    assert Concern.objects.get(child=cast.cleo).client_id == made
    with pytest.raises(IdAlreadyUsed):
        tell(cast.cleo, cast.fay, "feeding", client_id=made)


def test_a_concern_is_never_changed(cast: Cast) -> None:
    concern = tell(cast.cleo, cast.fay)
    with pytest.raises(DatabaseError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(kind="feeding")
    with pytest.raises(DatabaseError), transaction.atomic():
        concern.delete()


def test_what_follows_names_what_was_before_and_nothing_elsewhere(cast: Cast) -> None:
    first = tell(cast.cleo, cast.fay, "temperature", temperature=Decimal("38.4"))
    then = tell(cast.cleo, cast.fay, "temperature", temperature=Decimal("37.1"), follows=first.client_id)
    assert then.follows == first
    ferns = tell(cast.fern, cast.finn)
    strain = tell(cast.cleo, cast.greg, "parent_strain")
    for unknown in (make_id(), ferns.client_id, strain.client_id):
        with pytest.raises(Invalid) as refusal:
            tell(cast.cleo, cast.fay, follows=unknown)
        assert refusal.value.field == "follows"


def test_what_follows_anothers_strain_says_so_to_them_and_the_team_alone(cast: Cast) -> None:
    strain = tell(cast.cleo, cast.greg, "parent_strain")
    then = tell(cast.cleo, cast.greg, "feeding", follows=strain.client_id)
    for by in (cast.greg, cast.tess):
        assert seen(then, by).follows == strain.client_id
    assert seen(then, cast.fay).follows is None


def test_what_was_told_lately_is_what_a_worry_may_be_about(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        now = rls.now()
    strain = tell(cast.cleo, cast.greg, "parent_strain")
    lately = tell(cast.cleo, cast.fay, "feeding", occurred_at=now - dt.timedelta(days=13))
    tell(cast.cleo, cast.fay, "other", occurred_at=now - dt.timedelta(days=15))
    own = tell(cast.cleo, cast.nan, "temperature", occurred_at=now - dt.timedelta(days=1))
    offered = {cast.fay: [own, lately], cast.greg: [strain, own, lately], cast.nan: [own]}
    for by, told in offered.items():
        with rls.acting_as(by):
            ids = [one.client_id for one in reading.told_lately(by, cast.cleo, now=rls.now())]
        assert ids == [one.client_id for one in told]


def test_odd_things_are_kept_and_flagged(cast: Cast) -> None:
    concern = tell(
        cast.cleo,
        cast.fay,
        "of_a_newer_app",
        temperature=Decimal(12),
        temperature_unit="kelvin",
        answers=(("who_knows", "maybe"),),
    )
    assert set(concern.flags) == {EntryFlag.UNKNOWN_CODE, EntryFlag.NEEDS_REVIEW}
    assert concern.advice == "unknown_kind"


def test_a_concern_from_a_phone_without_network_keeps_its_own_time(cast: Cast) -> None:
    at = rls.now() - dt.timedelta(hours=14)
    concern = tell(cast.cleo, cast.fay, occurred_at=at, sent_at=rls.now(), zone="America/New_York")
    assert concern.occurred_at == at
    assert concern.received_at == rls.now()
    ahead = tell(cast.cleo, cast.fay, occurred_at=rls.now() + dt.timedelta(days=400))
    assert EntryFlag.CLOCK_OFF in ahead.flags


def test_what_the_phone_showed_is_kept_beside_what_is_advised_here(cast: Cast) -> None:
    same = tell(cast.cleo, cast.fay, "feeding", shown_version="concerns-1", shown_advice="feeding")
    other = tell(cast.cleo, cast.fay, "feeding", shown_version="concerns-0", shown_advice="vomiting")
    assert same.flags == []
    assert other.flags == [EntryFlag.ADVICE_DIFFERS]
    assert (other.shown_version, other.shown_advice, other.advice) == ("concerns-0", "vomiting", "feeding")
    assert seen(same, cast.tess).shown is None
    shown = seen(other, cast.tess).shown
    assert shown is not None
    assert shown.level is AdviceLevel.PAUSE


# ---- who reads it ------------------------------------------------------------------------------------------


def readers(cast: Cast, concern: Concern) -> set[str]:
    found = set()
    for name, user in cast.people().items():
        with rls.acting_as(user):
            if Concern.objects.visible_to(user).filter(pk=concern.pk).exists():
                found.add(name)
    return found


def test_a_concern_is_read_by_team_and_guardians_and_a_strain_by_its_author(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(sharing_mode=SharingMode.OWN_ONLY)
    team = {"tess", "asha"}
    assert readers(cast, tell(cast.cleo, cast.nan, "feeding")) == team | {"fay", "greg"}
    assert readers(cast, tell(cast.cleo, cast.fay, "parent_strain")) == team | {"fay"}
    assert readers(cast, tell(cast.cleo, cast.nan, "parent_strain")) == team | {"nan"}


def test_the_other_home_learns_neither_zone_nor_hour_of_arrival(cast: Cast) -> None:
    concern = tell(cast.cleo, cast.greg, "feeding")
    here, there = seen(concern, cast.greg), seen(concern, cast.fay)
    assert (here.zone, here.received_at) == ("America/Chicago", concern.received_at)
    assert (there.zone, there.received_at, there.receipt, there.occurred.at) == (None, None, "", None)
    assert there.by.name == ""


def test_who_is_not_of_the_child_raises_nothing(cast: Cast) -> None:
    for by in (cast.otto, cast.opal, cast.theo, cast.rex, cast.finn, cast.tova):
        with pytest.raises(Forbidden):
            tell(cast.cleo, by)
    assert not Concern.objects.exists()


# ---- flags and precautions ---------------------------------------------------------------------------------


def test_a_swollen_face_makes_an_open_flag_an_emergency_to_be_looked_at_anew(cast: Cast) -> None:
    tell(cast.cleo, cast.fay, "skin_reaction")
    [flag] = flags_of(cast.cleo)
    assert flag.severity == Severity.URGENT
    with rls.acting_as(cast.tess):
        flag_handling.acknowledge_flag(by=cast.tess, flag=flag, now=rls.now())
    tell(cast.cleo, cast.fay, "skin_reaction", answers=(("face_swelling", "yes"),))
    [flag] = flags_of(cast.cleo)
    assert (flag.severity, flag.acknowledged_at) == (Severity.EMERGENCY, None)
    tell(cast.cleo, cast.fay, "skin_reaction")
    [flag] = flags_of(cast.cleo)
    assert flag.severity == Severity.EMERGENCY


def test_what_was_closed_yesterday_is_raised_by_a_new_event(cast: Cast) -> None:
    tell(cast.cleo, cast.fay, "seizure_like_event")
    [flag] = flags_of(cast.cleo)
    with rls.acting_as(cast.tess):
        flag_handling.close_flag(by=cast.tess, flag=flag, reason="Seen", now=rls.now())
    tell(cast.cleo, cast.fay, "seizure_like_event")
    assert [one.pk for one in flags_of(cast.cleo)] != [flag.pk]


def test_a_fever_is_heeded_with_one_tap_and_only_once(cast: Cast) -> None:
    concern = tell(cast.cleo, cast.fay, "temperature", temperature=Decimal("38.4"))
    proposal = seen(concern, cast.fay).proposal
    assert proposal is not None
    assert (proposal.code, proposal.until_on) == ("fever", concern.local_day + dt.timedelta(days=1))
    with rls.acting_as(cast.fay):
        made = concerns.heed(by=cast.fay, concern=concern, now=rls.now())
        assert concerns.heed(by=cast.fay, concern=concern, now=rls.now()) == made
    assert (made.source, made.until_on) == (PrecautionSource.GUARDIAN, proposal.until_on)
    assert seen(concern, cast.fay).proposal is None


def test_who_only_logs_confirms_no_precaution(cast: Cast) -> None:
    concern = tell(cast.cleo, cast.nan, "temperature", temperature=Decimal("38.4"))
    assert seen(concern, cast.nan).proposal is None
    assert seen(concern, cast.fay).proposal is not None
    with rls.acting_as(cast.nan), pytest.raises(Forbidden):
        concerns.heed(by=cast.nan, concern=concern, now=rls.now())


def test_nothing_is_heeded_where_nothing_is_proposed(cast: Cast) -> None:
    for concern in (tell(cast.cleo, cast.fay, "feeding"), tell(cast.cleo, cast.fay, "bruise_or_swelling")):
        with rls.acting_as(cast.fay), pytest.raises(NothingToHeed):
            concerns.heed(by=cast.fay, concern=concern, now=rls.now())
    bruise = tell(cast.cleo, cast.fay, "bruise_or_swelling", region="legs")
    with rls.acting_as(cast.fay):
        assert concerns.heed(by=cast.fay, concern=bruise, now=rls.now()).region == "legs"


def allergies(child: Child) -> list[tuple[str, str]]:
    rows = Precaution.objects.filter(child=child, code="allergy").order_by("id")
    return [(row.substance, row.source) for row in rows]


def test_a_product_is_withdrawn_when_skin_reacts_to_it(cast: Cast) -> None:
    factories.session(cast.cleo, by=cast.fay, product_kind="oil", product_name="almond oil")
    tell(cast.cleo, cast.fay, "skin_reaction")
    assert allergies(cast.cleo) == [("almond oil", PrecautionSource.GUARDIAN)]
    tell(cast.cleo, cast.fay, "skin_reaction")
    assert len(allergies(cast.cleo)) == 1
    tell(cast.cleo, cast.fay, "skin_reaction", product="a new cream")
    assert len(allergies(cast.cleo)) == 2


def test_a_log_only_caregivers_word_about_a_product_waits_for_a_guardian(cast: Cast) -> None:
    concern = tell(cast.cleo, cast.nan, "skin_reaction", product="a new cream")
    assert allergies(cast.cleo) == []
    assert seen(concern, cast.fay).proposal == reading.Proposal("allergy", "", "a new cream", None)


# ---- the child's own plan, and a clinic's own words --------------------------------------------------------


def write_plan(cast: Cast, by: User, text: str, *, lock_version: int | None = None) -> ConcernPlan:
    with rls.acting_as(by):
        return concern_plans.write_concern_plan(
            by=by,
            child=cast.cleo,
            kind="seizure_like_event",
            text=text,
            lock_version=lock_version,
            now=rls.now(),
        )


def test_a_plan_is_the_treating_therapists_and_keeps_what_it_said(cast: Cast) -> None:
    plan = write_plan(cast, cast.tess, "Rescue medicine after 3 minutes.")
    for by in (cast.asha, cast.fay, cast.otto, cast.theo):
        with pytest.raises(Forbidden):
            write_plan(cast, by, "Something else.")
    with pytest.raises(Stale):
        write_plan(cast, cast.tess, "After 5 minutes.")
    write_plan(cast, cast.tess, "After 5 minutes.", lock_version=plan.lock_version)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM tracking_concernplanevent ORDER BY pgh_id")
        assert [text for (text,) in cursor.fetchall()] == [
            "Rescue medicine after 3 minutes.",
            "After 5 minutes.",
        ]
    with rls.acting_as(cast.nan):
        assert [plan.text for plan in reading.plans_of_child(cast.nan, cast.cleo).values()] == [
            "After 5 minutes."
        ]


def test_a_plan_taken_away_is_shown_no_more(cast: Cast) -> None:
    plan = write_plan(cast, cast.tess, "Rescue medicine after 3 minutes.")
    write_plan(cast, cast.tess, "", lock_version=plan.lock_version)
    with rls.acting_as(cast.fay):
        assert reading.plans_of_child(cast.fay, cast.cleo) == {}


def replace(cast: Cast, by: User, text: str, *, code: str = "concern.fever_any.text") -> None:
    with rls.acting_as(by):
        concern_plans.replace_advice_text(
            by=by, clinic=cast.harbor, code=code, language="en", text=text, now=rls.now()
        )


def test_a_clinic_says_it_in_its_own_words_field_by_field(cast: Cast) -> None:
    before = advice_texts(cast.harbor.pk, "en")["fever_any"]
    replace(cast, cast.tess, "Wait a day.")
    after = advice_texts(cast.harbor.pk, "de-AT")["fever_any"]
    assert (after.title, after.text) == (before.title, "Wait a day.")
    assert advice_texts(cast.elsewhere.pk, "en")["fever_any"] == before
    replace(cast, cast.tess, "")
    assert advice_texts(cast.harbor.pk, "en")["fever_any"] == before
    with pytest.raises(Forbidden):
        replace(cast, cast.opal, "Wait a day.")
    with pytest.raises(Invalid):
        replace(cast, cast.tess, "Wait a day.", code="stop_rule")


def test_texts_are_draft_until_the_clinic_adopts_this_version_of_them(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        offering.adopt_wording(by=cast.tess, clinic=cast.harbor, credential="OTR/L", now=rls.now())
        assert advice_texts(cast.harbor.pk, "en").adopted is None
        offering.adopt_wording(
            by=cast.tess, clinic=cast.harbor, credential="OTR/L", version=rules().version, now=rls.now()
        )
    adopted = advice_texts(cast.harbor.pk, "en").adopted
    assert adopted is not None
    assert adopted.credential == "OTR/L"


# ---- photos ------------------------------------------------------------------------------------------------


def test_a_photo_is_drawn_anew_and_seen_by_the_team_alone(cast: Cast) -> None:
    concern = tell(cast.cleo, cast.fay, "skin_reaction")
    photo = send(concern, cast.fay, picture())
    with rls.acting_as(cast.tess):
        name = concern_photos.look_at_photo(by=cast.tess, photo=photo, now=rls.now())
    with files.open_stored(name) as kept:
        assert b"a camera with a name" not in kept.read()
    for by in (cast.fay, cast.greg, cast.otto, cast.theo):
        with rls.acting_as(by), pytest.raises(Forbidden):
            concern_photos.look_at_photo(by=by, photo=photo, now=rls.now())
        assert not ConcernPhoto.objects.visible_to(by).exists()
    assert AuditEvent.objects.filter(code=AuditCode.VIEWED_PHOTO, actor_id=cast.tess.pk).count() == 1
    assert (seen(concern, cast.fay).photo_count, seen(concern, cast.greg).photo_count) == (1, None)
    assert seen(concern, cast.fay).photos == ()
    default_storage.delete(photo.file_name)


def test_a_photo_is_sent_once_by_who_told_the_concern_or_the_team(cast: Cast) -> None:
    concern, made, content = tell(cast.cleo, cast.nan, "skin_reaction"), make_id(), picture()
    first = send(concern, cast.nan, content, client_id=made)
    assert send(concern, cast.nan, content, client_id=made).pk == first.pk
    with pytest.raises(IdAlreadyUsed):
        send(concern, cast.nan, picture((50, 50)), client_id=made)
    with pytest.raises(Forbidden):
        send(concern, cast.fay, content)
    default_storage.delete(first.file_name)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotThisKind),
        (b"", NotThisKind),
        (b"\xff" * (10 * 1024 * 1024 + 1), FileTooLarge),
    ],
)
def test_what_is_no_photo_is_refused(cast: Cast, content: bytes, refusal: type[Exception]) -> None:
    concern = tell(cast.cleo, cast.fay, "skin_reaction")
    with pytest.raises(refusal):
        send(concern, cast.fay, content)


def test_photos_are_gone_after_90_days_row_and_file_unless_somebody_keeps_them(cast: Cast) -> None:
    concern = tell(cast.cleo, cast.fay, "skin_reaction")
    old, kept, young = (send(concern, cast.fay, picture((n, n))) for n in (20, 21, 22))
    long_ago = rls.now() - dt.timedelta(days=90, minutes=1)
    ConcernPhoto.objects.filter(pk__in=[old.pk, kept.pk]).update(sent_at=long_ago)
    ConcernPhoto.objects.filter(pk=young.pk).update(sent_at=long_ago + dt.timedelta(minutes=2))
    with rls.acting_as(cast.tess):
        keeping = concern_photos.keep_photo(
            by=cast.tess, photo=kept, reason="For the dermatologist", now=rls.now()
        )
    with rls.acting_as(cast.fay), pytest.raises(Forbidden):
        concern_photos.keep_photo(by=cast.fay, photo=old, reason="Mine", now=rls.now())
    remove_old_photos()
    assert set(ConcernPhoto.objects.values_list("pk", flat=True)) == {kept.pk, young.pk}
    assert not default_storage.exists(old.file_name)
    assert default_storage.exists(kept.file_name)
    assert (keeping.by, keeping.reason) == (cast.tess, "For the dermatologist")
    assert {photo.goes_on is None for photo in seen(concern, cast.tess).photos} == {True, False}
    with rls.acting_as(cast.fay), pytest.raises(Forbidden):
        concern_photos.keep_photo_no_longer(by=cast.fay, photo=kept, now=rls.now())
    with rls.acting_as(cast.tess):
        concern_photos.keep_photo_no_longer(by=cast.tess, photo=kept, now=rls.now())
        assert {photo.goes_on is None for photo in seen(concern, cast.tess).photos} == {False}
        concern_photos.keep_photo(by=cast.tess, photo=kept, reason="After all", now=rls.now())
    remove_old_photos()
    assert ConcernPhoto.objects.filter(pk=kept.pk).exists()
    with rls.acting_as(cast.tess):
        concern_photos.keep_photo_no_longer(by=cast.tess, photo=kept, now=rls.now())
    remove_old_photos()
    assert not default_storage.exists(kept.file_name)
    default_storage.delete(young.file_name)


def test_a_strain_is_flagged_and_pauses_nothing(cast: Cast) -> None:
    tell(cast.cleo, cast.fay, "parent_strain")
    assert [flag.severity for flag in flags_of(cast.cleo)] == [Severity.URGENT]
    assert not Precaution.objects.filter(child=cast.cleo).exclude(code="face_aversion").exists()
