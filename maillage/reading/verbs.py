"""The forms of the verbs of `graph/reading/roles.yml`, by their groups, made with `grammar.yml`."""

from functools import cache

from maillage.reading.vocabulary import longest_first, words


@cache
def verbs(group: str, tense: str) -> str:
    """Any verb of a group, in the present or the past, as a regular expression; "past": its participle alone."""
    infinitives, given = words("roles")["groups"][group], words("grammar")
    past = rf"(?:{longest_first(form for verb in infinitives for form in _past(verb))})e?s?"
    if tense == "past":
        return rf"(?<!\w){past}(?!\w)"
    active = longest_first(form for verb in infinitives for form in _active(verb))
    adverb = rf"(?: (?:{longest_first(given['adverbs'])}))?"
    auxiliary = rf"(?:{longest_first(given['auxiliaries'])}){adverb} ?"
    return rf"(?<!\w)(?:(?:{active})|{auxiliary}(?:{past}|{longest_first(infinitives)}))(?!\w)"


def all_verbs() -> list[str]:
    return [verbs(group, "") for group in words("roles")["groups"]]


def _active(verb: str) -> list[str]:
    irregular = words("roles")["irregular"]
    if verb in irregular:
        return list(irregular[verb]["active"])
    stem, endings = verb[:-2], words("grammar")["endings"].get(verb[-2:], ())
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    return [(soft if ending[0] in "ao" else stem) + ending for ending in endings]


def _past(verb: str) -> list[str]:
    irregular = words("roles")["irregular"]
    return list(irregular[verb]["past"]) if verb in irregular else [verb[:-2] + words("grammar")["past"][verb[-2:]]]
