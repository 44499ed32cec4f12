"""Which addresses may be asked, whatever a card, a redirect or a name says."""

import socket
from ipaddress import IPv4Address
from threading import Thread
from typing import Any

import pytest

from maillage.errors import Unreachable
from maillage.sources.fetch import address
from maillage.sources.fetch.address import fault_of, fill_keys, is_private
from tests.refusals import raises
from tests.sources.fetch import site as answers
from tests.sources.fetch.conftest import Home
from tests.sources.fetch.site import Site, site_at

PUBLIC = "127.0.0.2"  # stands for an address of the open network


@pytest.mark.parametrize(
    ("ip", "private"),
    [
        ("8.8.8.8", False),
        ("2001:4860:4860::8888", False),
        ("64:ff9b::808:808", False),
        ("10.1.2.3", True),
        ("100.64.0.1", True),
        ("127.0.0.1", True),
        ("169.254.169.254", True),
        ("172.16.0.1", True),
        ("192.168.1.1", True),
        ("224.0.0.1", True),
        ("240.0.0.1", True),
        (str(IPv4Address(0)), True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("64:ff9b::a00:1", True),
        ("2002:7f00:1::", True),
        ("fc00::1", True),
        ("fe80::1%eth0", True),
        ("ff02::1", True),
    ],
)
def test_what_is_private(ip: str, private: bool) -> None:
    assert is_private(ip) is private


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("https://example.org/x.json", None),
        ("https://example.org/x?key={SOME_KEY}", None),
        ("file:///etc/passwd", "address-scheme"),
        ("ftp://example.org/", "address-scheme"),
        ("example.org/x", "address-scheme"),
        ("https://me:word@example.org/", "address-password"),
        ("https://me@example.org/", "address-password"),
        ("https:///x", "address-host"),
        ("http://[::1/", "address-host"),
        ("http://example.org:port/", "address-host"),
        ("http://example.org/a b", "address-host"),
    ],
)
def test_what_is_no_address(written: str, fault: str | None) -> None:
    found = fault_of(written)
    assert (found.code if found else None) == fault


def _ask(home: Home, asked: str, private: bool = False) -> None:
    with home.client(private, attempts=1).request(fill_keys(asked), {}, 0) as response:
        response.read()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_refused_however_it_is_spelt(home: Home, host: str) -> None:
    with raises("address-refused", match="private network"):
        _ask(home, f"http://{host}:1/")


def test_a_redirect_to_this_machine_is_refused(home: Home, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "is_private", lambda ip: ip != PUBLIC)
    with site_at(PUBLIC) as public:
        public.answers["/"] = answers.redirect(f"{site.address}/secret")
        with raises("address-refused", match=r"127\.0\.0\.1"):
            _ask(home, f"{public.address}/")
        assert len(public.asked) == 1
    assert site.asked == []


