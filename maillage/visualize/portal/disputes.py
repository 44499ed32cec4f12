"""Where sources disagree on what is shown of a thing: the question `disagreements`, in words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from maillage.locales import LANGUAGES
from maillage.network.from_table import Row
from maillage.visualize.locales import say
from maillage.visualize.portal.thing import Texts, literal_text

VALUES = 1  # the gravity of two values; another spelling of a name is none


def disputes(rows: Mapping[str, Sequence[Row]]) -> dict[tuple[str, str], Texts]:
    """By thing and property, its mark with every value; `rows`: those of the question, by language."""
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lang in LANGUAGES:
        for row in rows[lang]:
            if row["gravity"] == VALUES:
                said = found[str(row["subject"]), str(row["predicate"])][lang]
                said |= {str(row["value"]), str(row["otherValue"])}
    return {key: {lang: _mark(values, lang) for lang, values in said.items()} for key, said in found.items()}


def _mark(values: set[str], lang: str) -> str:
    return say(lang, "sentences.disputed", values=", ".join(literal_text(value)[lang] for value in sorted(values)))
