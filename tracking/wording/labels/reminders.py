"""Labels of reminders: kinds, channels and results."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.models import Channel, DeliveryState, SuppressedBecause
from tracking.vocabulary.reminders import ReminderFate, ReminderKind
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    Channel: {
        Channel.EMAIL: Words(_("E-mail")),
        Channel.WEB_PUSH: Words(_("Message on a device"), _("On a device")),
        Channel.SMS: Words(_("Text message")),
    },
    ReminderKind: {
        ReminderKind.REMINDER: Words(_("It is time for the massage"), _("Massage")),
        ReminderKind.DIARY: Words(_("It is time for the diary"), _("Diary")),
        ReminderKind.GENTLE: Words(_("The last one for a while"), _("Last for a while")),
    },
    DeliveryState: {
        DeliveryState.DUE: Words(_("Due")),
        DeliveryState.LEASED: Words(_("Being sent")),
        DeliveryState.RETRY: Words(_("Will be tried again")),
        DeliveryState.SENT: Words(_("Sent")),
        DeliveryState.MERGED: Words(_("Sent together with another")),
        DeliveryState.SUPPRESSED: Words(_("Not needed")),
        DeliveryState.QUIET: Words(_("Kept back in quiet hours")),
        DeliveryState.EXPIRED: Words(_("Its time had passed")),
        DeliveryState.UNKNOWN: Words(_("Not known whether it arrived")),
        DeliveryState.DEAD: Words(_("Could not be delivered")),
    },
    SuppressedBecause: {
        SuppressedBecause.LOGGED: Words(_("Already logged")),
        SuppressedBecause.SEEN: Words(_("Seen already")),
        SuppressedBecause.REVOKED: Words(_("Access has ended")),
        SuppressedBecause.PAUSED: Words(_("The program is paused")),
        SuppressedBecause.HOSPITAL: Words(_("The child is in hospital")),
        SuppressedBecause.DIED: Words(_("The child has died")),
        SuppressedBecause.MUTED: Words(_("Muted")),
        SuppressedBecause.ENDED: Words(_("The program has ended")),
        SuppressedBecause.OTHER_HOME: Words(_("The child is at the other home")),
        SuppressedBecause.BACKED_OFF: Words(_("Reminded less often, as earlier ones were not needed")),
    },
    ReminderFate: {
        ReminderFate.PLANNED: Words(_("Planned")),
        ReminderFate.SENT: Words(_("Sent")),
        ReminderFate.LOGGED: Words(_("Silent: it was logged already"), _("Logged already")),
        ReminderFate.PAUSED: Words(_("Silent: nothing was asked for"), _("Nothing asked for")),
        ReminderFate.BACKED_OFF: Words(_("Resting: several before went unanswered"), _("Resting")),
        ReminderFate.NOT_DELIVERED: Words(_("Could not be delivered"), _("Not delivered")),
        ReminderFate.NOT_SENT: Words(_("Not sent, as the household wishes"), _("Not sent")),
    },
}
