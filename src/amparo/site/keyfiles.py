"""Key files of the server that are not the vault's: Django's signing secret.

Made with owner-only permissions the first time the program runs in an empty home.
"""

from __future__ import annotations

import os
import secrets

from amparo.site.paths import keys_folder


def django_secret() -> str:
    """Return the secret for sessions and CSRF, from its key file, making it when absent."""
    path = keys_folder() / "django.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_new(path.with_suffix(".new"), secrets.token_urlsafe(50))
        os.replace(path.with_suffix(".new"), path)
    return path.read_text(encoding="ascii").strip()


def _write_new(path: os.PathLike[str], text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
