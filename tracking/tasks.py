"""Tasks of the record: ids in, one service call, no result (docs/architecture.md, rule 16).

Every task may run twice, late, or not at all: rows hold the truth, and the next tick finds what this one
left.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from functools import partial

from celery import shared_task

from clinic import rls
from clinic.jobs import as_system, enqueue
from tracking.reminders import delivering, noticing, planning
from tracking.services import (
    clinic_figures,
    clinic_reporting,
    concern_photos,
    erasing,
    exporting,
    flag_escalating,
    flagging,
    outcomes_schedules,
    pruning_feed,
    report_schedules,
    reporting,
    retention,
    rolling_up,
    stroke_media,
    telling,
)

PLANNED_AT_ONCE = 500
SWEPT_AT_ONCE = 200
WATCHED_AT_ONCE = 200
ESCALATED_AT_ONCE = 200
REMOVED_AT_ONCE = 100
PRUNED_AT_ONCE = 5000
LAID_TOGETHER_AT_ONCE = 1000
COUNTED_AT_ONCE = 200

logger = logging.getLogger("littlefoot.tasks")


def _in_batches(event: str, do: Callable[..., int], *, system: str, limit: int, **told: str) -> None:
    """Call `do(now=…)`, each time in a transaction of its own, until it does less than `limit`.

    What each call did is logged under `event`.
    """
    count = limit
    while count == limit:
        with as_system(system) as now:
            count = do(now=now)
        if count:
            logger.info(event, extra={"event": event, "count": count, **told})


# ---- reminders -------------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.plan_reminders")
def plan_reminders(**_: object) -> None:
    """Plan the deliveries of the next hours, in batches."""
    rules = PLANNED_AT_ONCE
    while rules == PLANNED_AT_ONCE:
        with as_system("reminders") as now:
            planned = planning.plan_due(now=now, limit=PLANNED_AT_ONCE)
        rules = planned.rules
        if planned.deliveries:
            logger.info("planned", extra={"event": "reminders_planned", "count": planned.deliveries})


@shared_task(name=telling.PLAN_NOTICES)
def plan_notices(**_: object) -> None:
    """Plan the deliveries of notices, in batches, and have those that are due sent at once."""
    notices = PLANNED_AT_ONCE
    while notices == PLANNED_AT_ONCE:
        with as_system("reminders") as now:
            planned = noticing.plan_due(now=now, limit=PLANNED_AT_ONCE)
            if planned.is_any_due:
                enqueue("tracking.tasks.send_reminders")
        notices = planned.notices
        if planned.deliveries:
            logger.info("planned", extra={"event": "notices_planned", "count": planned.deliveries})


@shared_task(name="tracking.tasks.send_reminders")
def send_reminders(**_: object) -> None:
    """Claim and send one batch; if it was full, enqueue the next for any free worker."""
    if delivering.deliver_batch() == delivering.BATCH:
        enqueue("tracking.tasks.send_reminders")


@shared_task(name="tracking.tasks.sweep_reminders")
def sweep_reminders(**_: object) -> None:
    """Create reminder rules that are missing."""
    with as_system("reminders") as now:
        swept = planning.keep_neglected_rules(now=now, limit=SWEPT_AT_ONCE)
    if swept:
        logger.info("swept", extra={"event": "reminders_swept", "count": swept})


# ---- flags -----------------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.raise_flags")
def raise_flags(**_: object) -> None:
    """Apply the flag rules to every child in care, in batches."""
    after: uuid.UUID | None = None
    while True:
        with as_system("flags") as now:
            after = flagging.raise_nightly(now=now, after=after, limit=WATCHED_AT_ONCE)
        if after is None:
            return


@shared_task(name="tracking.tasks.escalate_flags")
def escalate_flags(**_: object) -> None:
    """Escalate flags that are overdue and unread, in batches; find where nobody reads urgent flags."""
    _in_batches(
        "flags_escalated",
        partial(flag_escalating.escalate_due, limit=ESCALATED_AT_ONCE),
        system="flags",
        limit=ESCALATED_AT_ONCE,
    )
    with as_system("flags") as now:
        flag_escalating.look_for_reader_gaps(now=now)


# ---- photos ----------------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.remove_old_photos")
def remove_old_photos(**_: object) -> None:
    """Remove photos whose time is over, in batches."""
    _in_batches(
        "photos_removed",
        partial(concern_photos.remove_old_photos, limit=REMOVED_AT_ONCE),
        system="photos",
        limit=REMOVED_AT_ONCE,
    )


# ---- erasing ---------------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.erase_due")
def erase_due(**_: object) -> None:
    """Carry out erasures that are due, each in its own transaction; then remove the files of erased rows."""
    while True:
        with as_system(rls.ERASING) as now:
            erasure = erasing.carry_out_next(now=now)
        if erasure is None:
            break
        logger.info("erased", extra={"event": "erased", "count": sum(erasure.counts.values())})
    removed = REMOVED_AT_ONCE
    while removed:
        with as_system(rls.ERASING):
            removed = erasing.remove_files(limit=REMOVED_AT_ONCE)


@shared_task(name="tracking.tasks.remove_what_is_over")
def remove_what_is_over(**_: object) -> None:
    """Remove what each clinic no longer keeps, in batches, and files that no row names."""
    with as_system(rls.ERASING):
        clinics = retention.clinics_with_periods()
    for clinic_id in clinics:
        for kept in retention.REMOVED:
            _in_batches(
                "retention",
                partial(retention.remove_some, clinic_id=clinic_id, kept=kept, limit=REMOVED_AT_ONCE),
                system=rls.ERASING,
                limit=REMOVED_AT_ONCE,
                code=str(kept),
            )
    with as_system(rls.ERASING) as now:
        of_nobody = erasing.remove_files_of_nobody(now=now)
    if of_nobody:
        logger.info("removed", extra={"event": "files_of_nobody_removed", "count": of_nobody})


# ---- counts of a clinic's days ---------------------------------------------------------------------------


@shared_task(name="tracking.tasks.lay_days_together")
def lay_days_together(**_: object) -> None:
    """Combine the parts of clinics' daily counts, in batches."""
    summed = LAID_TOGETHER_AT_ONCE
    while summed == LAID_TOGETHER_AT_ONCE:
        with as_system("rollups"):
            summed = rolling_up.lay_days_together(limit=LAID_TOGETHER_AT_ONCE)


