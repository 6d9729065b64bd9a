"""Tasks of the record: ids in, one service call, no result (docs/architecture.md, rule 16).

Every task may run twice, late, or not at all: rows hold the truth, and the next tick finds what this one
left.
"""

from __future__ import annotations

import logging
import uuid

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


# ---- reminders -------------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.plan_reminders")
def plan_reminders(**_: object) -> None:
    """Write what is due in the next hours, a batch a transaction."""
    rules = PLANNED_AT_ONCE
    while rules == PLANNED_AT_ONCE:
        with as_system("reminders") as now:
            planned = planning.plan_due(now=now, limit=PLANNED_AT_ONCE)
        rules = planned.rules
        if planned.deliveries:
            logger.info("planned", extra={"event": "reminders_planned", "count": planned.deliveries})


@shared_task(name=telling.PLAN_NOTICES)
def plan_notices(**_: object) -> None:
    """Write to whom what happened is told, a batch a transaction; have sent at once what is due at once."""
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
    """Claim and send one batch; where that was not all, hand the next to whoever is free."""
    if delivering.deliver_batch() == delivering.BATCH:
        enqueue("tracking.tasks.send_reminders")


@shared_task(name="tracking.tasks.sweep_reminders")
def sweep_reminders(**_: object) -> None:
    """Make rules that should be there and are not."""
    with as_system("reminders") as now:
        swept = planning.keep_neglected_rules(now=now, limit=SWEPT_AT_ONCE)
    if swept:
        logger.info("swept", extra={"event": "reminders_swept", "count": swept})


# ---- flags -----------------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.raise_flags")
def raise_flags(**_: object) -> None:
    """Ask the flag rules about every child in care, a batch a transaction."""
    after: uuid.UUID | None = None
    while True:
        with as_system("flags") as now:
            after = flagging.raise_nightly(now=now, after=after, limit=WATCHED_AT_ONCE)
        if after is None:
            return


@shared_task(name="tracking.tasks.escalate_flags")
def escalate_flags(**_: object) -> None:
    """Hand on what lay unread at its time, a batch a transaction; find where nobody reads urgent flags."""
    went_on = ESCALATED_AT_ONCE
    while went_on == ESCALATED_AT_ONCE:
        with as_system("flags") as now:
            went_on = flag_escalating.escalate_due(now=now, limit=ESCALATED_AT_ONCE)
        if went_on:
            logger.info("escalated", extra={"event": "flags_escalated", "count": went_on})
    with as_system("flags") as now:
        flag_escalating.look_for_reader_gaps(now=now)


# ---- photos ----------------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.remove_old_photos")
def remove_old_photos(**_: object) -> None:
    """Remove photos whose time is over, a batch a transaction."""
    removed = REMOVED_AT_ONCE
    while removed == REMOVED_AT_ONCE:
        with as_system("photos") as now:
            removed = concern_photos.remove_old_photos(now=now, limit=REMOVED_AT_ONCE)
        if removed:
            logger.info("removed", extra={"event": "photos_removed", "count": removed})


# ---- erasing ---------------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.erase_due")
def erase_due(**_: object) -> None:
    """Carry out every erasing whose wait is over, one a transaction; then remove the files of erased rows."""
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
    """Remove what each clinic keeps no longer, a batch a transaction; and files that no row names."""
    with as_system(rls.ERASING):
        clinics = retention.clinics_with_periods()
    for clinic_id in clinics:
        for kept in retention.REMOVED:
            removed = REMOVED_AT_ONCE
            while removed == REMOVED_AT_ONCE:
                with as_system(rls.ERASING) as now:
                    removed = retention.remove_some(
                        clinic_id=clinic_id, kept=kept, now=now, limit=REMOVED_AT_ONCE
                    )
            if removed:
                logger.info("removed", extra={"event": "retention", "code": str(kept), "count": removed})
    with as_system(rls.ERASING) as now:
        of_nobody = erasing.remove_files_of_nobody(now=now)
    if of_nobody:
        logger.info("removed", extra={"event": "files_of_nobody_removed", "count": of_nobody})


# ---- counts of a clinic's days ---------------------------------------------------------------------------


