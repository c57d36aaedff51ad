"""The command line as its users type it: exit codes, one-line errors, several files, the single steps."""

from __future__ import annotations

import re
import subprocess
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

from vocmine.cli import app, spread
from vocmine.errors import SettingsError

RUNNER = CliRunner()
COSTS = "currency: JPY\nrate_per_minute:\n  call: 60\n  chat: 50\n"
TEXTS = ["料金が二重に請求された。返金してほしい", "アプリが落ちて困る", "荷物が届かない", "パスワードを忘れた", "解約したい"]


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.fixture
def files(tmp_path):
    rows = [(f"c{i}", "2026-11-20 10:00", ["call", "chat"][i % 2], f"{TEXTS[i % 5]} その{i}", 300, "r" + str(i % 2)) for i in range(40)]
    columns = ["contact_id", "created_at", "channel", "text", "handle_seconds", "reason"]
    pd.DataFrame(rows[:30], columns=columns).to_csv(tmp_path / "a.csv", index=False)
    pd.DataFrame(rows[30:], columns=columns).to_csv(tmp_path / "b.csv", index=False)
    (tmp_path / "bad.csv").write_text("contact_id,created_at,channel,text\n1,never,call,x\n2,2026-11-20,call,料金の件\n")
    (tmp_path / "costs.yaml").write_text(COSTS)
    (tmp_path / "settings.yaml").write_text("topics: false\n")
    return tmp_path


def vocmine(*words):
    result = RUNNER.invoke(app, spread([str(w) for w in words]))
    return result.exit_code, plain(result.output)


def test_every_command_has_help_with_an_example():
    code, text = vocmine("--help")
    assert code == 0
    for command in ("demo", "run", "check", "fit", "propose", "tag", "topics", "audit", "backtest", "cost", "report"):
        assert command in text
        code, help_text = vocmine(command, "--help")
        assert code == 0
        assert f"vocmine {command} --" in " ".join(help_text.split())


def test_a_page_without_contacts_holds_sums_alone(files):
    from vocmine.report.explore.encode import decode

    words = ("run", "--contacts", files / "a.csv", "--settings", files / "settings.yaml", "--costs", files / "costs.yaml")
    for more, there in (((), True), (("--no-contacts", "--fold-below", 3), False)):
        code, text = vocmine(*words, "--out", files / "out", *more)
        assert code == 0, text
        page = (files / "out" / "report.html").read_text(encoding="utf-8")
        data = decode(page.partition('data-encoding="gzip-base64">')[2].partition("<")[0])
        assert data["has_contacts"] is there
        assert data["fold"] == (5 if there else 3)
    code, text = vocmine(*words, "--out", files / "out", "--fold-below", 0)
    assert code == 2


def test_the_daily_job_and_its_single_steps(files):
    out = files / "out"
    code, text = vocmine("run", "--contacts", files / "a.csv", files / "b.csv", "--out", out, "--costs", files / "costs.yaml",
                         "--settings", files / "settings.yaml", "--lang", "en")
    assert code == 0, text
    assert "40 rows read, 40 accepted, 0 rejected" in text
    assert str(out / "report.html") in text.replace("\n", "")
    code, text = vocmine("audit", "--out", out, "--n", 12, "--to", files / "audit.csv")
    assert code == 0, text
    drawn = pd.read_csv(files / "audit.csv", encoding="utf-8-sig")
    assert len(drawn) == 12
    drawn.assign(label=drawn["label_tag"]).to_csv(files / "audit.csv", index=False)
    code, text = vocmine("cost", "--out", out, "--costs", files / "costs.yaml", "--audit", files / "audit.csv")
    assert code == 0, text
    assert "人手で確かめた12件" in text
    drawn.assign(label=drawn["label_tag"], drawn_on="2024-01-31").to_csv(files / "old.csv", index=False)
    code, text = vocmine("report", "--out", out, "--costs", files / "costs.yaml", "--lang", "en",
                         "--audit", files / "audit.csv", files / "old.csv")
    assert code == 0, text
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "1 of 2 audits still hold" in page
    assert "not used: too old" in page
    code, text = vocmine("report", "--out", out, "--costs", files / "costs.yaml", "--lang", "ja")
    assert code == 0, text
    assert (out / "report.html").stat().st_size > 5_000
    before = (out / "report.html").read_bytes()
    cut = ("report", "--out", out, "--costs", files / "costs.yaml", "--lang", "en")
    code, text = vocmine(*cut, "--channel", "CALL", "--to", files / "calls.html")
    assert code == 0, text
    assert "Channel “Phone”: " in text.replace("\n", "") and (files / "calls.html").exists()
    code, text = vocmine(*cut, "--each", "channel")
    assert code == 0, text
    assert (out / "reports" / "channel-call.html").exists() and (out / "report.html").read_bytes() == before
    assert "the last run had" not in text
    code, text = vocmine("report", "--out", out, "--lang", "en", "--to", files / "hours.html")  # no rates: hours, and it is said
    assert code == 0 and "the last run had --costs and this command has not" in text.replace("\n", " "), text
    code, text = vocmine("cost", "--out", out, "--audit", files / "audit.csv")
    assert code == 0 and "前回の実行にあった --costs が指定されていない" in text.replace("\n", ""), text
    result = RUNNER.invoke(app, ["report", "--out", str(out), "--channel", "calll"])
    assert "did you mean call" in str(result.exception)