@shared_task(name="tracking.tasks.make_months")
def make_months(**_: object) -> None:
    """Make last month's figures for every clinic that has none."""
    with as_system("outcomes") as now:
        due = clinic_figures.months_due(now=now)
    for clinic_id, month_on in due:
        clinic_figures.make_month(clinic_id=clinic_id, month_on=month_on, at_once=COUNTED_AT_ONCE)
        logger.info("made", extra={"event": "month_made", "clinic_id": str(clinic_id)})


# ---- the change feed -------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.prune_feed")
def prune_feed(**_: object) -> None:
    """Mark how far the feed is, and delete what is older than any valid cursor, in batches."""
    with as_system("feed") as now:
        pruning_feed.mark_feed(now=now)
    _in_batches(
        "feed_pruned",
        lambda **_: pruning_feed.prune_feed(limit=PRUNED_AT_ONCE),
        system="feed",
        limit=PRUNED_AT_ONCE,
    )


# ---- reports ---------------------------------------------------------------------------------------------


@shared_task(name=reporting.MAKE_REPORT)
def make_report(*, report_id: str, **_: object) -> None:
    """Make the file of one report; does nothing if it is made already."""
    reporting.make_report(report_id=uuid.UUID(report_id))


@shared_task(name=clinic_reporting.MAKE_CLINIC_REPORT)
def make_clinic_report(*, report_id: str, **_: object) -> None:
    """Make the file of one clinic report; does nothing if it is made already."""
    clinic_reporting.make_clinic_report(report_id=uuid.UUID(report_id))


@shared_task(name="tracking.tasks.draft_monthly_reports")
def draft_monthly_reports(**_: object) -> None:
    """Request monthly reports whose day has come, and clinic reports of months that are ready."""
    with as_system("reports") as now:
        drafted = report_schedules.draft_due(now=now)
    with as_system("reports") as now:
        drafted += outcomes_schedules.draft_due(now=now)
    if drafted:
        logger.info("drafted", extra={"event": "monthly_reports_drafted", "count": drafted})


@shared_task(name="tracking.tasks.sweep_reports")
def sweep_reports(**_: object) -> None:
    """Enqueue reports whose message was lost, fail those whose worker died, remove expired ones."""
    with as_system("reports") as now:
        swept = reporting.sweep_reports(now=now)
    with as_system("reports") as now:
        swept += clinic_reporting.sweep_clinic_reports(now=now)
    if swept:
        logger.info("swept", extra={"event": "reports_swept", "count": swept})


# ---- copies of the record --------------------------------------------------------------------------------


@shared_task(name=exporting.MAKE_EXPORT)
def make_export(*, export_id: str, **_: object) -> None:
    """Make the archive of one export; does nothing if it is made already."""
    exporting.make_export(export_id=uuid.UUID(export_id))


@shared_task(name="tracking.tasks.sweep_exports")
def sweep_exports(**_: object) -> None:
    """Enqueue exports whose message was lost, fail those whose worker died, remove expired ones."""
    with as_system(exporting.SYSTEM) as now:
        swept = exporting.sweep_exports(now=now)
    if swept:
        logger.info("swept", extra={"event": "exports_swept", "count": swept})


# ---- clips -----------------------------------------------------------------------------------------------


@shared_task(name=stroke_media.PREPARE_CLIP)
def prepare_clip(*, media_id: str, **_: object) -> None:
    """Re-encode one clip of a stroke; does nothing if it is done already."""
    stroke_media.prepare_clip(media_id=uuid.UUID(media_id))


@shared_task(name="tracking.tasks.sweep_clips")
def sweep_clips(**_: object) -> None:
    """Enqueue clips whose message was lost, and fail those whose worker died."""
    with as_system("media") as now:
        swept = stroke_media.sweep_clips(now=now)
    if swept:
        logger.info("swept", extra={"event": "clips_swept", "count": swept})
