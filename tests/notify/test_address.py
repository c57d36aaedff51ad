"""An address is checked before the work, its shape is seen, and it is never shown."""

from __future__ import annotations

import pickle

import pytest

from vocmine.errors import SettingsError
from vocmine.notify import read_address

SECRET = "T0123/B0123/abcdefghij"


@pytest.mark.parametrize(("url", "form"), [
    (f"https://hooks.slack.com/services/{SECRET}", "slack"), (f"https://HOOKS.slack.com/triggers/{SECRET}", "slack"), (f"https://hooks.slack-gov.com/services/{SECRET}", "slack"),
    (f"https://contoso.webhook.office.com/webhookb2/{SECRET}", "teams"), (f"https://prod-12.japaneast.logic.azure.com:443/workflows/{SECRET}", "teams"),
    (f"https://default1.environment.api.powerplatform.com:443/powerautomate/automations/direct/{SECRET}", "teams"), (f"https://make.powerautomate.com/{SECRET}", "teams"),
    (f"https://hooks.slack.com.evil.example/{SECRET}", "generic"), (f"https://nothooks.slack.com/{SECRET}", "generic"), (f"https://evil.example/?hooks.slack.com={SECRET}", "generic"),
    (f"http://localhost:8080/{SECRET}", "generic"), (f"http://[::1]:8080/{SECRET}", "generic"),
])
def test_the_shape_is_seen_in_the_host_alone(url, form):
    address = read_address(f" {url}\n")
    assert (address.url, address.format) == (url, form)
    assert SECRET not in repr(address) and SECRET not in address.fingerprint
    assert read_address(url, "generic").format == "generic"


@pytest.mark.parametrize("text", [
    f"ftp://example.com/{SECRET}", f"file:///{SECRET}", f"hooks.slack.com/services/{SECRET}", f"https:///{SECRET}", f"https://user:{SECRET}@example.com/", f"https://example.com/ {SECRET}", f"https://example.com:99999/{SECRET}",
    f"https://example.com:0/{SECRET}", f"https://a..b/{SECRET}", f"https://{'a' * 64}.example/{SECRET}", f"https://例え.jp/{SECRET}", f"javascript:alert('{SECRET}')", SECRET, f"https://[::1/{SECRET}", f"https://a\r\nHost: b/{SECRET}",
])
def test_what_is_no_address_is_refused_without_being_shown(text):
    with pytest.raises(SettingsError, match="not an address to post to; where: notify") as error:
        read_address(text)
    assert SECRET not in str(error.value) and SECRET not in repr(error.value)


def test_an_unknown_format_is_told():
    with pytest.raises(SettingsError, match="unknown format; where: notify_format; got: 'discord'; expected: slack, teams, generic"):
        read_address("https://example.com/x", "discord")


def test_two_addresses_have_two_fingerprints_and_one_keeps_its_own():
    one, two = read_address("https://example.com/1"), read_address("https://example.com/2")
    assert one.fingerprint != two.fingerprint
    assert pickle.loads(pickle.dumps(one)).fingerprint == read_address("https://example.com/1").fingerprint
