"""Acts in Akoma Ntoso 3.0: one instrument with its provisions.

Written so that other legal systems can take a law from the library, and read so that a published act can
come in. What the standard has no place for (kind, status, key) travels in attributes of our own namespace.
Document types, entities and deep nesting are refused before anything is built from them.
"""

from amparo.library.files.akoma_ntoso.reading import read_act
from amparo.library.files.akoma_ntoso.writing import write_act

__all__ = ["read_act", "write_act"]
