"""A clinic's monthly figures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from clinic.models import ClinicRow


class ClinicMonth(ClinicRow):
    """The figures of a clinic for the month starting on `month_on`: made once, never changed.

    `figures` hold only what may be shown: counts of groups of five children or more
    (`tracking.suppression`), as `tracking.readings.clinic_months` writes and reads them.
    """

    month_on = models.DateField(help_text="its first day")
    made_at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("clinic", "month_on", name="figures_of_a_month_are_made_once"),
            models.CheckConstraint(
                name="a_month_begins_on_its_first_day", condition=models.Q(month_on__day=1)
            ),
        ]