def test_a_trade_is_chosen_by_name(files):
    code, text = vocmine("tag", "--contacts", files / "a.csv", "--to", files / "tags.csv", "--trade", "saas")
    assert code == 0, text
    tags = pd.read_csv(files / "tags.csv", encoding="utf-8-sig")
    assert "account.password" in set(tags["label"]) and "delivery.not_arrived" not in set(tags["label"])
    (files / "reasons.yaml").write_text("uses: [billing.refund, contract.cancel]\n")
    code, text = vocmine("tag", "--contacts", files / "a.csv", "--to", files / "t.csv", "--taxonomy", files / "reasons.yaml")
    assert code == 0, text
    for words, said in (
        (("--trade", "saas", "--taxonomy", files / "reasons.yaml"), "two lists of reasons"),
        (("--trade", "hotell"), "did you mean travel_hotel"),
    ):
        result = RUNNER.invoke(app, ["tag", "--contacts", str(files / "a.csv"), "--to", str(files / "x.csv"), *map(str, words)])
        assert result.exit_code != 0 and said in str(result.exception)
    (files / "trade.yaml").write_text("trade: hotell\n")
    result = RUNNER.invoke(app, ["run", "--contacts", str(files / "a.csv"), "--out", str(files / "o"), "--settings", str(files / "trade.yaml")])
    assert "did you mean travel_hotel" in str(result.exception) and not (files / "o").exists()


def test_trades_are_listed_and_fitted(files):
    code, text = vocmine("trades", "--lang", "en")
    assert code == 0 and "travel_hotel" in text and len(text.splitlines()) == 11
    texts = [f"チェックインは何時からですか。{n}名です" for n in range(30)]
    pd.DataFrame({"contact_id": range(30), "created_at": "2026-11-20", "channel": "call", "text": texts}).to_csv(
        files / "hotel.csv", index=False)
    code, text = vocmine("trades", "--contacts", files / "hotel.csv", "--lang", "en")
    assert code == 0 and text.startswith("These contacts look like: Travel and hotels"), text


def test_a_list_that_does_not_fit_is_said_before_the_results(files):
    texts = [f"チェックインは何時からですか。{n}名です" for n in range(30)]
    pd.DataFrame({"contact_id": range(30), "created_at": "2026-11-20", "channel": "call", "text": texts}).to_csv(
        files / "hotel.csv", index=False)
    (files / "own.yaml").write_text("uses: [billing.refund, contract.cancel]\n")
    code, text = vocmine("tag", "--contacts", files / "hotel.csv", "--to", files / "t.csv", "--taxonomy", files / "own.yaml")
    assert code == 0 and text.startswith("The list of reasons does not fit"), text
    assert "--trade travel_hotel" in text


def test_migrate_needs_a_list(files):
    result = RUNNER.invoke(app, ["migrate", "--out", str(files)])
    assert "--taxonomy or --trade" in str(result.exception)


def test_fit_then_run_with_the_model(files):
    code, text = vocmine("fit", "--contacts", files / "a.csv", "--label", "reason", "--out", files / "model")
    assert code == 0, text
    assert "learned 2 reasons from 30 contacts" in text
    assert (files / "model" / "doubtful_labels.csv").exists()
    code, text = vocmine("tag", "--contacts", files / "b.csv", "--to", files / "tags.csv", "--taxonomy", files / "model")
    assert code == 0, text
    tags = pd.read_csv(files / "tags.csv", encoding="utf-8-sig")
    assert set(tags.loc[tags.kind == "reason", "label"]) <= {"r0", "r1", "unknown"}


def test_fit_without_labels(files):
    (files / "own.yaml").write_text("reasons: [{id: pay, name: 料金}, {id: net, name: 通信}]", "utf-8")
    code, text = vocmine("fit", "--contacts", files / "a.csv", "--taxonomy", files / "own.yaml", "--out", files / "alone")
    assert code == 0, text
    assert "learned 2 reasons from" in text and "without labels" in text and "nobody has checked" in text
    code, text = vocmine("tag", "--contacts", files / "b.csv", "--to", files / "tags.csv", "--taxonomy", files / "alone")
    assert code == 0, text


