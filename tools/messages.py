"""Message catalogues without the gettext tools: ``update``, ``check`` and ``compile``."""
