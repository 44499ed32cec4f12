"""The documentation of the vocabulary: a page a language, from the same values; no script, nothing loaded."""

from collections.abc import Iterable, Mapping

from maillage.credit.notice import Credit
from maillage.locales import LANGUAGES
from maillage.terms import MAI, expand, fold
from maillage.visualize.locales import say, section
from maillage.visualize.shell import environment, shell, style_sheet
from maillage.visualize.vocabulary.diagram import diagram
from maillage.visualize.vocabulary.terms import Term, Vocabulary, terms_of

FILES = {lang: "index.html" if lang == LANGUAGES[0] else f"index.{lang}.html" for lang in LANGUAGES}


def ontology_pages(questions: Mapping[str, str]) -> dict[str, bytes]:
    """The pages by file name. `questions`: the text of each question by name, for the index of questions.

    >>> sorted(FILES.values())
    ['index.en.html', 'index.html']
    """
    read = Vocabulary()
    return {FILES[lang]: _page(read, questions, lang) for lang in LANGUAGES}


def _page(read: Vocabulary, questions: Mapping[str, str], lang: str) -> bytes:
    about = read.about
    licence = about["license"][lang]
    credit = Credit("", licence, about["rights"], ("Maillage",), about["versionInfo"][lang], "", lang)
    words = shell(lang, style_sheet("base", "ontology"), "", credit) | _values(read, questions, lang)
    return environment(words).get_template("ontology.html").render().lstrip().encode("utf-8")


def _values(read: Vocabulary, questions: Mapping[str, str], lang: str) -> dict[str, object]:
    classes, properties = _split((term for term in read.terms if term.own), lang)
    above = {
        term.name: {to for how, to in term.alignments if how in ("subclass", "subproperty")} for term in read.terms
    }
    counts = {"classes": len(classes), "properties": len(properties), "lists": len(read.schemes)}
    counts["concepts"] = sum(len(scheme.concepts) for scheme in read.schemes)
    standard_classes, standard_properties = _split((term for term in read.terms if not term.own), lang)
    return {
        "t": section(lang, "map"),
        "it": section(lang, "ontology"),
        "about": {name: said.get(lang, "") for name, said in read.about.items()},
        "intro": say(lang, "ontology.intro", base=MAI, questions=len(questions), **counts),
        "classes": classes,
        "properties": properties,
        "standard_classes": standard_classes,
        "standard_properties": standard_properties,
        "schemes": read.schemes,
        "drawn": diagram(read.terms),
        "anchors": {term.name: term.anchor for term in read.terms},
        "borne": {one.name: [term for term in read.terms if one.name in term.domain] for one in read.terms},
        "below": {one: [name for name, some in above.items() if one in some] for one in above},
        "files": FILES,
        "other": next(code for code in LANGUAGES if code != lang),
        "asked": _question_terms(read, questions),
        "address": address,
        "say": lambda key, **values: say(lang, f"ontology.{key}", **values),
    }


def _split(terms: Iterable[Term], lang: str) -> tuple[list[Term], list[Term]]:
    """Classes and properties, each in the order of their names."""
    kept = sorted(terms, key=lambda term: (fold(term.label[lang]), term.name))
    return [term for term in kept if term.is_class], [term for term in kept if not term.is_class]


def _question_terms(read: Vocabulary, questions: Mapping[str, str]) -> list[tuple[str, Mapping[str, str], list[str]]]:
    """Each question, what it asks, and the terms on the page that it reads."""
    known = {term.name for term in read.terms if term.own}
    summaries = {use.name: use.summary for term in read.terms for use in term.uses}
    return [
        (name, summaries.get(name, {}), [term for term in terms_of(text) if term in known])
        for name, text in sorted(questions.items())
    ]


def address(name: str) -> str:
    """Where a term of another vocabulary is defined: its IRI; "" for a name that is no known prefixed name."""
    try:
        return expand(name)
    except KeyError:
        return name if name.startswith("http") else ""
