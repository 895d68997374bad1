"""The search port: one question, asked of FTS5 on SQLite and of tsvector on PostgreSQL.

See ``docs/decisions/0060-one-list-of-stems-on-both-databases.md``.
"""

from amparo.library.index.matching import Matches, MatchesToo, by_index
from amparo.library.index.question import Question, Term, ask
from amparo.library.index.tables import create, drop, rebuild

__all__ = ["Matches", "MatchesToo", "Question", "Term", "ask", "by_index", "create", "drop", "rebuild"]
