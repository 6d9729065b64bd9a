"""The whole demo, from an empty database to yesterday evening."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Clinic, User
from clinic.vocabulary import Role
from tracking.management.demo import asking, courses, evenings, programs
from tracking.management.demo.agreements import plant_agreements
from tracking.management.demo.clinics import CLINICS
from tracking.management.demo.diaries import DiaryRows
from tracking.management.demo.flags import holder, plant_flags
from tracking.management.demo.keeping import plant_keeping
from tracking.management.demo.looks import plant_looks
from tracking.management.demo.measures import plant_measures
from tracking.management.demo.people import PeopleRows, Planted, story_id
from tracking.management.demo.reminded import plant_reminders
from tracking.management.demo.stories import SLEEP_GOAL, ChildStory, Plan
from tracking.management.demo.two_homes import say_where_it_is, untaught_day
from tracking.management.demo.understanding import plant_understanding
from tracking.management.demo.visits import plant_visits
from tracking.models import EntryDoor, Goal, GoalRating, Message, ReminderRule, TrackedStimulus
from tracking.models.notices import NoticeKind
from tracking.readings.asking import ask_plans_of
from tracking.reminders.planning import follow
from tracking.services import concern_plans, concerns, flagging
from tracking.services.charts import choose_charts
from tracking.services.telling import tell
from tracking.sync.bodies import ConcernBody
from tracking.vocabulary.charts import ChosenChart
from tracking.vocabulary.outcomes import Outcome, offered_outcomes

Say = Callable[[str], None]
WATCHED_AT_ONCE = 200
RATED_AFTER_WEEKS = {4: -1, 8: 0}
SLEEP_CHARTS = (ChosenChart.STATE_FLOW, ChosenChart.GOAL_LADDER)
TOUCH_CHARTS = (ChosenChart.CUE_BALANCE, ChosenChart.TOUCH_MAP)


@dataclass(frozen=True, slots=True)
class Planting:
    """What was written; `first` is the first clinic."""

    clinics: int
    children: int
    entries: int
    first: Planted


def plant(*, now: dt.datetime, seed: int, passwords: dict[str, str], say: Say) -> Planting:
    """Write the demo, its history ending the evening before `now`; `passwords` by the story's logins.

    Runs inside one transaction stamped `seeding`.
    """
    yesterday = local_day(now, CLINICS[0].zone) - dt.timedelta(days=1)
    people = PeopleRows(now=now, yesterday=yesterday, passwords=passwords)
    planted = [people.add(story) for story in CLINICS]
    people.write()
    say(f"{len(people.clinics)} clinics, {len(people.users)} people, {len(people.children)} children")
    diaries = DiaryRows()
    for story, clinic in zip(CLINICS, planted, strict=True):
        for child in story.children:
            _plant_child(child, clinic, diaries, yesterday=yesterday, now=now, seed=seed)
        say(f"{story.name}: {len(story.children)} programs")
    diaries.write()
    for story, clinic in zip(CLINICS, planted, strict=True):
        treated = [
            (clinic.children[child.first_name], clinic.staff[child.therapist])
            for child in story.children
            if child.plan != Plan.WAITLIST
        ]
        plant_visits(clinic, children=treated, now=now)
        for child in story.children:
            if len(child.homes) > 1:
                tellers = (_teller(child, clinic, 0), _teller(child, clinic, 1))
                say_where_it_is(child, clinic, tellers=tellers, yesterday=yesterday, now=now)
    say("visits, and a class in each clinic")
    # Published in the story's past, the rules look for their next evening from now on.
    follow(ReminderRule.objects.filter(clinic__is_demo=True), now=now)
    say(f"{diaries.count()} entries")
    for story, clinic in zip(CLINICS, planted, strict=True):
        therapists = {child.first_name: clinic.staff[child.therapist] for child in story.children}
        courses.go_their_way(clinic, therapists, now=now)
        plant_measures(clinic, therapists, now=now)
    plant_reminders(yesterday=yesterday)
    after: uuid.UUID | None = None
    while (after := flagging.raise_nightly(now=now, after=after, limit=WATCHED_AT_ONCE)) is not None:
        pass
    plant_flags(CLINICS[0], planted[0], now=now)
    plant_keeping(CLINICS[0], planted[0], now=now)
    plant_agreements(
        planted[0],
        owner=holder(CLINICS[0], planted[0], Role.OWNER),
        office=holder(CLINICS[0], planted[0], Role.OFFICE),
        now=now,
    )
    plant_looks(CLINICS[0], planted[0], now=now)
    return Planting(len(planted), len(people.children), diaries.count(), planted[0])


def is_planted() -> bool:
    return Clinic.objects.filter(is_demo=True).exists()


def _plant_child(
    story: ChildStory,
    planted: Planted,
    diaries: DiaryRows,
    *,
    yesterday: dt.date,
    now: dt.datetime,
    seed: int,
) -> None:
    child = planted.children[story.first_name]
    therapist = planted.staff[story.therapist]
    published = programs.prescribe(story, child=child, therapist=therapist, yesterday=yesterday)
    start = evenings.program_start(story, yesterday=yesterday)
    tracked = TrackedStimulus.objects.create(
        id=story_id("tracked", child.id),
        clinic_id=child.clinic_id,
        child=child,
        stimulus=story.stimulus,
        from_on=start - dt.timedelta(days=story.baseline_days),
        created_by=therapist,
    )
    asking.choose_what_is_asked(child, by=therapist, from_on=tracked.from_on)
    plans = ask_plans_of(child)
    pause = evenings.pause_days(story, yesterday=yesterday)
    untaught = untaught_day(story, yesterday=yesterday)
    paper = (
        CaregiverGrant.objects.get(child=child, user=_teller(story, planted, 0))
        if story.tells_on_paper
        else None
    )
    for day in evenings.days(story, yesterday=yesterday, seed=seed):
        if day.on == untaught or (pause and pause[0] <= day.on <= pause[1]):
            continue
        home = planted.homes[story.first_name][day.home]
        diaries.add_day(
            day,
            child=child,
            home=home,
            told_by=_teller(story, planted, day.home),
            therapist=therapist,
            published=published if story.plan != Plan.WAITLIST else (),
            tracked=tracked,
            paper=paper,
            plans=plans,
            latest=now - dt.timedelta(minutes=1),
        )
    _plant_goal(story, planted, start=start, yesterday=yesterday, now=now)
    _plant_messages(story, planted, now=now)
    asking.check_in_weekly(
        child,
        by=_teller(story, planted, 0),
        zone=planted.homes[story.first_name][0].zone,
        yesterday=yesterday,
    )
    if story is CLINICS[0].children[0]:
        plant_understanding(child, guardian=_teller(story, planted, 0), therapist=therapist, now=now)
    _plant_worries(story, planted, now=now)


def _teller(story: ChildStory, planted: Planted, home: int) -> User:
    first = next(one for one in story.homes[home].caregivers if not one.has_ended)
    return planted.caregivers[first.login]


def _plant_goal(
    story: ChildStory, planted: Planted, *, start: dt.date, yesterday: dt.date, now: dt.datetime
) -> None:
    if not story.goal:
        return
    child = planted.children[story.first_name]
    therapist = planted.staff[story.therapist]
    title, own_words, *ladder = story.goal
    set_on = start - dt.timedelta(days=story.baseline_days)
    measure = Outcome.SLEEP_LATENCY if story.goal is SLEEP_GOAL else Outcome.TOUCH_INTENSITY
    is_offered = measure in offered_outcomes(age_months=child.ages_on(set_on).used.months)
    goal = Goal.objects.create(
        id=story_id("goal", child.id),
        clinic_id=child.clinic_id,
        child=child,
        title=title,
        own_words=own_words,
        ladder=ladder,
        baseline_level=-2,
        importance=3,
        difficulty=2,
        primary_outcome=measure if is_offered else "",
        outcome_named_on=set_on if is_offered else None,
        set_on=set_on,
        created_by=therapist,
    )
    if story.weeks_in >= 4 and story.plan != Plan.WAITLIST:
        for weeks, level in RATED_AFTER_WEEKS.items():
            if weeks <= story.weeks_in:
                GoalRating.objects.create(
                    id=story_id("rating", child.id, weeks),
                    clinic_id=child.clinic_id,
                    goal=goal,
                    level=level,
                    on=min(yesterday, start + dt.timedelta(weeks=weeks)),
                    by=therapist,
                    at=now - dt.timedelta(days=1),
                )
        is_first = story is CLINICS[0].children[0]
        of_goal = SLEEP_CHARTS if story.goal is SLEEP_GOAL else TOUCH_CHARTS
        choose_charts(by=therapist, child=child, charts=list(ChosenChart) if is_first else of_goal, now=now)


def _plant_worries(story: ChildStory, planted: Planted, *, now: dt.datetime) -> None:
    child = planted.children[story.first_name]
    if story.own_plan:
        kind, text = story.own_plan
        therapist = planted.staff[story.therapist]
        concern_plans.write_concern_plan(by=therapist, child=child, kind=kind, text=text, now=now)
    for number, worry in enumerate(story.worries):
        at = now - dt.timedelta(hours=worry.hours_ago)
        concerns.raise_concern(
            by=planted.caregivers[worry.login],
            child=child,
            client_id=story_id("worry", child.id, number),
            entry=ConcernBody(kind=worry.kind, occurred_at=at, **dict(worry.told)),
            door=EntryDoor.SEED,
            now=at + dt.timedelta(minutes=2),
        )


def _plant_messages(story: ChildStory, planted: Planted, *, now: dt.datetime) -> None:
    """The thread; of its last message the other side is yet to be told."""
    child = planted.children[story.first_name]
    last = None
    for number, (login, body) in enumerate(story.messages):
        is_staff = login in planted.staff
        last = Message.objects.create(
            id=story_id("message", child.id, number),
            clinic_id=child.clinic_id,
            child=child,
            client_id=uuid.uuid5(child.id, str(number)),
            author=planted.staff[login] if is_staff else planted.caregivers[login],
            is_from_staff=is_staff,
            body=body,
            sent_at=now - dt.timedelta(hours=30 - 6 * number),
        )
    if last is not None:
        tell(
            kind=NoticeKind.MESSAGE,
            clinic_id=child.clinic_id,
            child_id=child.id,
            subject_id=last.pk,
            is_to_staff=not last.is_from_staff,
            by=last.author,
            now=now,
        )
