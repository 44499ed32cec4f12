"""Which addresses may be asked: only http(s), no password, and no machine inside a private network.

The name of a host is looked up here, once a request; the connection is then made to the very address that was
judged (see `client`), so that a name that changes its mind between the two leads nowhere.
"""

import ipaddress
import os
import re
import socket
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from maillage.errors import FetchError, Phrase, QuestionError, Unreachable

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

_KEY = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Address:
    """An address as the card writes it, and as it is asked, its keys filled in; only the first is ever shown."""

    template: str
    url: str = field(repr=False)
    keys: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def mask_keys(self, text: str) -> str:
        """A text without the keys, in whichever spelling they stand in it."""
        for name, key in self.keys:
            for spelling in {key, quote(key, safe=""), quote(key)}:
                text = text.replace(spelling, f"{{{name}}}")
        return text


def fill_keys(written: str) -> Address:
    """The address with each `{NAME}` taken from the environment. Raises `missing-key`."""
    keys = {name: os.environ.get(name, "") for name in _KEY.findall(written)}
    for name, key in keys.items():
        if not key:
            raise QuestionError("missing-key", address=written, name=name)
    return Address(written, _KEY.sub(lambda match: quote(keys[match[1]], safe=""), written), tuple(keys.items()))


def fault_of(address: str) -> Phrase | None:
    """What forbids an address as it is written."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return Phrase("address-host")
    if parts.scheme not in ("http", "https"):
        return Phrase("address-scheme")
    if "@" in parts.netloc:
        return Phrase("address-password")
    return None if host and not re.search(r"\s", address) else Phrase("address-host")


def refusal(address: str, reason: Phrase) -> FetchError:
    bare = re.sub(r"//[^/@]*@", "//", address)
    return FetchError("address-refused", address=bare, reason=reason)


def refuse_unfit(asked: str, written: str) -> None:
    """Raises `address-refused`, which shows the address as it is written, when nothing may be asked of it."""
    if fault := fault_of(asked):
        raise refusal(written, fault)


def ips_of(host: str, port: int, private: bool) -> list[str]:
    """The addresses of a host, each judged; `private`: those of private networks are allowed.

    One that is not allowed refuses them all. Raises Unreachable or `address-refused`.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(host=host, reason=getattr(error, "strerror", None) or str(error)) from None
    ips = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for ip in ips:
        if not private and is_private(ip):
            raise refusal(host, Phrase("address-private", ip=ip))
    return ips


def is_private(ip: str) -> bool:
    """Whether an IP address is private, of this machine, of its link, for many, reserved, or leads to such a one."""
    address = _inner(ipaddress.ip_address(ip))
    named = ("is_private", "is_loopback", "is_link_local", "is_multicast", "is_reserved", "is_unspecified")
    return any(getattr(address, name) for name in named) or not address.is_global


def _inner(address: Ip) -> Ip:
    """The IPv4 address that an IPv6 one stands for (mapped, 6to4, Teredo, NAT64), or itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    teredo = address.teredo[1] if address.teredo else None
    nat64 = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return address.ipv4_mapped or address.sixtofour or teredo or nat64 or address
