"""The index of the catalogue: FTS5 on SQLite, a generated tsvector with GIN on PostgreSQL.

What an entry said in a version is never changed or removed.
"""

from __future__ import annotations

from django.db import migrations

from amparo.access.guards import append_only
from amparo.library.index import create, drop


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [migrations.RunPython(create, drop), append_only("library_entryversion")]
