"""What a queryset shows to whom: every question it answers about a person, beside `visible_to`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import QuerySet

from clinic import rls
from clinic.models import CaregiverGrant, CareTeam, Child, Family, Invitation, User
from clinic.policy import places
from clinic.services import consents, invitations
from clinic.vocabulary import CareTeamKind, ConsentKind, GrantKind, Role
from tests import factories, mutants
from tests.cast import Cast
from tests.tracking.test_one_rule_told_twice import authors, open_by_glass, who_sees
from tests.tracking.test_policy import who
from tracking import policy
from tracking.models import Cosigning, FamilyWords, MassageSession
from tracking.policy.entries import CAREGIVERS_REVISE_FOR

Things = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """Things by what the case calls them, the rows of them that a person is shown, and who is shown which."""

    make: Callable[[Cast], Things]
    rows: Callable[[User], QuerySet[Any]]
    shown: Mapping[str, str]


def children(cast: Cast) -> Things:
    """As ever, but Theo broke the glass of Cleo's."""
    open_by_glass(cast, cast.theo)
    return dict(cast.children())


def homes(cast: Cast) -> Things:
    return {"Fay's": cast.fays_home, "Greg's": cast.gregs_home, "Finn's": cast.finns_home}


def drafts_of_invitations(cast: Cast) -> Things:
    """The office drafted it. Olga was an owner here until today; Tara is on the team, but left the clinic."""
    long_ago = rls.now() - dt.timedelta(days=30)
    with rls.acting_as(system="seeding"):
        CareTeam.objects.filter(therapist=cast.tara).update(until_at=None)
        cast.tara.memberships.update(ended_at=rls.now())
        cast.olga.memberships.create(
            clinic=cast.harbor, roles=[Role.OWNER], started_at=long_ago, ended_at=rls.now()
        )
    with rls.acting_as(cast.opal):
        return {
            "an aunt's": invitations.draft(
                by=cast.opal,
                child=cast.cleo,
                family=cast.fays_home,
                kind=GrantKind.CAREGIVER,
                email="aunt@example.org",
                now=rls.now(),
            )
        }


def words_of_homes(cast: Cast) -> Things:
    """Spoken ones, and written ones that nobody can hear."""

    def of(home: Family, by: User, about: str, **told: Any) -> FamilyWords:
        return factories.family_words(cast.cleo, by=by, family=home, about=about, **told)

    spoken = {"recording": "recording/of-nothing.webm"}
    return {
        "Fay's, kept": of(cast.fays_home, cast.fay, "arm-milking", **spoken),
        "Fay's, shared": of(cast.fays_home, cast.fay, "arm-rolling", is_shared=True, **spoken),
        "Fay's, written": of(cast.fays_home, cast.fay, "leg-rolling", is_shared=True),
        "Greg's, shared": of(cast.gregs_home, cast.greg, "arm-milking", is_shared=True, **spoken),
    }


def words_after_a_no(cast: Cast) -> Things:
    """The same, when Greg has said no to recordings."""
    made = words_of_homes(cast)
    say_no(cast, ConsentKind.MEDIA)
    return made


def say_no(cast: Cast, kind: ConsentKind) -> None:
    with rls.acting_as(cast.greg):
        consents.withdraw(by=cast.greg, child=cast.cleo, kind=kind, now=rls.now())


def a_draft(cast: Cast) -> Things:
    return {"Asha's": factories.drafted_goal(cast).draft}


def a_draft_whose_supervisor_left(cast: Cast) -> Things:
    """Theo was asked about it, who is on the team no more than he ever was; Tess leads."""
    made = a_draft(cast)
    Cosigning.objects.filter(pk=made["Asha's"].pk).update(supervisor=cast.theo)
    return made


def a_draft_where_nobody_leads(cast: Cast) -> Things:
    """Tara led until last month."""
    made = a_draft_whose_supervisor_left(cast)
    with rls.acting_as(system="seeding"):
        CareTeam.objects.filter(child=cast.cleo, therapist=cast.tess).update(kind=CareTeamKind.MEMBER)
        CareTeam.objects.filter(child=cast.cleo, therapist=cast.tara).update(kind=CareTeamKind.LEAD)
    return made


