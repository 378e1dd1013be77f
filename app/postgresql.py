"""The connection to PostgreSQL: psycopg as SQLAlchemy knows it, but what is prepared once stays prepared.

psycopg prepares a statement that a connection has sent five times: from then on PostgreSQL need not read it again. At
every rollback it forgets them all, since a table may have gone with it. Here each page that only reads ends with a
rollback, and no table comes or goes while a desk is served; so nothing was ever prepared, and reading our statements
anew cost PostgreSQL as much as answering them.
"""

from __future__ import annotations

from typing import Any

from psycopg import OperationalError
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

PREPARED = 400
"""Statements that one connection keeps; a desk's pages have about so many."""


class DeskPostgreSQLDialect(PGDialect_psycopg):
    """`postgresql+psycopg://`: see the module's first lines."""

    supports_statement_cache = True

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        connection = super().connect(*cargs, **cparams)
        connection.prepared_max = PREPARED
        return connection

    def do_rollback(self, dbapi_connection: Any) -> None:
        """End the transaction without psycopg's own bookkeeping. Raises psycopg's OperationalError."""
        line = dbapi_connection.pgconn
        if line.transaction_status == TransactionStatus.IDLE:
            return
        answer = line.exec_(b"ROLLBACK")
        if answer.status != ExecStatus.COMMAND_OK:
            raise OperationalError(answer.error_message.decode(errors="replace"))
