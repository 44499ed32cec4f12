"""The parents that the directory of public bodies gives, by its API."""

import json
from pathlib import Path
from typing import Any

from maillage.sources import sql
from maillage.sources.card import read_card


def child(*services: str) -> str:
    """JSON in a string, as the public reader abulte/ecospheres-org-ref shows the field in its README.md."""
    return json.dumps(
        [{"type_hierarchie": "Service Fils", "service": service} for service in services]
        + [{"type_hierarchie": "Autre hiérarchie", "service": "other"}]
    )


def test_the_parent_of_a_body_is_the_one_that_names_it_as_its_child(tmp_path: Path) -> None:
    """No sample of ours has the field: the shape is the one told, and two parents, itself or another tie are none."""
    told: dict[str, Any] = {
        "Region": child("Branch", "Joint", "Region"), "Town": json.loads(child("Joint", "Desk")), "Branch": None,
        "Joint": "", "Desk": "[]", "other": "null",
    }  # fmt: skip
    bodies = [
        {"id": key, "nom": key, "pivot": '[{"type_service_local": "mairie"}]', "hierarchie": ties}
        for key, ties in told.items()
    ]
    halls, single = "ods_v2.1_export_json_mairie.json", "ods_v2.1_record_mission_locale.json"
    (tmp_path / halls).write_text(json.dumps(bodies[:2]), encoding="utf-8")
    (tmp_path / single).write_text(json.dumps({"total_count": 4, "results": bodies[2:]}), encoding="utf-8")
    card = read_card("annuaire")
    with sql.open_copy(card, tmp_path) as base:
        found = {row["key"]: row["parent"] for table in card.tables for _, row in sql.rows(base, table)}
    assert found == {"region": "", "town": "", "branch": "region", "joint": "", "desk": "town", "other": ""}
