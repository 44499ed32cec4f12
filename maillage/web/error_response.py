"""What a client reads when it cannot have what it asked for: an error's sentence in both languages."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from maillage.errors import MaillageError
from maillage.locales import LANGUAGES
from maillage.web.negotiate import best

_RETRY = {503: "2", 429: "1"}  # seconds after which a client may ask again
_PEOPLE = ("page", "thing", "def")  # routes that people follow in a browser
_PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{status} · Maillage</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"></head>'
    '<body><main><h1>{status}</h1><p>{first}</p>{others}<p><a href="/">Maillage</a></p></main></body></html>'
)


async def answer_disconnect(_: Request, __: Exception) -> Response:
    """For a client that went away before it had said what it wants: nobody reads this, but it is counted."""
    return Response(status_code=400)


async def answer_error(request: Request, error: Exception) -> Response:
    """An error of the tree under its own status: a page for people, JSON for programs."""
    if not isinstance(error, MaillageError):
        raise error
    status, words = error.http_status, {lang: error.sentence(lang) for lang in LANGUAGES}
    headers = {"Retry-After": _RETRY[status]} if status in _RETRY else {}
    route = getattr(request.scope.get("route"), "name", "")
    accepted = request.headers.get("accept", "*/*")
    if route in _PEOPLE and best(accepted, ("application/json", "text/html")) == "text/html":
        first, *others = ((lang, escape(text)) for lang, text in words.items())
        more = "".join(f'<p lang="{lang}">{text}</p>' for lang, text in others)
        return HTMLResponse(_PAGE.format(status=status, lang=first[0], first=first[1], others=more), status, headers)
    return JSONResponse({"error": {"code": error.code} | words}, status, headers)
