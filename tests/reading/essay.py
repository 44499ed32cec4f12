"""A short article of our own and a source read in it, in a home of their own; every cell may be changed.

A second source knows one of its bodies under another name.
"""

from hashlib import sha256
from pathlib import Path

from maillage.files import asset
from maillage.graph.build import read_all, reread
from maillage.sources import passages
from maillage.sources.card import read_card
from maillage.sources.text import read
from tests.cases import core_sources

WORDS = """\
Le Printemps des labs 2022, seconde édition du genre, a lieu du 21 au 31 mars 2022.

Le CCAS de Quimper monte avec la Métropole-des-Îles un atelier lundi 28 mars. Une vingtaine d'agents sont attendus.

À L’ATELIER 29, quatre-vingts places les 29 et 30 mars, et 12 000 euros. On 24 March the Design Unit hosts a talk.
"""
CARD = """
title: {name}
publisher: Nous
kind: press-article
licence: CC0-1.0
address: https://example.org/{name}
issued: 2022-03-01
read_on: 2026-11-30
checksum: {checksum}
credit: {name}
rank: {rank}
tables:
"""
PASSAGES = {
    "p-edition": (1, "Le Printemps des", "mars 2022"),
    "p-workshop": (2, "Le CCAS de", "28 mars"),
    "p-isles": (2, "la Métropole-des-Îles", "un atelier"),
    "p-crowd": (2, "Une vingtaine", "sont attendus"),
    "p-doors": (3, "L’ATELIER 29, quatre-vingts", "30 mars"),
    "p-money": (3, "12 000 euros", "12 000 euros"),
    "p-talk": (3, "On 24 March", "a talk"),
}
BODY = "key,name,kind,lab_kind,state,parent,territory,created,ended,themes,methods,siren"
EVENT = "key,name,name_en,named,kind,formats,start,end,place,territory,attendance,language,super_event,about"
READING = "passages,certainty,implied,ambiguous,note"
TABLES = {
    "organisations": f"""{BODY},{READING}
ccas-quimper,CCAS de Quimper,,,,,,,,,,,p-workshop,stated,,,
isles,Communauté des Îles,,,,,,,,,,,p-isles,stated,,,
atelier-29,L'Atelier-29,laboratory,,,,,,,,,,p-doors,stated,,,
design-unit,Design Unit,,,,,,,,,,,p-talk,stated,,,
""",
    "events": f"""{EVENT},themes,methods,audiences,{READING}
edition,Le Printemps des labs 2022,,yes,edition,,2022-03-21,2022-03-31,,,,,,,,,,p-edition,stated,,,
workshop,Atelier,,no,event,,2022-03-28,,,,,,edition,,,,,p-workshop|super_event=p-edition,stated,super_event,,Suite.
doors,Portes ouvertes,,no,event,,2022-03-29,2022-03-30,,,,,,,,,,p-doors,stated,,,
talk,Causerie,,no,event,,2022-03-24,,,,,,,,,,,p-talk,stated,,,
""",
    "participations": f"""key,agent,role,activity,start,end,{READING}
isles-workshop,isles,co-organises,workshop,,,p-isles,stated,,,
unit-talk,design-unit,organises,talk,,,p-talk,stated,,,
""",
    "observations": f"""key,about,measure,measure_en,value,qualifier,date,said_by,{READING}
agents,workshop,agents attendus,staff expected,20,about,2022-03-28,,p-crowd|date=p-workshop,stated,,,
places,doors,places,seats,80,exactly,2022,,p-doors,stated,,,
money,doors,euros,euros,12000,exactly,,,p-money,stated,,,
rank,edition,rang,rank,2,exactly,2022,,p-edition,stated,,,
""",
}
REGISTER = f"{BODY},{READING}\nisles,Métropole des îles,,,,,,,,,,,,stated,,,\n"
DECISION = "a,b,decision,decided_by,date,reason\nessay:isles,register:isles,same,curator,2026-11-30,La même.\n"


class Essay:
    def __init__(self, home: Path) -> None:
        self.home, self.text = home, home / "shelf" / "words.txt"
        for folder in ("data/essay", "data/register", "graph/identity", "shelf"):
            (home / folder).mkdir(parents=True)
        for folder in ("mappings", "reading", "rules", "matching", "shacl"):
            (home / "graph" / folder).symlink_to(asset("graph") / folder)
        for name in ("ontology", "data/tables.yml"):
            (home / name).symlink_to(asset(name.split("/")[0]) / Path(*Path(name).parts[1:]))
        self.text.write_text(WORDS, encoding="utf-8")
        mappings = {"organisations": "organisation"} | {name: name[:-1] for name in (*TABLES, "passages")}
        self.write("data/essay/source.yml", self._card("essay", 50, mappings))
        self.write("data/register/source.yml", self._card("register", 10, {"organisations": "organisation"}))
        self.write("data/register/organisations.csv", REGISTER)
        self.write("graph/identity/essay.csv", DECISION)
        for name, rows in TABLES.items():
            self.write(f"data/essay/{name}.csv", rows)
        ends = [",".join((key, str(number), "", "", f'"{a}"', f'"{b}"')) for key, (number, a, b) in PASSAGES.items()]
        header = "key,paragraph,start,end,first_words,last_words"
        self.write("data/essay/passages.csv", "\n".join((header, *ends, "")))

    def _card(self, name: str, rank: int, mappings: dict[str, str]) -> str:
        tables = "".join(f"  {table}: {{mapping: {mapping}}}\n" for table, mapping in mappings.items())
        return CARD.format(name=name, rank=rank, checksum=sha256(WORDS.encode()).hexdigest()) + tables

    def write(self, name: str, content: str) -> None:
        (self.home / name).write_text(content, encoding="utf-8")

    def rows(self, name: str) -> str:
        return (self.home / "data" / f"{name}.csv").read_text(encoding="utf-8")

    def change(self, table: str, old: str, new: str) -> None:
        rows = self.rows(f"essay/{table}")
        assert rows.count(old) == 1, (table, old)
        self.write(f"data/essay/{table}.csv", rows.replace(old, new))

    def fill(self) -> None:
        passages.fill(read(self.text), read_card("essay"))

    def faults(self) -> list[tuple[str, str]]:
        """Where each fault is, without the folder, and of which class."""
        everything, card = read_all(core_sources()), read_card("essay")
        found = reread([card], everything.index, everything.decisions, {"essay": read(self.text)})
        assert all(
            finding.severity == "error" and finding.words.cure("fr") and finding.words.cure("en") for finding in found
        )
        return [(finding.place.removeprefix("data/essay/"), finding.error) for finding in found]
