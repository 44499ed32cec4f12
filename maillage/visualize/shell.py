"""What every page shares: templates, style sheet, content security policy, licence and credits."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

from jinja2 import Environment, FileSystemLoader

from maillage.credit.notice import Credit
from maillage.files import asset, read_text
from maillage.locales import LANGUAGES
from maillage.visualize.locales import say, section
from maillage.visualize.palette import EVENT, palette


def environment(words: Mapping[str, object]) -> Environment:
    """Templates of `visualize/templates/`, everything escaped, that know these words."""
    found = Environment(
        loader=FileSystemLoader(asset("visualize") / "templates"),
        autoescape=True,
        trim_blocks=False,
        keep_trailing_newline=True,
    )
    found.globals.update(words)
    return found


def shell(lang: str, style: str, script: str, credit: Credit) -> dict[str, object]:
    """What every page needs: its texts, style and script, and the policy that lets only those two run.

    Neither stands for a page that links the ones of its own folder.
    """
    return {
        "lang": lang,
        "languages": LANGUAGES,
        "names": {code: section(code, "map")["language_name"] for code in LANGUAGES},
        "style": style,
        "script": script,
        "policy": policy(style, script),
        "credits": {code: credit_lines(credit, code) for code in LANGUAGES},
        "symbols": list(palette().symbols.values()),
    }


def policy(style: str, script: str) -> str:
    """A content security policy that allows one style sheet and one script, both inline, and nothing else; where there
    is neither, those of its own folder.
    """
    allowed = {"script-src": script, "style-src": style}
    hashed = [f"{name} 'sha256-{_digest(text)}'" for name, text in allowed.items() if text]
    hashed = hashed or [f"{name} 'self'" for name in allowed]
    return "; ".join(["default-src 'none'", *hashed, "base-uri 'none'", "form-action 'none'"])


def own_scripts(style: str, more: str = "") -> str:
    """The policy of an application: scripts and styles of its own folder, one inline sheet, pictures that it makes.

    `more`: directives whose words are added.
    """
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' 'sha256-{_digest(style)}'",
        "img-src": "data: blob:",
        "font-src": "data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    for directive in filter(None, more.split(";")):
        name, _, words = directive.strip().partition(" ")
        rules[name] = f"{rules.get(name, '')} {words}".strip()
    return "; ".join(f"{name} {words}" for name, words in rules.items())


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def style_sheet(*names: str) -> str:
    """Some style sheets behind the palette: its tokens, and the colours of the symbols."""
    tokens = palette().tokens
    sheets = [read_text(asset("visualize") / "templates" / "style" / f"{name}.css") for name in names]
    rules = [
        f".mark path {{ stroke: {tokens['ink']}; }} .mark circle {{ fill: {tokens['accent']}; }}",
        f".line {{ stroke: {tokens['link']}; fill: none; }} .community {{ fill: {tokens['group']}; }}",
    ]
    for symbol in palette().symbols.values():
        rim = tokens["secondary"] if symbol.kind == EVENT else symbol.colour
        rules.append(f".glyph-{symbol.kind} {{ fill: {symbol.colour}; stroke: {rim}; }}")
        rules.append(f".glyph-{symbol.kind} text {{ fill: {symbol.text}; stroke: none; }}")
    return "\n".join([palette().css(), *sheets, *rules])


def credit_lines(credit: Credit, lang: str) -> list[dict[str, str]]:
    """What a reader must be told: licence, release and those to thank."""
    licence = say(lang, "map.labelled", name=say(lang, "map.licence"), value=credit.labels[lang])
    made = ", ".join(part for part in (credit.release, credit.date) if part)
    warned = [{"text": credit.private[lang]}] if credit.private else []
    stated = [{"text": licence, "iri": credit.licence_iri}, *warned, {"text": say(lang, "map.release", release=made)}]
    return [*stated, *({"text": one} for one in credit.lines)]
