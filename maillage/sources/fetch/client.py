"""One polite client: who it says it is, a pause by host, judged redirects, connections to judged addresses."""

import math
import os
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from maillage._version import __version__
from maillage.errors import FetchError, Phrase, TransientError, Unreachable
from maillage.sources.fetch.address import Address, ips_of, refusal, refuse_unfit
from maillage.sources.fetch.backoff import Patience
from maillage.store.endpoint import causes_of, system_words
from maillage.terms import ROOT

AGENT = f"maillage/{__version__} (open knowledge graph of French public innovation; maillage fetch; {ROOT})"
MOST_REDIRECTS = 5
_BUSY = (408, 425, 429, 500, 502, 503, 504)
_ACCEPTED_STATUSES = (200, 206, 304, 416)


class PinnedTransport(httpx.HTTPTransport):
    """Connects to the addresses that were judged, tried in turn; the name stays in Host and in the certificate.

    A connection serves one request: kept ones are known by their IP address, which two hosts may share.
    """

    def __init__(self, private: bool) -> None:
        super().__init__(limits=httpx.Limits(max_keepalive_connections=0))
        self._private = private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.raw_host.decode("ascii")
        port = request.url.port or {"http": 80, "https": 443}[request.url.scheme]
        *others, last = ips_of(host, port, self._private)
        for ip in others:
            try:
                return super().handle_request(_pin_request(request, ip, host))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return super().handle_request(_pin_request(request, last, host))


def _pin_request(request: httpx.Request, ip: str, host: str) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(host=ip),
        headers=request.headers,
        stream=request.stream,
        extensions=request.extensions | {"sni_hostname": host},
    )


class Client:
    """For one run: it remembers when each host was last asked. `private`: private networks may be asked.

    The proxies of the environment are not used: a proxy looks names up itself, and nothing could be judged.
    """

    def __init__(self, private: bool = False, patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        limits = httpx.Timeout(self.patience.read, connect=self.patience.connect)
        transport = PinnedTransport(private)
        self._http = httpx.Client(transport=transport, timeout=limits, trust_env=False, headers={"User-Agent": agent()})
        self._asked_at: dict[str, float] = {}

    @contextmanager
    def request(
        self, address: Address, headers: dict[str, str], pause: float, body: bytes | None = None
    ) -> Iterator[httpx.Response]:
        """A response whose body has not been read (200, 206, 304 or 416), after at most five redirects. A `body` is
        sent by POST; a redirect that would not send it on (301, 302, 303) is a `request-refused`.

        Raises Unreachable, `bad-certificate`, `address-refused`, `transfer-broken`, `server-busy` or `request-refused`.
        """
        for _ in range(MOST_REDIRECTS + 1):
            with self._send(address, headers, pause, body) as response:
                if response.next_request is None:
                    _refuse_status(response, address)
                    yield response
                    return
                if response.next_request.method != response.request.method:
                    raise FetchError("request-refused", address=address.template, status=response.status_code)
                address = follow_redirect(address, response.next_request.url)
        raise refusal(address.template, Phrase("address-redirects"))

    @contextmanager
    def _send(
        self, address: Address, headers: dict[str, str], pause: float, body: bytes | None
    ) -> Iterator[httpx.Response]:
        method = "GET" if body is None else "POST"
        request = self._http.build_request(method, url_of(address), headers=headers, content=body)
        self._wait_for_turn(request.url.host, pause)
        with _failures(address, request.url.host), closing(self._http.send(request, stream=True)) as response:
            yield response

    def _wait_for_turn(self, host: str, pause: float) -> None:
        wait = self._asked_at.get(host, -math.inf) + pause - time.monotonic()
        if wait > 0:
            self.patience.sleep(wait)
        self._asked_at[host] = time.monotonic()


def agent() -> str:
    """Who asks: this project and, where MAILLAGE_CONTACT gives an address, whoever runs it."""
    contact = re.sub(r"[^ -~]|[()]", "", os.environ.get("MAILLAGE_CONTACT", "")).strip()
    return f"{AGENT[:-1]}; {contact})" if contact else AGENT


def url_of(address: Address) -> httpx.URL:
    """Raises `address-refused` for what no machine can be called."""
    try:
        refuse_unfit(address.url, address.template)
        url = httpx.URL(address.url)
        _ = url.host  # decoded when it is asked for
    except (httpx.InvalidURL, UnicodeError):
        raise refusal(address.template, Phrase("address-host")) from None
    return url


def follow_redirect(address: Address, url: httpx.URL) -> Address:
    """The address that a redirect leads to. Raises `address-refused` where it leaves https."""
    found = replace(address, template=address.mask_keys(str(url)), url=str(url))
    if address.url.startswith("https:") and url.scheme == "http":
        raise refusal(found.template, Phrase("address-downgrade"))
    return found


@contextmanager
def _failures(address: Address, host: str) -> Iterator[None]:
    """What httpx raises, while asking or while reading, as errors of ours."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        reason = _reason(error, address)
        if any(isinstance(cause, ssl.SSLError) for cause in causes_of(error)):
            raise FetchError("bad-certificate", host=host, reason=reason) from None
        raise Unreachable(host=host, reason=reason) from None
    except UnicodeError:  # a redirect to what no machine can be called
        raise refusal(address.template, Phrase("address-host")) from None
    except (httpx.TransportError, httpx.StreamError) as error:
        raise TransientError("transfer-broken", address=address.template, reason=_reason(error, address)) from None


def _reason(error: BaseException, address: Address) -> str:
    return address.mask_keys(system_words(error)).rstrip(".")


def _refuse_status(response: httpx.Response, address: Address) -> None:
    status = response.status_code
    if status in _BUSY:
        after = _retry_after(response.headers.get("Retry-After", ""))
        raise TransientError("server-busy", address=address.template, status=status, retry_after=after)
    if status not in _ACCEPTED_STATUSES:
        raise FetchError("request-refused", address=address.template, status=status)


def _retry_after(said: str) -> float | None:
    """Seconds, from a number of seconds or a date; None when it says neither."""
    if said.strip().isdecimal():
        return float(said)
    try:
        date = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (date - datetime.now(UTC)).total_seconds()) if date.tzinfo else None
