"""Visits and calls: recorded, moved, settled; who was there and what was said; as a file."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid, Stale
from clinic.models import AuditEvent, CaregiverGrant, User
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast, make_id, planted
from tests.tracking.records import log_session
from tracking.models import Contact, Flag, MassageSession, Note
from tracking.readings.contacts import labels_of
from tracking.reports.exports import contacts_csv, shared_contacts_csv
from tracking.services import contacts, service_labels
from tracking.services.service_labels import LabelInUse
from tracking.vocabulary.concerns import FlagCode
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.vocabulary.programs import Provider

pytestmark = pytest.mark.django_db


def recorded(cast: Cast, *, by: User | None = None, **told: Any) -> Contact:
    """A visit of Cleo's yesterday."""
    by = by or cast.tess
    with rls.acting_as(by):
        now = rls.now()
        yesterday = now - dt.timedelta(days=1)
        return contacts.record_contact(
            **{"by": by, "child": cast.cleo, "kind": ContactKind.VISIT, "starts_at": yesterday, "now": now}
            | told
        )


def changed(cast: Cast, contact: Contact, *, by: User | None = None, **changes: Any) -> Contact:
    by = by or cast.tess
    with rls.acting_as(by):
        return contacts.change_contact(
            **{"by": by, "contact": contact, "lock_version": contact.lock_version, "now": rls.now()} | changes
        )


def grant_of(cast: Cast, user: User) -> CaregiverGrant:
    return CaregiverGrant.objects.get(child=cast.cleo, user=user)


def test_a_visit_tells_who_was_there_and_what_was_said(cast: Cast) -> None:
    visit = recorded(
        cast,
        minutes=45,
        therapist=cast.tess.pk,
        caregivers=[grant_of(cast, cast.fay).pk],
        others_present="a brother",
        has_interpreter=True,
        shared_note="Feet first, then the tummy.",
        private_note="Ask about the move.",
    )
    assert (visit.state, visit.minutes, visit.lock_version) == (ContactState.HAPPENED, 45, 1)
    assert [one.grant.user for one in visit.presences.all()] == [cast.fay]
    assert dict(visit.notes.values_list("is_private", "body")) == {
        False: "Feet first, then the tummy.",
        True: "Ask about the move.",
    }


def test_a_contact_to_come_is_planned_and_settled_later(cast: Cast, clock: Any) -> None:
    with rls.acting_as(cast.tess):
        tomorrow = rls.now() + dt.timedelta(days=1)
    visit = recorded(cast, starts_at=tomorrow)
    assert visit.state == ContactState.PLANNED
    with pytest.raises(Invalid) as refused:
        changed(cast, visit, state=ContactState.HAPPENED)
    assert refused.value.field == "starts_at"
    off = changed(cast, visit, state=ContactState.CANCELLED, cancelled_by=CancelledBy.FAMILY)
    assert (off.state, off.cancelled_by) == (ContactState.CANCELLED, CancelledBy.FAMILY)
    again = changed(cast, off, state=ContactState.PLANNED)
    assert again.cancelled_by == ""


def test_who_changes_an_older_state_is_told_so(cast: Cast) -> None:
    visit = recorded(cast)
    changed(cast, visit, minutes=30)
    with pytest.raises(Stale):
        changed(cast, visit, minutes=60)
    visit.refresh_from_db()
    assert visit.minutes == 30


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "seance"}, "kind"),
        ({"state": ContactState.CANCELLED}, "cancelled_by"),
        ({"cancelled_by": CancelledBy.FAMILY}, "cancelled_by"),
        ({"minutes": 1441}, "minutes"),
        ({"others_present": "x" * 201}, "others_present"),
        ({"caregivers": [make_id()]}, "caregivers"),
        ({"label": make_id()}, "label"),
        ({"therapist": make_id()}, "therapist"),
        ({"shoe_size": 41}, "shoe_size"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_by_its_field(
    cast: Cast, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        recorded(cast, **told)
    assert refused.value.field == field


def test_a_caregiver_whose_access_has_ended_or_of_another_child_was_not_there(cast: Cast) -> None:
    finns = CaregiverGrant.objects.get(user=cast.finn)
    for grant in (grant_of(cast, cast.rex), finns):
        with pytest.raises(Invalid):
            recorded(cast, caregivers=[grant.pk])


def test_the_office_keeps_times_and_nothing_else(cast: Cast) -> None:
    visit = recorded(cast, by=cast.opal, minutes=30, therapist=cast.tess.pk)
    assert changed(cast, visit, by=cast.opal, minutes=60).minutes == 60
    for told in ({"others_present": "a brother"}, {"shared_note": "Well done."}, {"has_student": True}):
        with pytest.raises(Forbidden):
            recorded(cast, by=cast.opal, **told)
    with pytest.raises(Forbidden):
        changed(cast, visit, by=cast.opal, others_present="")
    with pytest.raises(Forbidden):
        recorded(cast, by=cast.otto)


@pytest.mark.parametrize("by", ["tess", "opal"])
def test_a_call_settles_a_flag_about_silence(cast: Cast, by: str) -> None:
    flag = factories.flag(cast.cleo, by=cast.tess, code=FlagCode.NO_LOGS)
    caller = getattr(cast, by)

    def is_open() -> bool:
        with rls.acting_as(cast.tess):
            return Flag.objects.open().filter(pk=flag.pk).exists()

    recorded(cast)
    recorded(cast, by=caller, kind=ContactKind.CALL, state=ContactState.NO_SHOW)
    assert is_open()
    recorded(cast, by=caller, kind=ContactKind.CALL)
    assert not is_open()


def test_a_massage_of_a_therapist_points_to_its_visit(cast: Cast) -> None:
    visit, elsewhere = recorded(cast), factories.contact(cast.fern, by=cast.theo)
    with rls.acting_as(cast.tess):
        told = {"provider": Provider.THERAPIST, "occurred_at": visit.starts_at}
        given = log_session(cast.tess, cast.cleo, contact=visit.pk, **told)
        assert MassageSession.objects.get(pk=given.row.pk).contact_id == visit.pk
        with pytest.raises(Invalid) as refused:
            log_session(cast.tess, cast.cleo, contact=elsewhere.pk, **told)
    assert refused.value.field == "contact"


def test_labels_are_added_renamed_and_retired(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        now = rls.now()
        label = service_labels.add_label(by=cast.tess, clinic=cast.harbor, name=" Parent training ", now=now)
        with pytest.raises(LabelInUse):
            service_labels.add_label(by=cast.tess, clinic=cast.harbor, name="parent training", now=now)
        visit = recorded(cast, label=label.pk)
        service_labels.rename_label(by=cast.tess, label=label, name="Coaching", now=now)
        service_labels.retire_label(by=cast.tess, label=label, now=now)
        assert [one.name for one in labels_of(cast.harbor)] == ["Coaching"]
        changed(cast, visit, minutes=20)
        with pytest.raises(Invalid):
            recorded(cast, label=label.pk)
    with rls.acting_as(cast.asha), pytest.raises(Forbidden):
        service_labels.add_label(by=cast.asha, clinic=cast.harbor, name="Mine", now=now)


# ---- as a file --------------------------------------------------------------------------------------------


def table(lines: Iterable[str]) -> list[list[str]]:
    text = "".join(lines)
    assert text.startswith("\ufeff")
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)))