def test_a_name_that_changes_its_address_after_it_was_judged_leads_nowhere(
    home: Home, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is looked up once; the second look-up, which would lead inside, is never made."""
    real, looked_up = socket.getaddrinfo, []

    def lookup(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
        if host != "rebind.test":
            return real(host, port, *rest, **named)
        looked_up.append(host)
        return real(PUBLIC if len(looked_up) == 1 else "127.0.0.1", port, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(address, "is_private", lambda ip: ip != PUBLIC)
    with site_at(PUBLIC) as public:
        public.answers["/"] = answers.bare(b"public")
        port = public.address.rpartition(":")[2]
        _ask(home, f"http://rebind.test:{port}/")
        assert public.asked_for("Host") == [f"rebind.test:{port}"]
    assert (looked_up, site.asked) == (["rebind.test"], [])


def test_a_name_with_one_private_address_among_others_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with raises("address-refused", match=r"10\.0\.0\.1"):
        _ask(home, "http://mixed.test/")


def test_the_next_address_is_tried_when_one_does_not_answer(
    home: Home, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.address.rpartition(":")[2])
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.9", "127.0.0.1")]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **named: found if host == "two.test" else real(host, *rest, **named)
    )
    site.answers["/"] = answers.bare(b"here")
    _ask(home, f"http://two.test:{port}/", private=True)
    assert len(site.asked) == 1


def test_a_redirect_is_followed_and_judged(home: Home, site: Site) -> None:
    site.answers |= {"/": answers.redirect("/a?b=c"), "/a": answers.bare(b"here")}
    _ask(home, f"{site.address}/", private=True)
    assert [request.path for request in site.asked] == ["/", "/a?b=c"]


def test_a_redirect_that_turns_round_is_left(home: Home, site: Site) -> None:
    site.answers["/"] = answers.redirect("/")
    with raises("address-refused", match="too many times"):
        _ask(home, f"{site.address}/", private=True)
    assert len(site.asked) == 6


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "http://me:word@example.org/"])
def test_a_redirect_may_not_lead_anywhere(home: Home, site: Site, to: str) -> None:
    site.answers["/"] = answers.redirect(to)
    with raises("address-refused") as error:
        _ask(home, f"{site.address}/", private=True)
    assert "word" not in error.value.sentence("fr").replace("password", "")


def test_a_redirect_may_not_leave_https() -> None:
    import httpx

    from maillage.sources.fetch.client import follow_redirect

    with raises("address-refused", match="from https to http"):
        follow_redirect(fill_keys("https://example.org/"), httpx.URL("http://example.org/"))
    assert (
        follow_redirect(fill_keys("http://example.org/"), httpx.URL("https://example.org/")).url
        == "https://example.org/"
    )


def test_the_name_stays_in_the_certificate_that_is_asked_for(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection is made to an IP address; what TLS asks to be proved is the name (RFC 6066, section 3)."""
    real, said = socket.getaddrinfo, []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **named: real("127.0.0.1", *rest, **named))

        def listen() -> None:
            connection, _ = server.accept()
            with connection:
                said.append(connection.recv(10_000))

        thread = Thread(target=listen)
        thread.start()
        with raises("bad-certificate", "unreachable", "transfer-broken"):
            _ask(home, f"https://named.test:{port}/", private=True)
        thread.join()
    assert b"named.test" in said[0]


@pytest.mark.parametrize("host", ["a..b", "xn--"])
def test_what_no_machine_is_called_is_refused(home: Home, site: Site, host: str) -> None:
    with raises("address-refused", "unreachable"):
        _ask(home, f"http://{host}/")
    site.answers["/"] = answers.redirect(f"http://{host}/")
    with raises("address-refused", "unreachable"):
        _ask(home, f"{site.address}/", private=True)


def test_a_server_that_speaks_no_tls_is_said_so(home: Home, site: Site) -> None:
    with raises("bad-certificate"):
        _ask(home, site.address.replace("http:", "https:"), private=True)


def test_nobody_there(home: Home) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unreachable, match="refused"):
            _ask(home, f"http://127.0.0.1:{taken.getsockname()[1]}/", private=True)


def test_proxies_of_the_environment_are_not_used(home: Home, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    site.answers["/"] = answers.bare(b"here")
    _ask(home, f"{site.address}/", private=True)
    assert len(site.asked) == 1


# --- keys --------------------------------------------------------------------------------------------


def test_a_key_is_sent_and_never_shown(home: Home, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", "s&cret")
    site.answers["/x.json"] = answers.file(b'[{"id": 1}]')
    card = home.card({"pause": 0, "files": {"x.json": {"address": f"{site.address}/x.json?key={{SOME_KEY}}"}}})
    fetched = home.fetch(card)
    assert site.asked[0].query == {"key": ["s&cret"]}
    assert fetched.files["x.json"].address == f"{site.address}/x.json?key={{SOME_KEY}}"
    written = [path.read_bytes() for path in home.out.rglob("*") if path.is_file()]
    assert written
    assert not [body for body in written if b"cret" in body]


def test_a_key_in_a_redirect_is_not_shown_either(home: Home, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", "secret")
    site.answers["/"] = answers.redirect("file:///x?key=secret")
    with raises("address-refused") as error:
        _ask(home, f"{site.address}/?key={{SOME_KEY}}", private=True)
    assert "{SOME_KEY}" in error.value.sentence("en")
    assert "secret" not in error.value.sentence("en")


def test_a_key_that_nobody_gave_is_asked_for(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOME_KEY", raising=False)
    with raises("missing-key", match="SOME_KEY"):
        fill_keys("https://example.org/{SOME_KEY}")