@shared_task(name="tracking.tasks.lay_days_together")
def lay_days_together(**_: object) -> None:
    """Sum the parts of a clinic's days, so many a transaction."""
    summed = LAID_TOGETHER_AT_ONCE
    while summed == LAID_TOGETHER_AT_ONCE:
        with as_system("rollups"):
            summed = rolling_up.lay_days_together(limit=LAID_TOGETHER_AT_ONCE)


@shared_task(name="tracking.tasks.make_months")
def make_months(**_: object) -> None:
    """Make the figures of the month that is over, of every clinic that has none."""
    with as_system("outcomes") as now:
        due = clinic_figures.months_due(now=now)
    for clinic_id, month_on in due:
        clinic_figures.make_month(clinic_id=clinic_id, month_on=month_on, at_once=COUNTED_AT_ONCE)
        logger.info("made", extra={"event": "month_made", "clinic_id": str(clinic_id)})


# ---- the change feed -------------------------------------------------------------------------------------


@shared_task(name="tracking.tasks.prune_feed")
def prune_feed(**_: object) -> None:
    """Mark how far the feed is; drop what is older than any cursor that holds, a batch a transaction."""
    with as_system("feed") as now:
        pruning_feed.mark_feed(now=now)
    pruned = PRUNED_AT_ONCE
    while pruned == PRUNED_AT_ONCE:
        with as_system("feed"):
            pruned = pruning_feed.prune_feed(limit=PRUNED_AT_ONCE)
        if pruned:
            logger.info("pruned", extra={"event": "feed_pruned", "count": pruned})


# ---- reports ---------------------------------------------------------------------------------------------


@shared_task(name=reporting.MAKE_REPORT)
def make_report(*, report_id: str, **_: object) -> None:
    """Make the file of one report; harmless when it is made already."""
    reporting.make_report(report_id=uuid.UUID(report_id))


@shared_task(name=clinic_reporting.MAKE_CLINIC_REPORT)
def make_clinic_report(*, report_id: str, **_: object) -> None:
    """Make the file of one report of a clinic; harmless when it is made already."""
    clinic_reporting.make_clinic_report(report_id=uuid.UUID(report_id))


@shared_task(name="tracking.tasks.draft_monthly_reports")
def draft_monthly_reports(**_: object) -> None:
    """Ask for the reports whose day of the month has come, and for those of months that were made."""
    with as_system("reports") as now:
        drafted = report_schedules.draft_due(now=now)
    with as_system("reports") as now:
        drafted += outcomes_schedules.draft_due(now=now)
    if drafted:
        logger.info("drafted", extra={"event": "monthly_reports_drafted", "count": drafted})


@shared_task(name="tracking.tasks.sweep_reports")
def sweep_reports(**_: object) -> None:
    """Ask again for reports whose message was lost, give up on those whose worker was, remove those over."""
    with as_system("reports") as now:
        swept = reporting.sweep_reports(now=now)
    with as_system("reports") as now:
        swept += clinic_reporting.sweep_clinic_reports(now=now)
    if swept:
        logger.info("swept", extra={"event": "reports_swept", "count": swept})


# ---- copies of the record --------------------------------------------------------------------------------


@shared_task(name=exporting.MAKE_EXPORT)
def make_export(*, export_id: str, **_: object) -> None:
    """Make the archive of one export; harmless when it is made already."""
    exporting.make_export(export_id=uuid.UUID(export_id))


@shared_task(name="tracking.tasks.sweep_exports")
def sweep_exports(**_: object) -> None:
    """Ask again for exports whose message was lost, give up on those whose worker was, remove those over."""
    with as_system(exporting.SYSTEM) as now:
        swept = exporting.sweep_exports(now=now)
    if swept:
        logger.info("swept", extra={"event": "exports_swept", "count": swept})


# ---- clips -----------------------------------------------------------------------------------------------


@shared_task(name=stroke_media.PREPARE_CLIP)
def prepare_clip(*, media_id: str, **_: object) -> None:
    """Draw one clip of a stroke anew; harmless when it is done already."""
    stroke_media.prepare_clip(media_id=uuid.UUID(media_id))


@shared_task(name="tracking.tasks.sweep_clips")
def sweep_clips(**_: object) -> None:
    """Ask again for clips whose message was lost; give up on those whose worker was."""
    with as_system("media") as now:
        swept = stroke_media.sweep_clips(now=now)
    if swept:
        logger.info("swept", extra={"event": "clips_swept", "count": swept})
