"""HTTP to an endpoint: addresses, credentials, time limits, and what each failure is called.

User, password and token come from the environment alone, are sent to that one host alone, and stand in no
message: addresses are shown without them.
"""

import os
import re
import time
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit, urlunsplit

from maillage._version import __version__
from maillage.errors import EndpointError, EndpointRefused, GraphError, MaillageError, Phrase, QuestionError

AGENT = f"maillage/{__version__}"
PATIENCE = 120.0  # seconds, for who does not say
MOST_SAID = 300  # characters of the engine's own words
_TIMED_OUT = re.compile(r"time.?out|timed out|time limit|execution time", re.IGNORECASE)
_SYNTAX = re.compile(r"syntax|parse|parsing|expected|compiler|malformed|SP03\d|unexpected", re.IGNORECASE)


@dataclass(frozen=True)
class Reply:
    """An answer read to its end."""

    body: bytes
    headers: Message

    @property
    def media_type(self) -> str:
        return self.headers.get_content_type()


@dataclass(frozen=True)
class Endpoint:
    """One address and how to reach it; `key` is never shown, not even by `repr`."""

    address: str
    opener: request.OpenerDirector = field(repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def at(cls, address: str) -> "Endpoint":
        """Credentials are those of the address itself, else of the environment. Raises `bad-address`."""
        bare, user, password = _parted(address)
        keys = request.HTTPPasswordMgrWithDefaultRealm()
        user = user or os.environ.get("MAILLAGE_ENDPOINT_USER", "")
        password = password or os.environ.get("MAILLAGE_ENDPOINT_PASSWORD", "")
        if user:
            keys.add_password(None, bare, user, password)
        handlers = (_Digest(keys), request.HTTPBasicAuthHandler(keys)) if user else ()
        return cls(bare, request.build_opener(*handlers), os.environ.get("MAILLAGE_ENDPOINT_TOKEN", ""))

    @property
    def shown(self) -> str:
        return self.address

    def send(self, asked: request.Request, timeout: float | None = None) -> Reply:
        """Sends a request and reads the whole answer within the limit; every failure is one of ours."""
        limit = timeout or PATIENCE
        end = time.monotonic() + limit
        if self.token:
            asked.add_unredirected_header("Authorization", f"Bearer {self.token}")
        asked.add_header("User-Agent", AGENT)
        try:
            with self.opener.open(asked, timeout=limit) as response:
                return Reply(_read(response, end), response.headers)
        except HTTPError as error:
            with error:
                raise self._refusal(error.code, _words(error), limit) from None
        except ValueError:  # urllib: an authentication that it does not know, or that fails
            raise EndpointError("endpoint-forbidden", endpoint=self.shown, status=401) from None
        except TimeoutError:
            raise QuestionError("query-timeout", seconds=f"{limit:g}") from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise QuestionError("query-timeout", seconds=f"{limit:g}") from None
            raise self._unreachable(error.reason) from None
        except (HTTPException, ConnectionError) as error:
            raise EndpointError("answer-cut", endpoint=self.shown, reason=Phrase("connection-lost")) from error
        except OSError as error:
            raise self._unreachable(error) from None

    def server(self) -> str:
        """The name that the engine gives itself, even in a refusal; empty for none."""
        try:
            asked = request.Request(self.address, headers={"User-Agent": AGENT})
            with self.opener.open(asked, timeout=PATIENCE) as reply:
                return str(reply.headers.get("Server", ""))
        except HTTPError as error:
            with error:
                return str(error.headers.get("Server", ""))
        except (OSError, HTTPException) as error:
            raise self._unreachable(getattr(error, "reason", error)) from None

    def _unreachable(self, reason: object) -> MaillageError:
        said = reason.strerror if isinstance(reason, OSError) and reason.strerror else reason
        return EndpointError("endpoint-unreachable", endpoint=self.shown, reason=str(said).rstrip("."))

    def _refusal(self, status: int, said: str, limit: float) -> MaillageError:
        if status in (401, 403, 407):
            return EndpointError("endpoint-forbidden", endpoint=self.shown, status=status)
        if status in (408, 504) or (_TIMED_OUT.search(said) and status != 404):
            return QuestionError("query-timeout", seconds=f"{limit:g}")
        if status == 400 or (status == 500 and _SYNTAX.search(said)):
            return GraphError("bad-sparql", reason=f"{said or status}.")
        told = {"endpoint": self.shown, "status": status, "reason": said or "—"}
        return EndpointError("endpoint-broken", **told) if status >= 500 else EndpointRefused(**told)


class _Digest(request.HTTPDigestAuthHandler):
    """Signs every request after the first challenge: Virtuoso hangs up on a long body that is not signed."""

    _challenge = ""

    def retry_http_digest_auth(self, req: request.Request, auth: str) -> object:
        self._challenge = auth.partition(" ")[2]
        return super().retry_http_digest_auth(req, auth)

    def http_request(self, req: request.Request) -> request.Request:
        if self._challenge and not req.has_header(self.auth_header):
            parts = request.parse_keqv_list(list(filter(None, request.parse_http_list(self._challenge))))
            if signed := self.get_authorization(req, parts):
                req.add_unredirected_header(self.auth_header, f"Digest {signed}")
        return req

    https_request = http_request


def _parted(address: str) -> tuple[str, str, str]:
    """The address without credentials, the user, the password."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        named = f"[{host}]" if ":" in host else host
        place = named + (f":{parts.port}" if parts.port else "")
    except ValueError:
        raise QuestionError("bad-address", endpoint=shown_address(address)) from None
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", address):
        raise QuestionError("bad-address", endpoint=shown_address(address))
    bare = urlunsplit((parts.scheme, place, parts.path or "/", parts.query, ""))
    return bare, unquote(parts.username or ""), unquote(parts.password or "")


def shown_address(address: str) -> str:
    """An address as a message may show it: whatever stands before an `@` in its first part is left out."""
    return re.sub(r"^([a-z][a-z0-9+.-]*://)?[^/]*@", r"\1", address.partition("?")[0], flags=re.IGNORECASE)


def _read(response: object, end: float) -> bytes:
    """The body, a piece at a time so that a slow answer cannot outlast the limit."""
    parts: list[bytes] = []
    while part := response.read1(1 << 16) if hasattr(response, "read1") else b"":
        parts.append(part)
        if time.monotonic() > end:
            raise TimeoutError
    return b"".join(parts)


def _words(error: HTTPError) -> str:
    """What the engine says, in one line without markup."""
    try:
        text = error.read().decode("utf-8", errors="replace")
    except (OSError, HTTPException):
        return ""
    if "<html" in text.lower():
        text = re.sub(r"(?is)<(head|style|script)\b.*?</\1>|<[^>]*>", " ", text)
    said = " ".join(text.partition("SPARQL query:")[0].split()).rstrip(".")
    return said if len(said) <= MOST_SAID else f"{said[:MOST_SAID]}…"
