"""Who may, rule by rule: tests/rules.toml is the whole truth about what the predicates say of everybody."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clinic import rls
from clinic.models import BreakGlass, CaregiverGrant, ClinicMembership
from tests import factories, mutants
from tests.cast import Cast
from tests.mutants import Rule
from tests.tracking.test_one_rule_told_twice import let_everybody_go, open_by_glass, tracked
from tracking.models import Assessment, ProgramPause, QuarantinedEntry, ReminderRule
from tracking.vocabulary.erasure import RequestAbout

TOLD = tomllib.loads(Path("tests/rules.toml").read_text())
BY_GLASS: Mapping[str, str] = TOLD.pop("by_glass")


def predicates() -> list[Rule]:
    """The rules of policy that are asked about somebody and something."""
    return [rule for rule in mutants.rules() if ".policy." in rule.name and ".Places." not in rule.name]


def told(rule: Rule) -> set[str]:
    """Who may, as the table says."""
    lines = TOLD
    *modules, name = rule.name.split(".")
    for module in modules:
        lines = lines[module]
    return set(lines[name].split())


def things(cast: Cast) -> dict[str, Any]:
    """What the rules are asked about, by what their parameters are annotated as: Cleo, and what is hers."""
    record = factories.record(cast)
    made = {
        "AfterCare": factories.after_care(cast),
        "Assessment": Assessment(clinic=cast.harbor, child=cast.cleo),
        "AskPlan": factories.ask_plan(cast.cleo, by=cast.tess),
        "BreakGlass": BreakGlass(clinic=cast.harbor, child=cast.cleo, opened_by=cast.theo),
        "CaregiverGrant": CaregiverGrant.objects.get(child=cast.cleo, user=cast.nan),
        "CheckIn": record.check_in,
        "Child": cast.cleo,
        "ChildSign": record.sign,
        "ChildStrategy": record.strategy,
        "ChartChoice": factories.chart_choice(cast.cleo, by=cast.tess),
        "Clinic": cast.harbor,
        "ClinicReport": factories.clinic_report(cast.harbor, by=cast.otto),
        "ClinicMembership": ClinicMembership.objects.get(clinic=cast.harbor, user=cast.tess),
        "Concern": record.concern,
        "ConcernPhoto": record.photo,
        "ConcernPlan": record.plan,
        "Contact": record.contact,
        "Cosigning": record.drafted,
        "Demonstration": record.demonstration,
        "Entry": record.session,
        "Erasure": factories.erasure(cast),
        "RecordExport": factories.record_export(cast.cleo, by=cast.fay),
        "ErasureRequest": factories.erasure_request(cast.cleo, by=cast.nan),
        "Family": cast.fays_home,
        "Family | None": cast.fays_home,
        "FamilyWords": record.words,
        "Flag": record.flag,
        "Goal": factories.goal(cast.cleo, by=cast.tess),
        "GroupClass": record.class_date.group_class,
        "HomeProgram": record.program,
        "Note": record.note,
        "ProgramPause": ProgramPause(program=record.program),
        "QuarantinedEntry": QuarantinedEntry(clinic=cast.harbor, child=cast.cleo),
        "ReminderRule": ReminderRule(clinic=cast.harbor, child=cast.cleo, family=cast.fays_home),
        "ReportSchedule": factories.report_schedule(cast.cleo, by=cast.tess),
        "ReportAddendum": factories.addendum(
            factories.report(cast.cleo, by=cast.tess, is_shared=True), by=cast.tess
        ),
        "Report": factories.report(cast.cleo, by=cast.tess, is_shared=True),
        "RequestAbout": RequestAbout.CHILD,
        "SafeguardingNote": record.safeguarding,
        "Supervision": record.supervision,
        "TrackedStimulus": tracked(cast),
        "User": cast.asha,
        "dt.datetime": rls.now(),
    }
    for thing in made.values():
        for above in ("child", "clinic", "concern", "program"):
            getattr(thing, above, None)  # read along, as by whoever fetched it
    return made


def who_may(cast: Cast, rule: Rule, about: Mapping[str, Any]) -> set[str]:
    """Everybody of the cast to whom the rule says yes, each asked as themselves."""
    annotations = rule.function.__annotations__
    kinds = [kind for name, kind in annotations.items() if name not in ("user", "return")]
    found = set()
    for name, user in cast.people().items():
        with rls.acting_as(user):
            if rule.function(user, *(about[kind] for kind in kinds)):
                found.add(name)
    return found


def test_every_rule_has_a_line_and_every_line_a_rule() -> None:
    def names(lines: Mapping[str, Any], above: str) -> set[str]:
        found = set()
        for name, line in lines.items():
            found |= {above + name} if isinstance(line, str) else names(line, f"{above}{name}.")
        return found

    rules = {rule.name for rule in predicates()}
    assert names(TOLD, "") == rules
    assert set(BY_GLASS) <= rules


def test_everybody_may_what_the_table_says_and_nobody_else(cast: Cast) -> None:
    about = things(cast)
    for rule in predicates():
        assert who_may(cast, rule, about) == told(rule), rule.name


def test_whoever_broke_the_glass_may_read_and_nothing_else(cast: Cast) -> None:
    about = things(cast)
    for user in (cast.theo, cast.otto):
        open_by_glass(cast, user)
    for rule in predicates():
        opened = set(BY_GLASS.get(rule.name, "").split())
        assert who_may(cast, rule, about) == told(rule) | opened, rule.name


OWN = {
    "clinic.policy.may_change_languages": {"nan"},
    "tracking.policy.erasures.may_withdraw_erasure_request": {"nan"},
}
"""Rules about what somebody said themselves, whoever they are by now; once that ended it is out of sight."""


def test_whoever_left_may_nothing(cast: Cast) -> None:
    about = things(cast)
    let_everybody_go(cast)
    for rule in predicates():
        stays = {"opal"} & told(rule) | OWN.get(rule.name, set())
        assert who_may(cast, rule, about) <= stays, rule.name
