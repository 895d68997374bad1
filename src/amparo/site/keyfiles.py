"""Key files of the server that are not the vault's: Django's signing secret.

Made with owner-only permissions the first time the program runs in an empty home.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from amparo.site.paths import keys_folder

SHORTEST = 32


def django_secret() -> str:
    """Return the secret for sessions and CSRF, from its key file, making it when absent.

    Raises ``ImproperlyConfigured``, in one sentence, when the file or its folder cannot be used.
    """
    path = keys_folder() / "django.key"
    try:
        secret = _read_or_make(path)
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be used ({error.strerror}): check AMPARO_HOME.") from error
    except UnicodeDecodeError:
        secret = ""
    if len(secret) < SHORTEST:
        raise ImproperlyConfigured(
            f"{path} is damaged: put its copy back, or remove it and all sign in again."
        )
    return secret


def _read_or_make(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_new(path.with_suffix(".new"), secrets.token_urlsafe(50))
        os.replace(path.with_suffix(".new"), path)
    return path.read_text(encoding="ascii").strip()


def _write_new(path: os.PathLike[str], text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
