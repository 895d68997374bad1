"""Settings of the test run: a private home, the safe SQLite, the database that the run names."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("AMPARO_HOME", tempfile.mkdtemp(prefix="amparo-test-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.site.settings")

pytest_plugins = ["tests.ledger.flushing"]