def a_draft_of_tesss(cast: Cast) -> Things:
    made = a_draft_whose_supervisor_left(cast)
    Cosigning.objects.filter(pk=made["Asha's"].pk).update(drafted_by=cast.tess)
    return made


def sessions(cast: Cast) -> Things:
    """Everybody's own, and Greg's that Tess wrote down for him."""
    told_by = CaregiverGrant.objects.get(child=cast.cleo, user=cast.greg)
    made = {
        name: factories.session(cast.cleo, by=by) for name, by in cast.people().items() if by in authors(cast)
    }
    return made | {"greg to tess": factories.session(cast.cleo, by=cast.tess, told_by_grant=told_by)}


CASES = {
    "ChildQuerySet.seen_by_staff": Case(
        children,
        Child.objects.seen_by_staff,
        {
            "cleo": "otto tess asha opal",
            "fern": "otto theo opal",
            "cody": "olga tova",
            "sami": "sol",
        },
    ),
    "ChildQuerySet.read_by_staff": Case(
        children,
        Child.objects.read_by_staff,
        {"cleo": "tess asha theo", "fern": "theo", "cody": "tova", "sami": "sol"},
    ),
    "ChildQuerySet.on_team_of": Case(
        children,
        Child.objects.on_team_of,
        {"cleo": "tess asha", "fern": "theo", "cody": "tova", "sami": "sol"},
    ),
    "ChildQuerySet.treated_by": Case(
        children,
        Child.objects.treated_by,
        {"cleo": "tess", "fern": "theo", "cody": "tova", "sami": "sol"},
    ),
    "ChildQuerySet.cared_for_by": Case(
        children,
        Child.objects.cared_for_by,
        {"cleo": "fay greg nan", "fern": "finn", "cody": "dana", "sami": ""},
    ),
    "ChildQuerySet.guarded_by": Case(
        children,
        Child.objects.guarded_by,
        {"cleo": "fay greg", "fern": "finn", "cody": "dana", "sami": ""},
    ),
    "FamilyQuerySet.seen_by_staff": Case(
        homes,
        Family.objects.seen_by_staff,
        {
            "Fay's": "otto tess asha opal",
            "Greg's": "otto tess asha opal",
            "Finn's": "otto theo opal",
        },
    ),
    "FamilyQuerySet.lived_in_by": Case(
        homes, Family.objects.lived_in_by, {"Fay's": "fay nan", "Greg's": "greg", "Finn's": "finn"}
    ),
    "FamilyQuerySet.guarded_by": Case(
        homes, Family.objects.guarded_by, {"Fay's": "fay", "Greg's": "greg", "Finn's": "finn"}
    ),
    "InvitationQuerySet.sendable_by": Case(
        drafts_of_invitations, Invitation.objects.sendable_by, {"an aunt's": "otto tess"}
    ),
    "EntryQuerySet.told_by": Case(
        sessions,
        MassageSession.objects.told_by,
        {"fay": "fay", "greg": "greg", "nan": "nan", "tess": "tess", "greg to tess": "greg tess"},
    ),
    "FamilyWordsQuerySet.heard_by": Case(
        words_of_homes,
        FamilyWords.objects.heard_by,
        {
            "Fay's, kept": "fay nan",
            "Fay's, shared": "fay nan tess asha",
            "Fay's, written": "",
            "Greg's, shared": "greg tess asha",
        },
    ),
    "FamilyWordsQuerySet.heard_by, after a no": Case(
        words_after_a_no,
        FamilyWords.objects.heard_by,
        {
            "Fay's, kept": "fay nan",
            "Fay's, shared": "fay nan",
            "Fay's, written": "",
            "Greg's, shared": "greg",
        },
    ),
    "FamilyWordsQuerySet.with_hearing, after a no": Case(
        words_after_a_no,
        lambda user: FamilyWords.objects.visible_to(user).with_hearing(user).filter(may_hear=True),
        {
            "Fay's, kept": "fay nan",
            "Fay's, shared": "fay nan",
            "Fay's, written": "fay nan",
            "Greg's, shared": "greg",
        },
    ),
    "CosigningQuerySet.signable_by": Case(a_draft, Cosigning.objects.signable_by, {"Asha's": "tess"}),
    "CosigningQuerySet.signable_by, one's own": Case(
        a_draft_of_tesss, Cosigning.objects.signable_by, {"Asha's": ""}
    ),
    "CosigningQuerySet.asked_of": Case(a_draft, Cosigning.objects.asked_of, {"Asha's": "tess"}),
    "CosigningQuerySet.asked_of, its supervisor gone": Case(
        a_draft_whose_supervisor_left, Cosigning.objects.asked_of, {"Asha's": "tess"}
    ),
    "CosigningQuerySet.asked_of, nobody leading": Case(
        a_draft_where_nobody_leads, Cosigning.objects.asked_of, {"Asha's": "tess"}
    ),
}
"""By the queryset's method and, where one case is not enough, what is different in it."""


