"""E-mail addresses, URLs that carry a key or a person, and IP addresses."""

from __future__ import annotations

import ipaddress
import re

from vocmine.text.pii.rules import Rule, before

_TELLING = (
    r"token|key|api_?key|auth|code|session|sid|sessionid|sig|signature|password|passwd|pwd|pass|secret|email|mail"
    r"|user|uid|userid|user_id"
    r"|id|account|phone|tel|name|customer|cid|ticket|reset|access|jwt|state"
)
_VERSION = re.compile(
    r"(?:バージョン|ver(?:sion)?|v|ビルド|build|release|ファームウェア|firmware)[.は: ]{0,2}$", re.IGNORECASE
)


def _is_private_url(match: re.Match[str]) -> bool:
    """Tell whether a URL has a user, a telling parameter, a profile or a long random piece in its path."""
    url = match.group()
    if re.search(r"://[^/@\s]+@", url):
        return True
    if re.search(rf"[?&#;](?:[a-z_]*_)?(?:{_TELLING})=[^&\s]+", url, re.IGNORECASE):
        return True
    if re.search(r"/(?:u|users?|profiles?|members?|people|in)/[^/?#]{3,}|/@[^/?#]{2,}", url):
        return True
    return any(_is_random(part) for part in re.split(r"[/?&=#]", url.partition("://")[2])[1:])


def _is_random(part: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z0-9_.%~+-]{16,}", part)) and len(re.findall(r"\d", part)) >= 4


def _is_ipv4(match: re.Match[str]) -> bool:
    return not _VERSION.search(before(match, 14)) and all(int(part) < 256 for part in match.group().split("."))


def _is_ipv6(match: re.Match[str]) -> bool:
    try:
        address = ipaddress.IPv6Address(match.group())
    except ValueError:
        return False
    return len(match.group()) >= 6 and not address.is_unspecified


def _is_spoken_address(match: re.Match[str]) -> bool:
    """Tell "jane99 at example dot com" and "my mail is jane at ..." from "only at example dot com"."""
    user = match.group().partition(" ")[0]
    return bool(re.search(r"[\d._]", user) or re.search(r"mail(?: address)?(?: is|:)? $", before(match), re.IGNORECASE))


_ATOM = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]"
EMAIL_RULES = (
    Rule("email", "email", re.compile(
        rf"(?<![A-Za-z0-9.])[A-Za-z0-9_+]{_ATOM}{{0,63}}@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{{2,24}}(?![A-Za-z])"
    ), 0.98, needs=("@",)),
    Rule("email", "email_ip", re.compile(rf"{_ATOM}{{1,64}}@\[?\d{{1,3}}(?:\.\d{{1,3}}){{3}}\]?"), 0.95, needs=("@",)),
    Rule("email", "email_spelled", re.compile(
        r"(?<![A-Za-z0-9.])[A-Za-z0-9][A-Za-z0-9._+-]{0,63}[ ]?"
        r"(?:\(at\)|\[at\]|アット(?:マーク)?|あっと(?:まーく)?)[ ]?"
        r"[A-Za-z0-9-]+(?:[ ]?(?:\.|\(dot\)|ドット)[ ]?[A-Za-z0-9-]+){1,4}(?![A-Za-z0-9])", re.IGNORECASE
    ), 0.8, needs=("(at)", "[at]", "アット", "あっと")),
    Rule("email", "email_spaced", re.compile(
        r"(?<![A-Za-z0-9.])[A-Za-z0-9][A-Za-z0-9._+-]{0,63}[ ]?@[ ]?"
        r"(?:[A-Za-z0-9-]+\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9])"
    ), 0.8, needs=("@",)),
    Rule("email", "email_said", re.compile(
        r"\b[A-Za-z0-9][A-Za-z0-9._+-]{0,63} at [A-Za-z0-9-]+(?: dot [A-Za-z0-9-]+){1,4}\b", re.IGNORECASE
    ), 0.8, _is_spoken_address, needs=(" at ",)),
    Rule("email", "email_cut", re.compile(
        r"(?<![A-Za-z0-9.@])[A-Za-z0-9][A-Za-z0-9._+-]{2,63}@(?=[ 。、,)）(（ぁ-んァ-ヶ一-龠]|$)"
    ), 0.7, needs=("@",)),
)
URL_RULES = (
    Rule("url", "url_private", re.compile(
        r"(?:https?|ftp)://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"
    , re.IGNORECASE), 0.99, _is_private_url, needs=("://",)),
)
IP_RULES = (
    Rule("ip", "ipv4", re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d]|\.\d)"), 0.9, _is_ipv4, needs=(".",)),
    Rule("ip", "ipv6", re.compile(
        r"(?<![0-9A-Za-z:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![0-9A-Za-z:.])"
    ), 0.9, _is_ipv6, needs=(":",)),
)
