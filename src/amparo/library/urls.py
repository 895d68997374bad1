"""Routes of the library room."""

from __future__ import annotations

from django.urls import path

from amparo.library.views import files, guides, staff

urlpatterns = [
    path("library/", staff.search, name="library_search"),
    path("library/add/<str:shape>/", staff.add, name="library_add"),
    path("library/import/", files.import_file, name="library_import"),
    path("library/export/", files.export_entries, name="library_export"),
    path("library/acts/<path:key>.xml", files.export_act, name="library_act"),
    path("library/edit/<path:key>/", staff.edit, name="library_edit"),
    path("doctrine/", guides.index, name="doctrine_index"),
    path("doctrine/guides/<str:guide_id>/", guides.guide, name="doctrine_guide"),
    path("doctrine/<str:place>/", guides.country, name="doctrine_country"),
    path("library/versions/<path:key>/", staff.versions, name="library_versions"),
    path("library/withdraw/<path:key>/", staff.withdraw, name="library_withdraw"),
    path("library/entries/<path:key>/", staff.entry, name="library_entry"),
]
