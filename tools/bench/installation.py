"""A throw-away installation for benchmarks that need a database: an empty home in a temporary folder."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache


@cache
def make_throwaway(url: str = "") -> str:
    """Start Django on a migrated SQLite file of its own, or on the empty database of ``url``; once a process.

    Returns the home.
    """
    home = tempfile.mkdtemp(prefix="amparo-bench-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["AMPARO_HOME"] = home
    os.environ["AMPARO_DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "amparo.site.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return home