def test_labels_are_asked_for_and_a_changed_list_keeps_history(files):
    out = files / "out"
    (files / "old.yaml").write_text("reasons: [{id: pay, name: 料金}, {id: net, name: 通信}]", "utf-8")
    (files / "new.yaml").write_text("reasons: [{id: money, name: 料金}, {id: net, name: 通信}]", "utf-8")
    words = ("--out", out, "--settings", files / "settings.yaml", "--lang", "en")
    code, text = vocmine("run", "--contacts", files / "a.csv", "--taxonomy", files / "old.yaml", *words)
    assert code == 0, text
    code, text = vocmine("suggest", "--out", out, "--n", 5, "--to", files / "label.csv", "--taxonomy", files / "old.yaml")
    assert code == 0, text
    assert len(pd.read_csv(files / "label.csv", encoding="utf-8-sig")) <= 5
    code, text = vocmine("run", "--contacts", files / "b.csv", "--taxonomy", files / "new.yaml", *words)
    assert "1 reason(s) of earlier results (pay)" in " ".join(text.split())
    code, text = vocmine("migrate", "--out", out, "--taxonomy", files / "new.yaml")
    assert code == 0, text
    assert "renumbered: pay -> money" in text
    code, text = vocmine("run", "--contacts", files / "b.csv", "--taxonomy", files / "new.yaml", *words)
    assert "of earlier results" not in text


def test_rejected_rows_give_exit_code_3(files):
    code, text = vocmine("check", "--contacts", files / "bad.csv", "--rejected", files / "rejected.csv")
    assert code == 3
    assert "2 rows read, 1 accepted, 1 rejected" in text
    assert "bad_date: 1" in text
    assert pd.read_csv(files / "rejected.csv")["row"].tolist() == [2]
    code, text = vocmine("check", "--contacts", files / "a.csv")
    assert code == 0


def in_shell(*words):
    return subprocess.run([sys.executable, "-m", "vocmine.cli", *map(str, words)], capture_output=True, text=True, check=False)


def test_mistakes_end_in_one_line_and_their_exit_code(files):
    wrong = files / "wrong.yaml"
    wrong.write_text("chunk_size: 5\nlang: fr\n")
    done = in_shell("run", "--contacts", files / "a.csv", "--out", files / "o", "--settings", wrong)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "did you mean chunk_rows?" in done.stderr
    assert "Traceback" not in done.stderr
    done = in_shell("run", "--contacts", files / "none.csv", "--out", files / "o")
    assert done.returncode == 1
    assert "no such file" in done.stderr
    done = in_shell("run", "--out", files / "o")
    assert done.returncode == 2


def test_where_most_reasons_are_unknown_the_last_words_say_what_helps(files):
    texts = ["庭の池に鯉がいた", "窓から電車が見えた", "犬が吠えていた", "桜が咲いていた"] * 15
    rows = [(f"k{i}", "2026-11-20", "survey", text) for i, text in enumerate(texts)]
    pd.DataFrame(rows, columns=["contact_id", "created_at", "channel", "text"]).to_csv(files / "c.csv", index=False)
    words = ("run", "--contacts", files / "c.csv", "--out", files / "o", "--settings", files / "settings.yaml", "--lang", "en")
    code, text = vocmine(*words)
    assert code == 0, text
    assert "vocmine propose" in " ".join(text.split())


def test_places_that_can_not_be_written_end_in_one_line(files):
    (files / "taken").write_text("")
    done = in_shell("run", "--contacts", files / "a.csv", "--out", files / "taken")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "this is a file" in done.stderr
    done = in_shell("run", "--contacts", files / "a.csv", "--out", "/proc/none")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    done = in_shell("check", "--contacts", files / "a.csv", "--rejected", "/proc/none/rejected.csv")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "No such file or directory; where: /proc/none" in done.stderr
    (files / "empty").mkdir()
    done = in_shell("check", "--contacts", files / "empty")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "no contact files" in done.stderr


def test_a_list_is_drafted_edited_and_used(tmp_path):
    from tests.proposals.conftest import contacts
    from vocmine.batch import propose_files
    from vocmine.settings import load_settings

    told = contacts()
    rows = pd.DataFrame({"contact_id": [f"c{i}" for i in range(len(told))], "created_at": "2026-11-20 10:00", "channel": "call", "text": told["text"]})
    rows.to_csv(tmp_path / "a.csv", index=False)
    code, text = vocmine("propose", "--contacts", tmp_path / "a.csv", "--out", tmp_path / "reasons.yaml", "--lang", "ja")
    assert code == 0, text
    assert "個の理由を下書きしました" in text
    draft = (tmp_path / "reasons.yaml").read_text(encoding="utf-8")
    assert draft.startswith("# vocmineが")
    code, text = vocmine("tag", "--contacts", tmp_path / "a.csv", "--taxonomy", tmp_path / "reasons.yaml", "--to", tmp_path / "tags.csv")
    assert code == 0, text
    tags = pd.read_csv(tmp_path / "tags.csv", encoding="utf-8-sig")
    reasons = tags[tags["kind"] == "reason"]
    assert (reasons["label"] != "unknown").mean() > 0.7
    code, text = vocmine("propose", "--contacts", tmp_path / "a.csv", "--out", tmp_path / "next.yaml", "--previous", tmp_path / "reasons.yaml",
                         "--lang", "en")
    assert code == 0, text
    assert "as in the previous list" in text
    with pytest.raises(SettingsError, match="written over the previous one"):
        propose_files([tmp_path / "a.csv"], tmp_path / "reasons.yaml", None, load_settings(), tmp_path / "reasons.yaml")
    assert (tmp_path / "reasons.yaml").read_text(encoding="utf-8") == draft
