"""The promise of reminders under faults: what the tests and the long proof share.

Each row of the fault table is a function that plays an evening with real parts and gives a ledger. `bugs` is
the product with one piece replaced, for showing that a row would notice.
"""
