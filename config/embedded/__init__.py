"""Everything that lets Littlefoot run on one machine with nothing else installed.

PostgreSQL and the broker come as wheels; this package starts and stops their servers. `supervisor` is behind
`make run`; `pytest_plugin` gives every test run throw-away servers of the same kind. Nothing here imports
Django, so that it can prepare the environment before settings are read.
"""
