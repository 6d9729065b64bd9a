"""Addresses of the family corner."""

from __future__ import annotations

from web.home import (
    after_care,
    asking,
    bedtimes,
    checkins,
    days,
    diary,
    media,
    messages,
    pausing,
    reminders,
    reports,
    sessions,
    shown,
    signs,
    tonight,
    touch,
    visits,
)
from web.pages import route

CHILD = "family/<uuid:child>/"

urlpatterns = [
    route("family/", tonight.family, name="family"),
    route(CHILD, tonight.tonight, name="family_tonight"),
    route(f"{CHILD}log/", tonight.log, name="family_log"),
    route(f"{CHILD}days/", days.days, name="family_days"),
    route(f"{CHILD}days/week/", days.week, name="family_week"),
    route(f"{CHILD}days/excused/", days.excuse, name="family_excuse"),
    route(f"{CHILD}more/", tonight.more, name="family_more"),
    route(f"{CHILD}routine/<uuid:program>/<int:slot>/", sessions.routine, name="family_routine"),
    route(f"{CHILD}media/<uuid:media>/", media.media, name="family_media"),
    route(f"{CHILD}massage/", sessions.log, name="family_session"),
    route(f"{CHILD}massage/<uuid:entry>/after/", sessions.after, name="family_after"),
    route(f"{CHILD}not-today/", sessions.not_today, name="family_not_today"),
    route(f"{CHILD}not-up-to-it/", sessions.not_up_to_it, name="family_not_up_to_it"),
    route(f"{CHILD}asking/", asking.asking, name="family_asking"),
    route(f"{CHILD}check-ins/", checkins.check_ins, name="family_check_ins"),
    route(f"{CHILD}check-ins/<uuid:check_in>/withdraw/", checkins.withdraw, name="family_check_in_withdraw"),
    route(f"{CHILD}pause/", pausing.pause, name="family_pause"),
    route(f"{CHILD}bedtime/", bedtimes.bedtime, name="family_bedtime"),
    route(f"{CHILD}touch/", touch.touch, name="family_touch"),
    route(f"{CHILD}helps/", touch.helps, name="family_helps"),
    route(f"{CHILD}came-up/", touch.came_up, name="family_came_up"),
    route(f"{CHILD}signs/", signs.signs, name="family_signs"),
    route(f"{CHILD}signs/<uuid:sign>/", signs.sign, name="family_sign"),
    route(f"{CHILD}after/", after_care.after_care, name="family_after_care"),
    route(f"{CHILD}diary/", diary.diary, name="family_diary"),
    route(f"{CHILD}diary/<slug:kind>/<uuid:entry>/", diary.withdraw, name="family_withdraw"),
    route(f"{CHILD}messages/", messages.messages, name="family_messages"),
    route(f"{CHILD}reminders/", reminders.reminders, name="family_reminders"),
    route(f"{CHILD}shown/", shown.shown, name="family_shown"),
    route(f"{CHILD}visits/", visits.visits, name="family_visits"),
    route(f"{CHILD}reports/", reports.reports, name="family_reports"),
]
