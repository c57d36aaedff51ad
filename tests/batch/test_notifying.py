"""What a run tells of incidents, against a real server: each turn once, again only where it failed, the address never."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from typer.testing import CliRunner

from vocmine import store
from vocmine.batch import demo, notifying, run
from vocmine.batch.incident_files import write_incidents
from vocmine.batch.notifying import Notified, notify, notify_address
from vocmine.cli import app
from vocmine.cost import CostModel
from vocmine.errors import SettingsError
from vocmine.notify import Limits, Told
from vocmine.settings import Settings
from vocmine.stats import Estimate
from vocmine.tagger import Tagger
from vocmine.terminal import closing_lines
from vocmine.topics.tracking.incident import Apart, Incident

DAY = pd.Timestamp("2026-10-12", tz="UTC")
ONE = Incident(
    "i-20261016-1", "QR決済の画面が真っ白になる", "QR payment screen turns white", "open", DAY, DAY, DAY, DAY + pd.Timedelta(days=8), 71, 64, 2.4,
    apart=(Apart("product_version", "5.2.0", 31, 33, 0.04, 1e-19),), cost=Estimate(94_210.0, 89_000.0, 101_000.0), quotes=("画面が真っ白です",),
)
TWO = replace(ONE, incident_id="i-20261018-1", name_ja="荷物が届かない", name_en="Parcels do not arrive")
QUICK = Limits(timeout=10.0, budget=30.0, tries=3, first_wait=0.01)
SECRET = "top-secret-token"


@pytest.fixture(autouse=True)
def _no_variable(monkeypatch):
    monkeypatch.delenv(notifying.VARIABLE, raising=False)


def tell(home, webhook, incidents, lang="ja", **settings):
    return notify(home, incidents, Settings(notify=webhook.url, lang=lang, **settings), "JPY", QUICK)


def titles(webhook):
    return [post["title"] for post in webhook.posts]


def test_twice_in_a_row_is_one_post(tmp_path, webhook):
    first = tell(tmp_path, webhook, [ONE])
    before = (tmp_path / ".notified.json").read_bytes()
    second = tell(tmp_path, webhook, [ONE])
    assert titles(webhook) == ["新しいインシデント: QR決済の画面が真っ白になる"]
    assert (first.n_sent, first.n_failed, first.lines) == (1, 0, ("通知: 1件を127.0.0.1へ送りました",))
    assert second == Notified("127.0.0.1", "generic")
    assert (tmp_path / ".notified.json").read_bytes() == before


def test_each_turn_is_told_once(tmp_path, webhook):
    for state in ("open", "growing", "growing", "open", "growing", "easing", "over", "over", "growing", "growing", "over"):
        tell(tmp_path, webhook, [replace(ONE, state=state), TWO], lang="en")
    assert [title for title in titles(webhook) if "QR" in title] == [f"{turn}: QR payment screen turns white" for turn in ("New incident", "Incident is growing", "Incident is easing", "Incident is over", "Incident is back")]
    assert sum("Parcels" in title for title in titles(webhook)) == 1


def test_only_what_is_wanted_is_told(tmp_path, webhook):
    for state in ("open", "growing", "over"):
        tell(tmp_path, webhook, [replace(ONE, state=state)], lang="en", notify_states=("over",))
    assert titles(webhook) == ["Incident is over: QR payment screen turns white"]


def test_what_was_over_before_anybody_looked_is_not_told(tmp_path, webhook):
    assert tell(tmp_path, webhook, [replace(ONE, state="over")]) == Notified("127.0.0.1", "generic")
    assert webhook.posts == [] and not (tmp_path / ".notified.json").exists()


def test_another_address_is_told_anew(tmp_path, webhook):
    tell(tmp_path, webhook, [ONE])
    notify(tmp_path, [ONE], Settings(notify=f"{webhook.url}-2"), "JPY", QUICK)
    assert len(webhook.posts) == 2


@pytest.mark.parametrize(("answers", "words"), [
    ([404], "HTTP 404"), ([500] * 3, "HTTP 500"), (["close"] * 3, "接続できません"), ([(302, {"Location": "/login"}, "")], "HTTP 302"), ([(429, {"Retry-After": "900"}, "")], "待つよう求められました"),
])
def test_what_failed_is_said_and_told_by_the_next_run(tmp_path, webhook, answers, words):
    webhook.answers = list(answers)
    failed = tell(tmp_path, webhook, [ONE, TWO])
    assert (failed.n_sent, failed.n_failed) == (0, 2)
    (line,) = failed.lines
    assert words in line and "2件" in line and SECRET not in line
    webhook.posts.clear()
    done = tell(tmp_path, webhook, [replace(ONE, state="growing"), TWO])
    assert (done.n_sent, done.n_failed) == (2, 0)
    assert titles(webhook)[0].startswith("新しいインシデント")  # nobody has heard of it yet


def test_what_failed_while_it_went_on_is_told_when_it_is_over(tmp_path, webhook):
    webhook.answers = [404]
    tell(tmp_path, webhook, [ONE])
    tell(tmp_path, webhook, [replace(ONE, state="over")], lang="en")
    tell(tmp_path, webhook, [replace(ONE, state="over")], lang="en")
    assert titles(webhook)[1:] == ["Incident is over: QR payment screen turns white"]


def test_a_message_that_is_refused_does_not_hold_up_the_next(tmp_path, webhook):
    webhook.answers = [400]
    done = tell(tmp_path, webhook, [ONE, TWO], lang="en")
    assert (done.n_sent, done.n_failed) == (1, 1)
    assert done.lines == ("notified: 1 sent to 127.0.0.1", "not notified: 1 could not be sent to 127.0.0.1 (HTTP 400); the next run tries again")


def test_killed_between_post_and_note_it_is_told_again_with_the_same_key(tmp_path, webhook, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Told, "mark", killed)
        tell(tmp_path, webhook, [ONE, TWO])
    tell(tmp_path, webhook, [ONE, TWO])
    assert len(webhook.posts) == 3
    keys = [headers["Idempotency-Key"] for headers in webhook.headers]
    assert keys[0] == keys[1] != keys[2]


def test_killed_after_the_first_note_the_first_is_not_told_again(tmp_path, webhook, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(notifying.Sender, "post", stop_at_second(notifying.Sender.post))
        tell(tmp_path, webhook, [ONE, TWO])
    tell(tmp_path, webhook, [ONE, TWO])
    assert [title.split(": ")[1] for title in titles(webhook)] == [ONE.name_ja, TWO.name_ja]


def stop_at_second(post):
    calls = []

    def stopped(self, *args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return post(self, *args)

    return stopped


def test_a_damaged_record_sends_nothing(tmp_path, webhook):
    (tmp_path / ".notified.json").write_text("{")
    done = tell(tmp_path, webhook, [ONE])
    assert webhook.posts == [] and done.n_sent == 0
    assert ".notified.json" in done.lines[0]


@pytest.mark.parametrize("form", ["slack", "teams", "generic"])
def test_the_format_may_be_told(tmp_path, webhook, form):
    tell(tmp_path, webhook, [ONE], notify_format=form)
    assert {"slack": "blocks", "teams": "attachments", "generic": "event"}[form] in webhook.posts[0]


def test_bodies_of_issues_are_kept_for_what_goes_on(tmp_path, webhook):
    assert notify(tmp_path, [ONE, TWO], Settings(), "JPY") == Notified()  # no address is needed
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {f"notify/{tracker}/{one.incident_id}.json" for tracker in ("jira", "github") for one in (ONE, TWO)}
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    notify(tmp_path, [ONE, TWO], Settings(), "JPY")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.json")} == before
    notify(tmp_path, [replace(ONE, state="over"), TWO], Settings(), "JPY")
    assert {path.stem for path in tmp_path.rglob("*.json")} == {TWO.incident_id}
    made = json.loads((tmp_path / "notify" / "jira" / f"{TWO.incident_id}.json").read_text(encoding="utf-8"))
    assert made["fields"]["summary"] == "インシデント: 荷物が届かない"


@pytest.mark.parametrize("incident_id", ["../../evil", "/etc/passwd", "..", "", "a/b", "CON:", "x" * 300, "<!here>", "i\x00", "あ", "\ud800"])
def test_an_id_leads_nowhere_else(tmp_path, incident_id):
    home = tmp_path / "a" / "b" / "out"
    notify(home, [replace(ONE, incident_id=incident_id)], Settings())
    files = [path.relative_to(home) for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(str(path.parent) for path in files) == ["notify/github", "notify/jira"]
    assert all(re.fullmatch(r"incident-[0-9a-f]{16}\.json", path.name) for path in files)


def test_where_the_address_comes_from(monkeypatch):
    assert notify_address(Settings()) is None
    monkeypatch.setenv(notifying.VARIABLE, "https://hooks.slack.com/services/x")
    assert repr(notify_address(Settings())) == "Address(host='hooks.slack.com', format='slack')"
    assert notify_address(Settings(notify="https://example.com/y")).host == "example.com"
    assert notify_address(Settings(notify="")) is None
    monkeypatch.setenv(notifying.VARIABLE, f"gopher://{SECRET}")
    with pytest.raises(SettingsError) as error:
        notify_address(Settings())
    assert SECRET not in str(error.value)


def test_numbers_for_the_record_of_the_run(tmp_path, webhook):
    assert Notified().to_dict() is None
    webhook.answers = [200, 404]
    assert tell(tmp_path, webhook, [ONE, TWO]).to_dict() == {"host": "127.0.0.1", "format": "generic", "sent": 1, "failed": 1}


@pytest.fixture(scope="module")
def contacts(tmp_path_factory):
    path = tmp_path_factory.mktemp("files") / "a.csv"
    rows = [{"contact_id": f"c{i}", "created_at": "2026-10-20 10:00", "channel": "call", "text": "返金してください", "handle_seconds": 60} for i in range(4)]
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


@pytest.fixture
def found(monkeypatch):
    """Let runs find one incident: how they are found is told elsewhere."""

    def find_one(home, *_):
        write_incidents(home, [ONE])
        return (ONE,)

    monkeypatch.setattr("vocmine.batch.report_inputs.find_incidents", find_one)


@pytest.mark.usefixtures("found")
def test_a_run_tells_last_and_keeps_the_address_to_itself(tmp_path, webhook, contacts, monkeypatch):
    monkeypatch.setattr(notifying, "Limits", lambda: QUICK)
    out = tmp_path / "out"
    settings = Settings(topics=False, notify=webhook.url, lang="en")
    for answers, sent, failed in ([404], 0, 1), ([], 1, 0), ([], 0, 0):
        webhook.answers = list(answers)
        result = list(run([contacts], out, tagger=Tagger(), settings=settings))[-1].result
        assert (result.notified.n_sent, result.notified.n_failed, result.exit_code) == (sent, failed, 0)
        assert [line for line in closing_lines(result, "en") if "notified" in line] == list(result.notified.lines)
        made = json.loads((out / "run.json").read_text(encoding="utf-8"))
        assert made["notified"] == {"host": "127.0.0.1", "format": "generic", "sent": sent, "failed": failed}
        assert "notify/jira/i-20261016-1.json" in made["made"]
        assert not [path for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert len(webhook.posts) == 2


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize(("model", "currency"), [(None, None), (CostModel.hours_only(), None), (CostModel(rate_per_minute={"call": 60.0}, currency="JPY"), "JPY")])
def test_hours_are_not_told_as_money(tmp_path, webhook, contacts, model, currency):
    list(run([contacts], tmp_path / "out", tagger=Tagger(), model=model, settings=Settings(topics=False, notify=webhook.url)))
    assert webhook.posts[0]["incident"]["currency"] == currency
    assert ("人件費" in webhook.posts[0]["text"]) == (currency == "JPY")


@pytest.mark.usefixtures("found")
def test_the_command_posts_in_the_shape_that_is_named(tmp_path, webhook, contacts, monkeypatch):
    out = tmp_path / "out"
    (tmp_path / "s.yaml").write_text("topics: false\nlang: en\n")
    words = ["run", "--contacts", str(contacts), "--out", str(out), "--settings", str(tmp_path / "s.yaml")]
    done = CliRunner().invoke(app, [*words, "--notify", webhook.url, "--notify-format", "slack"])
    assert done.exit_code == 0, done.output
    assert "notified: 1 sent to 127.0.0.1" in done.output and SECRET not in done.output
    assert webhook.posts[0]["blocks"][0]["text"]["text"] == "New incident: QR payment screen turns white"
    del done  # it holds the run, and the run the lock of the folder
    monkeypatch.setenv(notifying.VARIABLE, webhook.url)
    assert CliRunner().invoke(app, words).exit_code == 0
    assert len(webhook.posts) == 1


def test_the_demo_tells_nobody(tmp_path, monkeypatch):
    given = {}
    monkeypatch.setenv(notifying.VARIABLE, "https://hooks.slack.com/services/x")
    monkeypatch.setattr("vocmine.batch._demo.run", lambda *_, **words: given.update(words) or iter(()))
    list(demo(tmp_path, days=7, per_day=10))
    assert notify_address(given["settings"]) is None


def test_a_wrong_address_stops_a_run_before_the_work(tmp_path, contacts):
    with pytest.raises(SettingsError, match="not an address to post to"):
        list(run([contacts], tmp_path / "out", settings=Settings(notify="file:///etc/passwd")))
    assert not (tmp_path / "out").exists()


def test_the_disk_is_full_after_the_post(tmp_path, webhook, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr("vocmine.notify.told.write_atomic", full)
        tell(tmp_path, webhook, [ONE])
    assert not (tmp_path / ".notified.json").exists()
    tell(tmp_path, webhook, [ONE])
    assert len(webhook.posts) == 2 and store.write_atomic is not full
