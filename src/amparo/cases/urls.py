"""Routes of the cases room."""

from __future__ import annotations

from django.urls import path

from amparo.cases.views import closing, consent, family, files, people, person, status, work, worklist

urlpatterns = [
    path("", worklist.show, name="cases_worklist"),
    path("people/search/", people.search, name="cases_search"),
    path("people/register/", people.register, name="cases_register"),
    path("files/<str:code>/", files.overview, name="cases_file"),
    path("files/<str:code>/registered/", people.registered, name="cases_registered"),
    path("files/<str:code>/edit/", person.edit, name="cases_edit"),
    path("files/<str:code>/plan/", work.plan, name="cases_plan"),
    path("files/<str:code>/plan/needs/new/", work.add_need, name="cases_add_need"),
    path("files/<str:code>/plan/needs/<uuid:need_id>/", work.change_need, name="cases_change_need"),
    path("files/<str:code>/plan/notes/new/", work.add_note, name="cases_add_note"),
    path("files/<str:code>/plan/tasks/new/", work.add_task, name="cases_add_task"),
    path("files/<str:code>/plan/tasks/<uuid:task_id>/", work.change_task, name="cases_change_task"),
    path("files/<str:code>/plan/tasks/<uuid:task_id>/done/", work.complete_task, name="cases_complete_task"),
    path("files/<str:code>/histories/", status.histories, name="cases_histories"),
    path("files/<str:code>/histories/<str:axis>/new/", status.record, name="cases_record_status"),
    path("files/<str:code>/histories/<uuid:interval_id>/", status.correct, name="cases_correct_status"),
    path("files/<str:code>/consents/", consent.consents, name="cases_consents"),
    path("files/<str:code>/consents/new/", consent.record, name="cases_record_consent"),
    path(
        "files/<str:code>/consents/<uuid:consent_id>/withdraw/",
        consent.withdraw,
        name="cases_withdraw_consent",
    ),
    path("files/<str:code>/relations/new/", closing.add_relation, name="cases_add_relation"),
    path("files/<str:code>/family/", family.show, name="cases_family"),
    path("files/<str:code>/family/new/", family.found, name="cases_found_family"),
    path("files/<str:code>/timeline/", files.timeline, name="cases_timeline"),
    path("files/<str:code>/access/", files.access, name="cases_access"),
    path("files/<str:code>/closing/", closing.request_closure, name="cases_request_closure"),
    path("files/<str:code>/closing/answer/", closing.answer_closure, name="cases_answer_closure"),
    path("files/<str:code>/reopening/", closing.reopen, name="cases_reopen"),
]
