"""Registers the cases room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class Room(AppConfig):
    name = "amparo.cases"
    label = "cases"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from amparo.access import forgetting, liftings, public_texts
        from amparo.cases import name_memory, queries, tabs, timeline, worklist
        from amparo.cases.actions.names import forget_names

        forgetting.on_erasure(forget_names)
        forgetting.on_lock(name_memory.forget)
        liftings.register(queries.list_lifting_papers)
        public_texts.register(queries.compare_texts)

        tabs.register(10, _("Overview"), "cases_file", "cases.read_file")
        tabs.register(20, _("Needs and plan"), "cases_plan", "cases.read_file")
        tabs.register(60, _("Consent"), "cases_consents", "cases.read_file")
        tabs.register(80, _("Timeline"), "cases_timeline", "cases.read_file")
        tabs.register(90, _("Access"), "cases_access", "access.see_grants")
        worklist.register(queries.list_task_work)
        worklist.register(queries.list_new_files)
        worklist.register(queries.list_waiting_keys)
        worklist.register(queries.list_new_charges)
        worklist.name_kind("task", _("Tasks"))
        worklist.name_kind("file", _("Files that nobody started"))
        worklist.name_kind("guardian", _("Appointments as guardian"))
        worklist.name_kind("unit_key", _("Keys of the unit"))
        timeline.register(queries.list_case_history)
