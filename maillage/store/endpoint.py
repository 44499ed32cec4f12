"""HTTP to an endpoint: addresses, credentials, time limits, and what each failure is called.

User, password and token come from the environment alone, are sent to that one host alone (no redirect is followed),
and stand in no message: addresses are shown without them.
"""

import os
import re
import ssl
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx

from maillage._version import __version__
from maillage.errors import EndpointError, EndpointRefused, GraphError, MaillageError, Phrase, QuestionError
from maillage.store.base import strip_credentials

AGENT = f"maillage/{__version__}"
PATIENCE = 120.0  # seconds, for who does not say
MOST_SAID = 300  # characters of the engine's own words
_TIMEOUT = re.compile(r"time.?out|timed out|time limit|execution time", re.IGNORECASE)
_SYNTAX = re.compile(r"syntax|parse|parsing|expected|compiler|malformed|SP03\d|unexpected", re.IGNORECASE)
_UNSIGNED = (KeyError, NotImplementedError, ValueError)  # a challenge that httpx cannot read or answer


@dataclass(frozen=True)
class Reply:
    """An answer read to its end."""

    body: bytes
    headers: httpx.Headers

    @property
    def media_type(self) -> str:
        return str(self.headers.get("Content-Type", "text/plain")).partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Endpoint:
    """One address and how to reach it; the token is never shown, not even by `repr`."""

    address: str
    client: httpx.Client = field(repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def at(cls, address: str) -> "Endpoint":
        """Credentials are those of the address itself, else of the environment. Raises `bad-address`."""
        bare, user, password = _split_credentials(address)
        user = user or os.environ.get("MAILLAGE_ENDPOINT_USER", "")
        password = password or os.environ.get("MAILLAGE_ENDPOINT_PASSWORD", "")
        client = httpx.Client(
            auth=_Credentials(user, password) if user else None,
            verify=ssl.create_default_context(),  # the certificate authorities of the machine
            timeout=PATIENCE,
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        return cls(bare, client, os.environ.get("MAILLAGE_ENDPOINT_TOKEN", ""))

    def close(self) -> None:
        self.client.close()

    def send(self, asked: httpx.Request, timeout: float | None = None) -> Reply:
        """Sends a request and reads the whole answer within the limit; every failure is one of ours."""
        limit = timeout or PATIENCE
        asked.headers["User-Agent"] = AGENT
        if self.token:
            asked.headers["Authorization"] = f"Bearer {self.token}"
        asked.extensions["timeout"] = httpx.Timeout(limit).as_dict()
        try:
            return self._reply(asked, limit)
        except httpx.TimeoutException:
            raise QuestionError("query-timeout", seconds=f"{limit:g}") from None
        except (httpx.ConnectError, httpx.WriteError, httpx.ProxyError) as error:
            raise self._unreachable(error) from None
        except (httpx.LocalProtocolError, *_UNSIGNED):
            raise EndpointError("endpoint-forbidden", endpoint=self.address, status=401) from None
        except httpx.HTTPError as error:
            raise EndpointError("answer-cut", endpoint=self.address, reason=Phrase("connection-lost")) from error

    def _reply(self, asked: httpx.Request, limit: float) -> Reply:
        """The body is read a piece at a time, so that a slow answer cannot outlast the limit."""
        end = time.monotonic() + limit
        with closing(self.client.send(asked, stream=True)) as response:
            if not response.is_success:
                raise self._refusal(response.status_code, _words(response), limit)
            body = bytearray()
            for part in response.iter_bytes():
                body += part
                if time.monotonic() > end:
                    raise httpx.ReadTimeout("")
            return Reply(bytes(body), response.headers)

    def server(self) -> str:
        """The name that the engine gives itself, even in a refusal; empty for none."""
        try:
            with self.client.stream("GET", self.address, headers={"User-Agent": AGENT}) as reply:
                return str(reply.headers.get("Server", ""))
        except (httpx.HTTPError, *_UNSIGNED) as error:
            raise self._unreachable(error) from None

    def _unreachable(self, error: Exception) -> MaillageError:
        return EndpointError("endpoint-unreachable", endpoint=self.address, reason=system_words(error).rstrip("."))

    def _refusal(self, status: int, said: str, limit: float) -> MaillageError:
        if status in (401, 403, 407):
            return EndpointError("endpoint-forbidden", endpoint=self.address, status=status)
        if status in (408, 504) or (_TIMEOUT.search(said) and status != 404):
            return QuestionError("query-timeout", seconds=f"{limit:g}")
        if status == 400 or (status == 500 and _SYNTAX.search(said)):
            return GraphError("bad-sparql", reason=f"{said or status}.")
        told = {"endpoint": self.address, "status": status, "reason": said or "—"}
        return EndpointError("endpoint-broken", **told) if status >= 500 else EndpointRefused(**told)


class _Credentials(httpx.DigestAuth):
    """Digest, or Basic where the endpoint asks for that. After its first challenge each request is signed before it is
    sent: Virtuoso hangs up on a long body that is not.
    """

    def __init__(self, user: str, password: str) -> None:
        super().__init__(user, password)
        self._basic = httpx.BasicAuth(user, password)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        digest = super().auth_flow(request)
        response = yield next(digest)
        challenges = response.headers.get_list("WWW-Authenticate") if response.status_code == 401 else []
        schemes = {challenge.partition(" ")[0].lower() for challenge in challenges}
        if "digest" in schemes:
            yield digest.send(response)
        elif "basic" in schemes:
            yield from self._basic.auth_flow(request)


def _split_credentials(address: str) -> tuple[str, str, str]:
    """The address without credentials, the user, the password."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        named = f"[{host}]" if ":" in host else host
        place = named + (f":{parts.port}" if parts.port else "")
        bare = urlunsplit((parts.scheme, place, parts.path or "/", parts.query, ""))
        _ = httpx.URL(bare).host  # decoded when it is asked for
        if parts.scheme not in ("http", "https") or not host or re.search(r"\s", address):
            raise ValueError(address)
    except (ValueError, httpx.InvalidURL):
        raise QuestionError("bad-address", endpoint=strip_credentials(address)) from None
    return bare, unquote(parts.username or ""), unquote(parts.password or "")


def _words(response: httpx.Response) -> str:
    """What the engine says, in one line without markup."""
    try:
        text = response.read().decode("utf-8", errors="replace")
    except httpx.HTTPError:
        return ""
    if "<html" in text.lower():
        text = re.sub(r"(?is)<(head|style|script)\b.*?</\1>|<[^>]*>", " ", text)
    said = " ".join(text.partition("SPARQL query:")[0].split()).rstrip(".")
    return said if len(said) <= MOST_SAID else f"{said[:MOST_SAID]}…"


def system_words(error: BaseException) -> str:
    """Why httpx failed, in the words of the system where it has some: a broken pipe, a refused connection."""
    words = [cause.strerror for cause in causes_of(error) if isinstance(cause, OSError) and cause.strerror]
    return words[0] if words else str(error) or type(error).__name__


def causes_of(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
