"""SPARQL read by its tokens: the same as an engine reads, at a cost that grows with the length and no faster."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.errors import MaillageError
from maillage.files import asset
from maillage.queries.free import LONGEST, refuse, verb, words
from maillage.queries.tokens import DEEPEST, tokens
from tests.canary import Canary, listening
from tests.queries.hostile import CALLS, DECODED, HARMLESS, SHAPES, SLOW
from tests.refusals import raises


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("?s a ex:b", "variable word name"),
        ("ex:b\\'c\\#d . # ex:e", "name mark"),
        ("1SERVICE<x>", "number word iri"),
        ("-1.5e3.a", "mark number mark word"),
        ("'a''b'", "text text"),
        ("'''a'b''c\\''''", "text"),
        ('"a\\"b"@fr-FR^^', "text language mark"),
        ("# a\r?b", "variable"),
        ("# a\n$b", "variable"),
        ("_:b.c .", "node mark"),
        ("a:b.c.", "name mark"),
        (": :a a: a:1:b", "name name name name"),
        ("<a>?x<b>", "iri variable iri"),
        ("(?x<?y)", "mark variable mark variable mark"),
        ("(<a#b>|<c'd>)", "mark iri mark iri mark"),
        ("VALUES (?x) {(1 <a#b>)}", "word mark variable mark mark mark number iri mark mark"),
        ("SELECT*{?é·1 ?p <é>}", "word mark mark variable variable iri mark"),
    ],
)
def test_the_tokens_of_the_grammar(text: str, kinds: str) -> None:
    assert [token.kind for token in tokens(text)] == kinds.split()


def test_words_and_the_first_of_them() -> None:
    read = tokens("BASE <urn:b> PREFIX select: <urn:x> # ASK\nconstruct where { ?ask a select:b . true.GRAPH ?g {} }")
    assert verb(read) == "CONSTRUCT"
    assert words(read) == ["BASE", "PREFIX", "CONSTRUCT", "WHERE", "A", "TRUE", "GRAPH"]
    assert verb(tokens("PREFIX ask: <urn:x>")) == ""


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("ASK {\n ?s ?p 'a\n' }", 2, 8), ("ASK { ?s ?p '''a }", 1, 13), ("\\u0041SK {}", 1, 1), ("(?x<f('a')>", 1, 4)],
)
def test_what_is_no_token_is_named_with_its_place(text: str, line: int, column: int) -> None:
    with raises("unreadable-query", match=f"line {line}, character {column}:"):
        tokens(text)


# ---------------------------------------------------------------- another server


@pytest.mark.parametrize("text", (CALLS | DECODED).values(), ids=(CALLS | DECODED).keys())
def test_a_call_is_refused_in_every_spelling(text: str) -> None:
    with raises("query-refused", "unreadable-query"):
        refuse(text % "http://127.0.0.1:9/")


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_elsewhere_is_no_call(text: str) -> None:
    assert refuse(text)


@pytest.mark.parametrize("folder", ["queries", "graph"])
def test_our_own_queries_are_no_false_alarm(folder: str) -> None:
    files = list(asset(folder).rglob("*.rq"))
    assert len(files) > 20
    for file in files:
        refuse(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with listening() as found:
        yield found


@pytest.fixture(scope="module")
def engine() -> ox.Store:
    """With a row for each call that wants one."""
    store = ox.Store()
    store.update("INSERT DATA { <urn:s> <urn:p> 1, 'x', true, <http://a:> ; <http://a:> 1 }")
    return store


def asked(engine: ox.Store, text: str) -> None:
    """Has the engine answer, whether it can or not."""
    with suppress(SyntaxError, OSError, RuntimeError, ValueError):
        found = engine.query(text)
        if isinstance(found, ox.QuerySolutions):
            list(found)


@pytest.mark.parametrize("text", CALLS.values(), ids=CALLS.keys())
def test_the_engine_would_have_called(text: str, canary: Canary, engine: ox.Store) -> None:
    """What the refusal is for; without it the next test could not fail."""
    canary.calls.clear()
    asked(engine, text % canary.address)
    assert canary.calls


BEGINNINGS = (
    "",
    "FILTER(0<1)",
    "FILTER(0<1#>",
    "FILTER(0 < 1) ",
    "FILTER('a'<'b'||",
    "FILTER(1<h:a#>",
    "FILTER(<urn:s> = <urn:s>)",
    "?s ?p ?o . ",
    "?s ?p ?o ",
    "OPTIONAL { ?s h:b\\'c 1 }",
    "OPTIONAL { ?s h:b\\#c 1.}",
    "OPTIONAL { ?s ?q true}",
    "BIND('''a''b''' AS ?x)",
    'BIND("\\"" AS ?x)',
    "VALUES ?x { '''a' }",
    "VALUES (?x) { (<urn:a#b'>) }",
    "BIND(<<( h:a h:b 1 )>> AS ?t)",
    "{ ?s ?p ?o } ",
)
HIDING = (
    "",
    " ",
    "#",
    "#\r",
    "#\n",
    "'",
    "'''",
    '"',
    '"""',
    "<",
    ">",
    "#>\n",
    "<a",
    "\\",
    "\\u0027",
    "1",
    ".",
    "h:",
    ")",
    "}",
)
CALLING = (
    "SERVICE <%s> {?a ?b ?c}",
    "sErViCe SILENT<%s>{?a ?b ?c}",
    "SERVICE:x {?a ?b ?c}",
    "SERVICE:x#>\n{?a ?b ?c}",
    "SERVICESILENT:x{?a ?b ?c}",
    "h:SERVICE <%s> {?a ?b ?c}",
)
ENDINGS = ("", " ", "#'\n", "#'''\n", '#"\n', '#"""\n', "#>\n", "\n", " } #", "'", ">", "||true)")


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(BEGINNINGS + HIDING), max_size=3).map("".join),
    st.sampled_from(CALLING),
    st.lists(st.sampled_from(ENDINGS), max_size=2).map("".join),
)
def test_what_the_engine_would_call_is_refused(
    canary: Canary, engine: ox.Store, before: str, call: str, after: str
) -> None:
    text = f"PREFIX h: <urn:h> PREFIX : <{canary.address}> SELECT * {{ {before}{call}{after}}}".replace(
        "%s", canary.address
    )
    try:
        refuse(text)
    except MaillageError:
        return
    canary.calls.clear()
    asked(engine, text)
    assert not canary.calls


