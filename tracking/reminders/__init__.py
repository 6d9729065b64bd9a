"""Reminders: planned as rows, claimed by lease and fence, sent by whoever holds the fence (docs/adr/0014).

`planning` writes occurrences and deliveries ahead of time. `asking` says what a program asks of a household
on a day and whether it was logged. `picking` locks due rows, `claiming` decides about each for the last time,
`providers` knows which provider to leave alone. `delivering` sends outside any transaction and records the
result. `noticing` plans notices of what happened, for the people that `audience` names. `replaying` retries
messages that were given up.
"""
