"""Labels of contacts: visits, calls, classes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.wording.labels.words import Table, Words

TABLE: Table = {
    ContactKind: {
        ContactKind.VISIT: Words(_("Visit at the clinic"), _("Visit")),
        ContactKind.HOME_VISIT: Words(_("Home visit")),
        ContactKind.GROUP_CLASS: Words(_("Group class")),
        ContactKind.VIDEO: Words(_("Video call"), _("Video")),
        ContactKind.CALL: Words(_("Phone call"), _("Call")),
        ContactKind.MESSAGE: Words(_("Message or letter"), _("Message")),
    },
    ContactState: {
        ContactState.PLANNED: Words(_("Planned")),
        ContactState.HAPPENED: Words(_("Happened")),
        ContactState.NO_SHOW: Words(_("Nobody came")),
        ContactState.CANCELLED: Words(_("Called off")),
    },
    CancelledBy: {
        CancelledBy.FAMILY: Words(_("By the family")),
        CancelledBy.CLINIC: Words(_("By the clinic")),
    },
}
