"""The veil over opened values: they show a mask everywhere except through two named doors.

The template filter ``reveal`` and :func:`amparo.vault.door.plain` lift it. Python cannot keep a value
from code that wants it; the veil makes every accident (a log line, an error page, a cache, a
JSON answer, an f-string) show the mask or fail, and makes every intent easy to find.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

from django.utils.safestring import SafeString, mark_safe

MASK: Final = "•••••"
_MASKED: Final[SafeString] = mark_safe(MASK)  # noqa: S308 (a constant)


class Veiled:
    """One opened value. Equal to nothing but itself, always true, without length or content."""

    __slots__ = ("__value",)

    def __init__(self, value: Any) -> None:
        object.__setattr__(self, "_Veiled__value", value)

    def __str__(self) -> str:
        return _MASKED

    def __repr__(self) -> str:
        return f"Veiled({MASK})"

    def __format__(self, spec: str) -> str:
        return MASK

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __copy__(self) -> Veiled:
        return self

    def __deepcopy__(self, memo: object) -> Veiled:
        return self

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a veiled value does not change")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a veiled value does not leave memory")

    def part(self, key: str) -> Veiled | None:
        """Return one entry of a veiled mapping, veiled, or ``None`` when it is absent or empty."""
        value = unveil(self)
        found = value.get(key) if isinstance(value, dict) else None
        return None if found is None or found == "" else Veiled(found)

    def parts(self) -> tuple[Veiled, ...]:
        """Return the items of a veiled list, each veiled, in order (their number is not veiled)."""
        value = unveil(self)
        return tuple(Veiled(item) for item in value) if isinstance(value, list) else ()


def unveil(veiled: Veiled) -> Any:
    """Return the value. Only the vault's door and its template filter call this; a test checks."""
    return object.__getattribute__(veiled, "_Veiled__value")