# ---------------------------------------------------------------- depth and length


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_what_is_nested_or_chained_too_far_is_refused(shape: Callable[[int], str]) -> None:
    tokens(shape(100))
    with raises("query-too-deep"):
        tokens(shape(5000))


def test_the_deepest_that_is_allowed() -> None:
    braces = SHAPES["groups"]
    tokens(braces(DEEPEST))
    with raises("query-too-deep"):
        tokens(braces(DEEPEST + 1))
    mixed = "ASK " + "{FILTER(" * 150 + "1" + "+1" * 150 + ")}" * 150
    with raises("query-too-deep"):
        tokens(mixed)


def test_lists_that_engines_read_flat_may_be_long() -> None:
    many = range(5000)
    tokens("SELECT * { VALUES ?x { " + " ".join(f"<urn:{n}>" for n in many) + " } }")
    tokens("SELECT * { VALUES (?x ?y) { " + " ".join(f"(-{n} 'a'@fr)" for n in many) + " } }")
    tokens("SELECT * { ?s ?p ?o FILTER(?o IN (" + ",".join(f"-{n}" for n in many) + ")) }")
    tokens("CONSTRUCT { " + "?s ?p ?o . " * 500 + "} { ?s ?p ?o }")
    tokens("SELECT * { " + "?s ?p ?o ; ?q ((1 2) [ ?r 3 ]) . { } UNION { FILTER(?o > 1) } " * 40 + " }")


def test_a_query_is_not_longer_than_is_said() -> None:
    refuse("ASK {}" + " " * (LONGEST - 6))
    with raises("query-too-long"):
        refuse("ASK {}" + " " * (LONGEST - 5))


# ---------------------------------------------------------------- cost


def cost(work: Callable[[], object]) -> float:
    """Seconds of processor, the least of several goes."""

    def once() -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    return min(once() for _ in range(2))


def steep(work: Callable[[int], object], size: int) -> int:
    """In how many of six goes twice the text costs more than 2.5 times: a busy machine is no quadratic."""
    return sum(cost(lambda: work(2 * size)) > 2.5 * cost(lambda: work(size)) + 0.03 for _ in range(6))


@pytest.mark.slow
@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW.keys())
def test_twice_the_text_costs_twice_the_time(text: Callable[[int], str]) -> None:
    def read(size: int) -> None:
        with suppress(MaillageError):
            refuse(text(size))

    assert steep(read, 40_000) < 6


@pytest.mark.slow
def test_a_pattern_that_turns_back_would_be_seen() -> None:
    pattern = re.compile(r'"(?:[^"\\\n]|\\.)*"')
    assert steep(lambda size: pattern.sub("", SLOW["escaped quotes"](size)), 8000) > 2