def test_a_file_of_ones_caseload_holds_it_and_no_private_note(cast: Cast) -> None:
    factories.contact(cast.cleo, by=cast.tess)
    factories.contact(cast.fern, by=cast.theo)
    _heads, *rows = table(contacts_csv(cast.tess, cast.harbor))
    assert [row[0] for row in rows] == ["Cleo"]
    assert planted("contact-shared") in rows[0]
    assert planted("contact-others") in rows[0]
    assert not any("private" in cell for cell in rows[0])


def test_an_owners_file_holds_every_childs_times_and_no_word(cast: Cast) -> None:
    factories.contact(cast.cleo, by=cast.tess)
    factories.contact(cast.fern, by=cast.theo)
    factories.contact(cast.cody, by=cast.tova)
    _heads, *rows = table(contacts_csv(cast.otto, cast.harbor))
    assert {row[0] for row in rows} == {"Cleo", "Fern"}
    assert not any("planted-contact" in cell for row in rows for cell in row)


def test_a_guardians_file_holds_what_is_shared_and_nobody_elses_presence(cast: Cast) -> None:
    factories.contact(cast.cleo, by=cast.tess, at=dt.datetime(2026, 1, 5, 15, 30, tzinfo=dt.UTC))
    factories.contact(cast.fern, by=cast.theo)
    drafted = recorded(cast, by=cast.asha)
    heads, *rows = table(shared_contacts_csv(cast.greg, cast.cleo, zone="America/Chicago"))
    assert {row[0] for row in rows} == {"Cleo"}
    assert rows[0][2:4] == ["2026-01-05", "09:30"]
    assert planted("contact-shared") in rows[0]
    assert all(len(row) == len(heads) for row in rows)
    hidden = (planted("contact-others"), planted("contact-private"), cast.fay.name)
    assert not any(word in cell for row in rows for cell in row for word in hidden)
    assert drafted.starts_at.strftime("%Y-%m-%d") not in {row[2] for row in rows}


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", "\uff1d1"])
def test_what_was_typed_is_no_formula_in_a_file(cast: Cast, typed: str) -> None:
    factories.contact(cast.cleo, by=cast.tess, others_present=typed)
    _heads, row = table(contacts_csv(cast.tess, cast.harbor))
    assert f"'{typed}" in row


def test_a_file_is_made_in_pages_and_loses_none(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracking.reports.exports.ROWS_AT_ONCE", 3)
    same = rls.now() - dt.timedelta(days=3)
    for _ in range(7):
        factories.contact(cast.cleo, by=cast.tess, at=same)
    assert len(table(contacts_csv(cast.tess, cast.harbor, child=cast.cleo))) == 8


def test_access_that_ends_while_a_file_is_sent_ends_the_file(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracking.reports.exports.ROWS_AT_ONCE", 1)
    for _ in range(3):
        factories.contact(cast.cleo, by=cast.tess)
    lines = contacts_csv(cast.tess, cast.harbor)
    assert [next(lines) for _ in range(2)]
    with rls.acting_as(cast.otto):
        cast.tess.care_teams.update(until_at=rls.now())
    assert list(lines) == []


def test_a_contact_leaves_a_trace_without_words(cast: Cast) -> None:
    visit = recorded(cast, shared_note="Feet first.")
    written = AuditEvent.objects.filter(code=AuditCode.RECORDED_CONTACT, subject_id=visit.pk).get()
    assert (written.actor_id, written.child_id, written.detail) == (cast.tess.pk, cast.cleo.pk, "happened")
    assert Note.objects.get(about_contact=visit).author == cast.tess