def shown(cast: Cast, case: Case) -> dict[str, str]:
    """To whom the first wall shows which things, everybody asked as themselves, in the cast's order."""
    things = case.make(cast)
    found: dict[str, list[str]] = {label: [] for label in things}
    for name, user in cast.people().items():
        with rls.acting_as(user, system="reports"):
            seen = set(case.rows(user).values_list("pk", flat=True))
        for label, thing in things.items():
            if thing.pk in seen:
                found[label].append(name)
    return {label: " ".join(names) for label, names in found.items()}


@pytest.mark.parametrize("name", CASES)
def test_a_queryset_shows_what_is_told_here_and_nothing_else(cast: Cast, name: str) -> None:
    case = CASES[name]
    told = {label: set(names.split()) for label, names in case.shown.items()}
    assert {label: set(names.split()) for label, names in shown(cast, case).items()} == told


def test_every_queryset_that_asks_about_a_person_is_told_here() -> None:
    asked = {rule.name.split(".", 3)[3] for rule in mutants.rules() if "QuerySet." in rule.name}
    said = {name.partition(",")[0] for name in CASES}
    assert {name for name in asked if "._" not in name and not name.endswith(".visible_to")} == said


# ---- rules that need other things than tests/rules.toml asks about -----------------------------------------


def reads_by_glass(cast: Cast) -> set[str]:
    for user in (cast.theo, cast.otto):
        open_by_glass(cast, user)
    return who(cast, lambda user, child: places(user, child).is_by_glass, cast.cleo)


def changes_words_for_a_child_of_another_home(cast: Cast) -> set[str]:
    return who(
        cast, lambda user, child: policy.may_change_family_words(user, child, cast.fays_home), cast.fern
    )


def revises_after_a_caregivers_days(cast: Cast) -> set[str]:
    entry = factories.session(cast.cleo, by=cast.nan)
    late = entry.first_received_at + CAREGIVERS_REVISE_FOR + dt.timedelta(hours=1)
    return who(cast, lambda user, told: policy.may_revise_entry(user, told, late), entry)


def sees_a_photo_after_another_no(cast: Cast) -> set[str]:
    photo = factories.concern_photo(factories.concern(cast.cleo, by=cast.fay), by=cast.fay)
    say_no(cast, ConsentKind.SHARING)
    return who_sees(cast, photo)


def confirms_an_erasure_alone_at_once(cast: Cast) -> set[str]:
    asked = factories.erasure(cast)
    return who(cast, lambda user, it: policy.may_confirm_erasure(user, it, asked.asked_at), asked)


def sees_a_wish_about_a_child_that_is_not_theirs(cast: Cast) -> set[str]:
    return who_sees(cast, factories.erasure_request(cast.fern, by=cast.nan))


SINGLE: dict[Callable[[Cast], set[str]], set[str]] = {
    reads_by_glass: {"otto", "theo"},
    changes_words_for_a_child_of_another_home: set(),
    revises_after_a_caregivers_days: set(),
    sees_a_photo_after_another_no: {"tess", "asha"},
    confirms_an_erasure_alone_at_once: set(),
    sees_a_wish_about_a_child_that_is_not_theirs: {"otto"},
}


@pytest.mark.parametrize("ask", SINGLE, ids=lambda ask: ask.__name__)
def test_the_rule_holds_there_too(cast: Cast, ask: Callable[[Cast], set[str]]) -> None:
    assert ask(cast) == SINGLE[ask]
