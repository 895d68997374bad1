"""Forms of the library: text to typed values."""

from amparo.library.forms.editing import EntryForm, form_for, initial_of
from amparo.library.forms.files import ImportForm
from amparo.library.forms.searching import SearchForm

__all__ = ["EntryForm", "ImportForm", "SearchForm", "form_for", "initial_of"]
