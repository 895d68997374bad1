"""Turn checked files of countries and of the gap analysis into the shapes that rooms read."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.doctrine import schema_countries
from amparo.doctrine.building import text, text_or_none
from amparo.doctrine.gaps import Assessment, ChecklistRow
from amparo.doctrine.packs import Authority, Pack, PackRule


def build_pack(shape: schema_countries.PackShape) -> Pack:
    return Pack(
        country=shape.country,
        about=text(shape.about),
        languages=tuple(shape.languages),
        authorities={i: _build_authority(i, one) for i, one in shape.authorities.items()},
        rules={i: _build_rule(i, one) for i, one in shape.rules.items()},
    )


def _build_authority(authority_id: str, shape: schema_countries.AuthorityShape) -> Authority:
    return Authority(
        id=authority_id,
        kind=shape.kind,
        name=text(shape.name),
        acronym=shape.acronym,
        languages=tuple(shape.languages),
        does=text_or_none(shape.does),
        sources=tuple(shape.sources),
        status=shape.status,
        verified_date=shape.verified,
        verify=text_or_none(shape.verify),
    )


def _build_rule(rule_id: str, shape: schema_countries.PackRuleShape) -> PackRule:
    return PackRule(
        id=rule_id,
        topic=shape.topic,
        says=text(shape.says),
        sources=tuple(shape.sources),
        status=shape.status,
        is_law=shape.is_law,
        verify=text_or_none(shape.verify),
    )


def build_row(row_id: str, shape: schema_countries.ChecklistRowShape) -> ChecklistRow:
    return ChecklistRow(
        id=row_id,
        provision=text(shape.provision),
        standards=tuple(shape.standards),
        draft=text(shape.draft),
        status=shape.status,
        note=text_or_none(shape.note),
    )


def build_assessments(file: schema_countries.AssessmentsFile, country: str) -> Iterator[Assessment]:
    for instrument, rows in file.instruments.items():
        for row, shape in rows.items():
            yield Assessment(
                row=row,
                country=country,
                instrument=instrument,
                value=shape.value,
                sources=tuple(shape.sources),
                status=shape.status,
                assessor=text(file.assessor),
                assessed_date=file.assessed,
                note=text_or_none(shape.note),
            )
