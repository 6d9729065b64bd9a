"""Tables of messages, notes, visits and demonstrations between clinic and family."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracking.models import ReportKind
from tracking.readings.contacts import reader_of
from tracking.readings.messages import thread
from tracking.readings.notes import page_of_notes
from tracking.readings.reports import reports_of
from tracking.readings.teaching import page_of_demonstrations
from tracking.reports.copies.entries import author
from tracking.reports.copies.tables import ROWS_AT_ONCE, Column, Kind, Table, Taker, paged
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.vocabulary.teaching import TaughtLevel


def _contacts(taker: Taker) -> Iterable[Any]:
    reader = reader_of(taker.user, taker.child, taker.sight, taker.place, language=taker.language)

    def page(before: Any) -> Any:
        read = reader.page(limit=ROWS_AT_ONCE, before=before)
        return read.contacts, read.next_before

    return paged(page)


VISITS = Table(
    "visits",
    _("Visits and calls"),
    (
        Column("id", Kind.ID, _("Of the visit")),
        Column("kind", Kind.CODE, _("Visit, call or what else"), codes=ContactKind),
        Column("state", Kind.CODE, _("Planned, held or called off"), codes=ContactState),
        Column("cancelled_by", Kind.CODE, _("Who called it off"), codes=CancelledBy),
        Column("starts_at", Kind.INSTANT, _("When it began or begins")),
        Column("minutes", Kind.WHOLE, _("How long")),
        Column("therapist", Kind.TEXT, _("With whom")),
    ),
    _contacts,
)


def _notes(taker: Taker) -> Iterable[Any]:
    def page(before: Any) -> Any:
        read = page_of_notes(taker.user, taker.child, taker.sight, limit=ROWS_AT_ONCE, before=before)
        return read.notes, read.next_before

    return paged(page)


NOTES = Table(
    "notes",
    _("Notes of the care team that are shared with you"),
    (
        Column("id", Kind.ID, _("Of the note")),
        *author(),
        Column("body", Kind.TEXT, _("The note")),
        Column("language", Kind.TEXT, _("Of the note")),
        Column("about_entry", Kind.ID, _("The entry it is about")),
        Column("about_visit", Kind.ID, _("The visit it is about"), "about_contact"),
        Column("written_at", Kind.INSTANT, _("When it was written")),
    ),
    _notes,
)


def _messages(taker: Taker) -> Iterable[Any]:
    def page(before: Any) -> Any:
        read = thread(taker.user, taker.child, before=before, limit=ROWS_AT_ONCE)
        return reversed(read.messages), read.before

    return paged(page)


MESSAGES = Table(
    "messages",
    _("Messages between family and care team"),
    (
        Column("id", Kind.ID, _("Of the message"), "client_id"),
        *author(),
        Column("is_from_staff", Kind.YES_NO, _("Whether the clinic wrote it")),
        Column("body", Kind.TEXT, _("The message")),
        Column("language", Kind.TEXT, _("Of the message")),
        Column("about_entry", Kind.ID, _("The entry it is about")),
        Column("sent_at", Kind.INSTANT, _("When it was sent")),
    ),
    _messages,
)


def _demonstrations(taker: Taker) -> Iterable[Any]:
    return paged(
        lambda before: page_of_demonstrations(
            taker.user, taker.child, language=taker.language, limit=ROWS_AT_ONCE, before=before
        )
    )


DEMONSTRATIONS = Table(
    "shown",
    _("What was shown to your household, and how far each got"),
    (
        Column("id", Kind.ID, _("Of what was shown")),
        Column("what", Kind.CODE, _("What kind of thing")),
        Column("stroke", Kind.TEXT, _("The stroke, by its name in the library")),
        Column("name", Kind.TEXT, _("What it is called")),
        Column("to", Kind.TEXT, _("To whom")),
        Column("level", Kind.CODE, _("How far they got"), codes=TaughtLevel),
        Column("by", Kind.TEXT, _("Who showed it")),
        Column("at", Kind.INSTANT, _("When")),
    ),
    _demonstrations,
)


def shared_reports(taker: Taker) -> list[Any]:
    """Reports that are signed and shared with the guardians, newest first."""
    return [one for one in reports_of(taker.user, taker.child) if one.shared_at and one.is_ready]


REPORTS = Table(
    "reports",
    _("Reports the clinic has shared; the files are in the folder named so"),
    (
        Column("id", Kind.ID, _("Of the report, and the name of its file")),
        Column("kind", Kind.CODE, _("What kind of report"), codes=ReportKind),
        Column("period_from", Kind.DAY, _("First day it is about")),
        Column("period_until", Kind.DAY, _("Last day it is about")),
        Column("signed_by", Kind.TEXT, _("Who signed it")),
        Column("signed_at", Kind.INSTANT, _("When")),
        Column("shared_at", Kind.INSTANT, _("When it was shared")),
    ),
    shared_reports,
)

TABLES = (
    VISITS,
    NOTES,
    MESSAGES,
    DEMONSTRATIONS,
    REPORTS,
)
