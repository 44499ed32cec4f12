"""A source of the graph and what lists say of its bodies, written by hand; near misses stand beside."""

import csv
import json
import shutil
from pathlib import Path

import yaml
from click.testing import CliRunner, Result

from maillage.assets import CHECKOUT
from maillage.cli.enrich import enrich
from maillage.cli.lazy import Settings

FACTS = {
    "title": "Une source", "publisher": "Un éditeur", "kind": "web-page", "licence": "etalab-2.0",
    "address": "https://example.org/", "issued": "2026-11-01", "read_on": "2026-11-01", "credit": "Un éditeur",
    "rank": 50,
}  # fmt: skip
# What the source of the graph says. DINUM lacks kind and number; Saint-Denis is two communes; the lab bears a number.
BODIES = """key,name,kind,territory,siren
dinum,Direction interministérielle du numérique,,region-11,
lab-des-idees,Lab des idées,,,552100554
saint-denis,Ville de Saint-Denis,commune,,
station,Station des possibles,association,department-38,
caf,CAF,social-security-body,,
"""
NAMES = "key,thing,form,name_kind\nacronym-dinum,dinum,DINUM,acronym\n"
# What lists say: one of the authority file (a table that no build reads), one register. Near misses stand beside.
OTHERS = """key,name,kind,territory,siren,passages
op-dinum,Direction interministérielle du numérique,interministerial-directorate,region-11,,p-list
dinum-bis,Direction interministérielle des transports,directorate,region-11,,p-list
ville-93,Ville de Saint-Denis,commune,commune-93066,,p-list
ville-974,Ville de Saint-Denis,commune,commune-97411,,p-list
"""
LISTED = """key,name,kind,territory,siren
lab,Laboratoire d'idées,laboratory,commune-38185,552100554
station-38,Station des possibles,association,commune-38185,443061841
station-44,La Station des possibles,association,commune-44109,784393613
caf-38,CAF,social-security-body,department-38,
"""
PAGES = """key,title,publisher,issued,updated,address,excerpt,rank
p-list,Liste des services,Un ministère,2026-01-01,,https://example.org/services,no,60
"""
DINUM = json.loads(
    '{"results": [{"siren": "130025265", "nom_complet": "DIRECTION INTERMINISTERIELLE DU NUMERIQUE (DINUM)",'
    '"nom_raison_sociale": "DIRECTION INTERMINISTERIELLE DU NUMERIQUE", "sigle": "DINUM", "nature_juridique": "7120",'
    '"etat_administratif": "A", "date_mise_a_jour": "2024-09-10T07:59:51", "dirigeants": [{"nom": "MARTIN"}],'
    '"siege": {"commune": "75107", "departement": "75", "region": "11"}}]}'
)


def padded(text: str, columns: list[str]) -> str:
    """The rows under all the columns of their table; every one of them is stated."""
    rows = list(csv.DictReader(text.splitlines()))
    lines = [",".join(columns)]
    for row in rows:
        lines.append(",".join(f'"{({"certainty": "stated"} | row).get(name, "")}"' for name in columns))
    return "\n".join(lines) + "\n"


def lay(home: Path, name: str, facts: dict[str, object], **tables: str) -> None:
    folder = home / "data" / name
    folder.mkdir()
    standard = yaml.safe_load((CHECKOUT / "data" / "tables.yml").read_text("utf-8"))
    spec: dict[str, dict[str, object]] = {
        table: {"mapping": {"pages": "page", "names": "name"}.get(table, "organisation")} for table in tables
    }
    if "others" in spec:
        spec["others"]["apart"] = True
    (folder / "source.yml").write_text(yaml.safe_dump(FACTS | facts | {"tables": spec}), "utf-8")
    for table, text in tables.items():
        columns = list(standard[spec[table]["mapping"]]["columns"])
        (folder / f"{table}.csv").write_text(padded(text, columns), "utf-8")


def lay_register(home: Path, out: Path) -> None:
    """A register whose file was fetched: it is in no build that does not ask for it."""
    folder = home / "data" / "registre"
    folder.mkdir()
    fetch = {"files": {"list.csv": {"address": "https://example.org/list.csv"}}}
    spec = {"bodies": {"mapping": "body", "rows_in": "list.csv"}}
    facts = FACTS | {"title": "Un registre", "kind": "register", "fetch": fetch, "tables": spec}
    (folder / "source.yml").write_text(yaml.safe_dump(facts), "utf-8")
    said = "SELECT line, key, name, kind, territory, 'SIREN=' || siren AS identifiers FROM \"list.csv\""
    (folder / "bodies.sql").write_text(said, "utf-8")
    copy = out / "fetched" / "registre"
    copy.mkdir(parents=True)
    (copy / "list.csv").write_text(LISTED, "utf-8")
    day = "2026-11-02T08:00:00Z"
    record = {"address": "https://example.org/list.csv", "fetched_at": day, "first_fetched": day, "checksum": "0"}
    files = {"list.csv": record | {"bytes": len(LISTED), "records": 4}}
    (copy / "source.yml").write_text(yaml.safe_dump({"files": files}), "utf-8")
    shutil.copytree(folder, home / "data" / "loin")  # another, which nobody fetched


def ask(keys: str = "", *words: str) -> Result:
    """One run, with what a person types."""
    settings = Settings(lang="fr")
    return CliRunner().invoke(enrich, words, obj=settings, input=keys)


def rows(home: Path, name: str) -> list[dict[str, str]]:
    with (home / "data" / "enrichment" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def shown(name: str, *words: str) -> str:
    """What is shown of one body, without asking."""
    result = ask("", "--list", *words)
    assert result.exit_code == 0, result.exception
    return "".join(part for part in result.output.split("\n\n") if f". {name} (" in part)
