"""Swaps in the SQLite library that is safe with several connections.

The SQLite of Python 3.11 builds (3.40) can lose writes in WAL mode; the defect is fixed in 3.51.3.
Must run before Django's SQLite backend is imported. A system check refuses an older library.
"""

from __future__ import annotations

import sys


def use_safe_sqlite() -> None:
    """Make ``import sqlite3`` give pysqlite3 from here on."""
    import pysqlite3
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
