"""Forms of the library: text to typed values."""

from amparo.library.forms.editing import EntryForm, form_for, initial_of
from amparo.library.forms.files import ImportForm
from amparo.library.forms.searching import SearchForm
from amparo.library.forms.withdrawing import WithdrawForm

__all__ = ["EntryForm", "ImportForm", "SearchForm", "WithdrawForm", "form_for", "initial_of"]
