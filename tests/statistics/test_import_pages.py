"""The import pages: upload, preview, decide, import; errors at the field, and nothing for other units."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amparo.cases.models import Person
from amparo.statistics.models import ImportRun
from tests.people import Cast
from tests.statistics import hostile
from tests.statistics.conftest import SMALL_CODES, SMALL_ROWS
from tests.statistics.workbooks import make_book


def upload(client: Client, cast: Cast, data: bytes) -> object:
    file = SimpleUploadedFile("casos.xlsx", data)
    typed = {"workbook": file, "unit": str(cast.amina.unit_id)}
    return client.post(reverse("statistics_imports"), typed, follow=True)


def test_amina_uploads_decides_and_imports(cast: Cast, client: Client) -> None:
    amina = cast.amina.client(client)
    page = upload(amina, cast, make_book(SMALL_ROWS, SMALL_CODES))
    assert "Fila 6" in page.content.decode()  # type: ignore[attr-defined]
    assert Person.objects.count() == 0
    url = reverse("statistics_run", args=[ImportRun.objects.get().id])
    amina.post(url, {"row": ["6"], "skip_held": "1"})
    amina.post(url, {"apply": "1"})
    assert Person.objects.count() == 3
    report = amina.get(reverse("statistics_report", args=[ImportRun.objects.get().id])).json()
    assert (report["rows"]["imported"], report["rows"]["skipped"]) == (3, 1)


def test_a_bad_workbook_is_an_error_at_the_field(cast: Cast, client: Client) -> None:
    for make in (hostile.zip_bomb, hostile.old_excel, hostile.protected, lambda: b""):
        page = upload(cast.amina.client(client), cast, make())
        assert page.status_code == 422  # type: ignore[attr-defined]
        assert "No se importó nada." in page.content.decode()  # type: ignore[attr-defined]
    assert not ImportRun.objects.exists()


def test_another_unit_finds_no_run(cast: Cast, client: Client) -> None:
    upload(cast.amina.client(client), cast, make_book(SMALL_ROWS, SMALL_CODES))
    run_id = ImportRun.objects.get().id
    dora = cast.dora.client(Client())
    for name in ("statistics_run", "statistics_report"):
        assert dora.get(reverse(name, args=[run_id])).status_code == 404
