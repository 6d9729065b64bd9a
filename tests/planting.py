"""A word in every personal field that the usual records leave empty (tests/factories/): Cleo's clinic."""

from __future__ import annotations

import datetime as dt

from allauth.idp.oidc.models import Client, Token
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from clinic import rls
from clinic.models import (
    BreakGlass,
    CaregiverGrant,
    Child,
    ConsentText,
    Episode,
    Invitation,
    Precaution,
    User,
)
from clinic.vocabulary import ConsentKind, DischargeReason, EpisodeState, GrantKind
from tests import factories
from tests.cast import Cast, make_id, planted, planted_email
from tests.factories import Record, entry_fields
from tracking.models import (
    AfterCare,
    Bedtime,
    ClinicClosure,
    Concern,
    ConflictAcknowledgement,
    Cosigning,
    EntryDoor,
    FlagSwitch,
    FlagText,
    MassageSession,
    PhotoKeeping,
    ProgramSchedule,
    ProgramSlot,
    ProgramStep,
    PushSubscription,
    RecordHold,
    ServiceLabel,
    StimulusDay,
    Strategy,
    TactileObservation,
    TrackedStimulus,
    WordingAdoption,
)
from tracking.services.quarantining import discard_quarantined
from tracking.vocabulary.concerns import AdviceLevel, ConcernKind, FlagCode
from tracking.vocabulary.flags import SAID_TO_FAMILIES
from tracking.vocabulary.programs import FrequencyPer, Provider, SessionOutcome, StepKind
from tracking.vocabulary.touch import Stimulus


def plant_the_rest(cast: Cast, record: Record) -> None:
    """Write a row, or a word into one, for each of them."""
    with rls.acting_as(cast.tess, system="seeding"):
        now = rls.now()
        _of_accounts(cast, now)
        _of_people(cast, now)
        _of_programs(cast, record, now)
        _of_entries(cast, now)
        discard_quarantined(
            by=cast.tess, kept=factories.late_entry(cast), reason=planted("late-reason"), now=now
        )
        _of_the_clinic(cast, record, now)


def _of_accounts(cast: Cast, now: dt.datetime) -> None:
    """What Fay signs in with, and lets in; a key of somebody who is at no door, or it would be asked for."""
    UserSession.objects.filter(user=cast.fay).update(user_agent=planted("fay-browser"))
    app = Client.objects.create(name=planted("fay-app"), type=Client.Type.PUBLIC)
    Token.objects.create(
        user=cast.fay, client=app, type=Token.Type.REFRESH_TOKEN, hash="nobodys", scopes="openid"
    )
    PushSubscription.objects.create(
        user=cast.fay,
        endpoint_hash="0" * 64,
        provider="push.example",
        secret="nobodys",
        device=planted("fay-device"),
        made_at=now,
    )
    keeper = User.objects.create_user(
        email=planted_email("keeper"), password=None, name=planted("keeper-name")
    )
    Authenticator.objects.create(
        user=keeper, type=Authenticator.Type.WEBAUTHN, data={"name": planted("keeper-passkey")}
    )


def _of_people(cast: Cast, now: dt.datetime) -> None:
    for child in (cast.cleo, cast.fern, cast.cody):
        name = child.first_name
        Child.objects.filter(pk=child.pk).update(first_name=f"{name} {planted(name.lower() + '-first-name')}")
    Precaution.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        code="allergy",
        substance=planted("allergy-substance"),
        recorded_by=cast.tess,
        recorded_at=now,
    )
    BreakGlass.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        opened_by=cast.theo,
        reason=planted("glass-reviewed-reason"),
        opened_at=now - dt.timedelta(days=9),
        until_at=now - dt.timedelta(days=9) + dt.timedelta(hours=4),
        reviewed_at=now,
        reviewed_by=cast.otto,
        review=planted("glass-review"),
    )
    ConsentText.objects.create(
        clinic=cast.harbor,
        kind=ConsentKind.RESEARCH,
        language="en",
        number=1,
        text=planted("consent-text"),
        written_by=cast.otto,
        written_at=now,
        adopted_by=cast.otto,
        adopted_at=now,
        adopted_name=planted("consent-adopter"),
    )
    RecordHold.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        reason=planted("hold-reason"),
        set_by=cast.otto,
        set_at=now - dt.timedelta(days=2),
        lifted_by=cast.otto,
        lifted_at=now - dt.timedelta(days=1),
    )
    CaregiverGrant.objects.filter(user=cast.nan).update(
        relationship=planted("nan-relationship"), basis=planted("nan-basis")
    )
    Invitation.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        family=cast.fays_home,
        kind=GrantKind.CAREGIVER,
        relationship=planted("invited-relationship"),
        email=planted_email("invited"),
        token_hash="0" * 64,
        invited_by=cast.tess,
        created_at=now,
        expires_at=now + dt.timedelta(days=7),
    )
    over = Episode.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        state=EpisodeState.DISCHARGED,
        started_on=now.date() - dt.timedelta(days=400),
        ended_on=now.date() - dt.timedelta(days=300),
        discharge_reason=DischargeReason.GOALS_MET,
    )
    AfterCare.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        episode=over,
        words=planted("after-care-words"),
        summary=planted("after-care-summary"),
        written_by=cast.tess,
        written_at=now,
    )


