"""Reminders: planned as rows, claimed by lease and fence, sent by whoever holds the fence (docs/adr/0014).

`asking` says what a program asks of a household on a day and whether it was logged, for many at once;
`planning` writes occurrences and deliveries ahead; `picking` locks what is due, `claiming` decides a last
time, `providers` knows whom to leave alone; `noticing` does the same for what happened, to whom `audience`
says; `delivering` sends outside any transaction and marks what became of it; `replaying` has given-up ones
tried again.
"""
