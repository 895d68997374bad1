"""Files of entries: read with every fault named, written so that they read back the same."""

from amparo.library.files.akoma_ntoso import read_act, write_act
from amparo.library.files.faults import Fault, Reading
from amparo.library.files.structured import read_yaml, write_yaml

WEB_LIMIT = 1024 * 1024
COMMAND_LIMIT = 64 * 1024 * 1024


def read_file(content: bytes, *, limit: int = WEB_LIMIT) -> Reading:
    """Read a file of entries, YAML or Akoma Ntoso by its first character. Raises FileRefused."""
    return read_act(content, limit) if content.lstrip()[:1] == b"<" else read_yaml(content, limit)


__all__ = [
    "COMMAND_LIMIT",
    "WEB_LIMIT",
    "Fault",
    "Reading",
    "read_act",
    "read_file",
    "read_yaml",
    "write_act",
    "write_yaml",
]