def _of_programs(cast: Cast, record: Record, now: dt.datetime) -> None:
    draft = record.draft.versions.get()
    draft.phase_name = planted("phase-name")
    draft.product_kind = "oil"
    draft.product_name = planted("program-product")
    draft.save()
    schedule = ProgramSchedule.objects.create(
        clinic=cast.harbor, version=draft, provider=Provider.CAREGIVER, per=FrequencyPer.DAY, count=1
    )
    ProgramSlot.objects.create(
        clinic=cast.harbor,
        version=draft,
        schedule=schedule,
        number=1,
        anchor="other",
        anchor_name=planted("anchor-name"),
    )
    ProgramStep.objects.create(
        clinic=cast.harbor,
        version=draft,
        order=1,
        kind=StepKind.SONG,
        name=planted("step-name"),
        seconds=60,
        words_to_say=planted("step-words"),
        note=planted("step-note"),
    )
    ConflictAcknowledgement.objects.create(
        clinic=cast.harbor,
        version=draft,
        code="face_aversion",
        reason=planted("conflict-reason"),
        by=cast.tess,
        at=now,
    )
    Cosigning.objects.filter(pk=record.drafted.pk).update(
        returned_at=now, returned_by=cast.tess, remark=planted("cosigning-remark")
    )


def _of_entries(cast: Cast, now: dt.datetime) -> None:
    told = {"told_by_name": planted("told-by-name"), "door": EntryDoor.CLINIC_PAGES, "note": ""}
    fields = {**entry_fields(cast.cleo, by=cast.tess), **told}
    MassageSession.objects.create(
        **fields,
        outcome=SessionOutcome.DONE,
        product_kind="oil",
        product_name=planted("session-product"),
        steps=[{"step": None, "stroke": planted("session-stroke"), "is_done": True, "seconds": 30}],
    )
    TactileObservation.objects.create(
        **(fields | {"client_id": make_id()}),
        stimulus=Stimulus.OTHER,
        stimulus_text=planted("stimulus-text"),
        people_present=planted("people-present"),
        intensity=3,
    )
    tracked = TrackedStimulus.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        stimulus=Stimulus.OTHER,
        label=planted("tracked-label"),
        from_on=now.date(),
        created_by=cast.tess,
    )
    StimulusDay.objects.create(
        **(fields | {"client_id": make_id(), "note": planted("entry-note")}),
        tracked_stimulus=tracked,
        came_up=True,
    )
    Bedtime.objects.create(**(fields | {"client_id": make_id()}))
    concern = entry_fields(cast.cleo, by=cast.tess) | told
    del concern["first_received_at"]
    Concern.objects.create(
        **concern,
        kind=ConcernKind.SKIN_REACTION,
        product=planted("concern-product"),
        rules_version="concerns-1",
        advice="fever_any",
        level=AdviceLevel.PAUSE,
    )


def _of_the_clinic(cast: Cast, record: Record, now: dt.datetime) -> None:
    PhotoKeeping.objects.create(
        clinic=cast.harbor, photo=record.photo, by=cast.tess, at=now, reason=planted("photo-reason")
    )
    ServiceLabel.objects.create(clinic=cast.harbor, name=planted("service-label"))
    Strategy.objects.create(
        clinic=cast.harbor,
        name=planted("clinic-strategy-name"),
        text=planted("clinic-strategy-text"),
        stimuli=[Stimulus.OTHER],
        created_by=cast.tess,
        created_at=now,
    )
    FlagSwitch.objects.create(
        clinic=cast.harbor,
        code=FlagCode.LOW_DOSE,
        is_on=True,
        reason=planted("switch-reason"),
        set_by=cast.otto,
        set_at=now,
    )
    FlagText.objects.create(
        clinic=cast.harbor,
        code=min(SAID_TO_FAMILIES),
        language="en",
        number=1,
        text=planted("flag-text"),
        written_by=cast.tess,
        written_at=now,
        adopted_by=cast.tess,
        adopted_name=planted("adopted-name"),
        adopted_credential="OTR/L",
        adopted_at=now,
    )
    ClinicClosure.objects.create(
        clinic=cast.harbor,
        from_on=now.date() + dt.timedelta(days=90),
        until_on=now.date() + dt.timedelta(days=91),
        reason=planted("closure-reason"),
        set_by=cast.otto,
        set_at=now,
    )
    WordingAdoption.objects.create(
        clinic=cast.harbor,
        library_version="1",
        adopted_by=cast.tess,
        name=planted("adopter-name"),
        credential="OTR/L",
        adopted_at=now,
    )
