"""Marks the fast tests, which `make check` runs: all but the slow ones, the browser and what is listed here."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)

# Files that read, fit or start much: each takes some seconds on a quiet core. What is not listed is fast.
SLOWER = (
    "audits/test_by_cost.py",
    "audits/test_drift.py",
    "audits/test_page.py",
    "audits/test_pool.py",
    "audits/test_workbook.py",
    "batch/*",
    "classify/reasons/*",
    "classify/sentiment/test_pretrained.py",
    "classify/taxonomy/test_courtesy.py",
    "classify/test_aspects.py",
    "classify/test_aspects_sentences.py",
    "contacts/simulator/*",
    "cost/test_assisted.py",
    "cost/test_audit_plan.py",
    "cost/test_audited.py",
    "cost/test_decomposition.py",
    "cost/test_fix_effect.py",
    "cost/test_keys.py",
    "cost/test_label_plan.py",
    "embed/*",
    "fuzz/*",
    "journeys/test_breaks.py",
    "journeys/test_centre.py",
    "journeys/test_rates.py",
    "notebooks/*",
    "notify/test_delivery.py",
    "notify/test_webhooks.py",
    "report/render/test_figures.py",
    "report/render/test_html.py",
    "report/render/test_workbook.py",
    "report/test_browser.py",
    "report/test_build.py",
    "scripts/*",
    "study/*",
    "test_cli.py",
    "test_contract.py",
    "test_demo.py",
    "test_linalg.py",
    "test_readme.py",
    "test_spark.py",
    "test_tampered.py",
    "text/pii/test_deep.py",
    "text/test_parse.py",
    "text/test_phrases.py",
    "topics/*",
)
HERE = Path(__file__).parent


def _is_slower(path: Path) -> bool:
    return not path.is_relative_to(HERE) or any(fnmatch(path.relative_to(HERE).as_posix(), name) for name in SLOWER)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import what `-m fast` would leave out: importing is a quarter of its time."""
    leave = config.option.markexpr == "fast" and collection_path.suffix == ".py" and _is_slower(collection_path)
    return True if leave and collection_path.name != "conftest.py" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the mark `fast` to what has no mark for slow, is not listed above, and is no doctest."""
    for item in items:
        if not _is_slower(Path(item.path)) and not any(item.get_closest_marker(name) for name in ("slow", "browser")):
            item.add_marker("fast")


@pytest.fixture(scope="module")
def browser():
    """Give a real, headless Chromium; tests that need one are skipped where none is installed."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium is installed here (Debian: apt-get install chromium fonts-noto-cjk)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        yield made
        made.close()


@pytest.fixture
def webhook(monkeypatch):
    """Give a real server on this machine: it keeps what is posted, and answers as `answers` says, then with 200.

    An answer is a status, a status with headers and text, "close", or a number of seconds to wait as a text.
    """
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    seen = SimpleNamespace(answers=[], posts=[], paths=[], headers=[], methods=[], done=threading.Event())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen.methods.append(self.command)
            seen.paths.append(self.path)
            seen.headers.append(dict(self.headers))
            seen.posts.append(json.loads(body) if body else None)
            answer = seen.answers.pop(0) if seen.answers else 200
            if answer == "close":
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            if isinstance(answer, str):
                seen.done.wait(float(answer))
                answer = 200
            status, headers, text = answer if isinstance(answer, tuple) else (answer, {}, "ok")
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(text.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST

        def log_message(self, *words):
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request, client_address):  # who hung up is no news here
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        seen.port = server.server_port
        seen.url = f"http://127.0.0.1:{seen.port}/hook/top-secret-token"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield seen
        seen.done.set()
        server.shutdown()
        thread.join()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes by its length, a packed one without: it holds the time, and each process must name it alike."""
    if not isinstance(val, bytes):
        return None
    return f"{argname}-packed" if val.startswith((b"PK", b"\x1f\x8b")) else f"{argname}-{len(val)}-bytes"
