"""PostgreSQL, where every transaction says who is asking before its first statement.

Django begins a transaction by turning autocommit off. This backend then runs one statement that sets the
stamp for row-level security and returns the product's clock (docs/architecture.md, rules 4 and 12).
Statements in autocommit have no stamp, so they see no row of a table under row-level security.
"""

from __future__ import annotations

import datetime as dt

from django.db.backends.postgresql import base

from clinic import rls


class DatabaseWrapper(base.DatabaseWrapper):
    stamped_now: dt.datetime | None = None

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        super().set_autocommit(
            autocommit,
            force_begin_transaction_with_broken_autocommit=force_begin_transaction_with_broken_autocommit,
        )
        if autocommit:
            self.stamped_now = None
        else:
            self.stamp()

    def stamp(self) -> None:
        """Tell the open transaction who is asking, and learn what time it is.

        During the very first migration of an empty database the clock does not exist yet; the stamp is then
        left out, which row-level security reads as nobody.
        """
        with self.connection.cursor() as cursor:
            if self.settings_dict.get("UNSTAMPED"):
                cursor.execute("SELECT now()")
            else:
                cursor.execute(rls.STAMP_SQL, rls.stamp_parameters())
            row = cursor.fetchone()
        self.stamped_now = row[0]
