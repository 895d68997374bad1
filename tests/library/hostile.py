"""Files that a library must refuse: each with the problem that it is refused for."""

from __future__ import annotations

HEAD = b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
LAUGHS = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'ha'}]\n" for n in range(9))

HOSTILE: dict[str, tuple[bytes, str]] = {
    "yaml bomb": (LAUGHS.encode(), "anchor"),
    "alias": (b"library: 1\nentries: [*x]", "anchor"),
    "tag": (b"library: 1\nentries: !!python/object/apply:os.system ['true']", "tag"),
    "deep yaml": (b"library: 1\nentries: " + b"[" * 5_000, "too_deep"),
    "deep mapping": (b"{a: " * 5_000, "too_deep"),
    "not yaml": (b"library: [1", "not_yaml"),
    "control characters": (b"library: \x07", "not_text"),
    "utf-16": ("library: 1".encode("utf-16"), "not_utf8"),
    "empty": (b"", "empty"),
    "a list": (b"- 1", "not_a_library_file"),
    "another version": (b"library: 2\nentries: []", "not_a_library_file"),
    "too large": (b"library: 1\nentries: []\n" + b"#" * 1_100_000, "too_large"),
    "external entity": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + HEAD + b"<act>&x;</act></akomaNtoso>",
        "not_safe_xml",
    ),
    "billion laughs": (
        b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>',
        "not_safe_xml",
    ),
    "external document type": (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>', "not_safe_xml"),
    "deep xml": (HEAD + b"<p>" * 100_000, "too_deep"),
    "broken xml": (HEAD + b"<act>", "not_xml"),
    "unknown encoding": (b'<?xml version="1.0" encoding="x-y"?><a/>', "not_safe_xml"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "not_akoma_ntoso"),
}
