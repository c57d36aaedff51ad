"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import codecs
import json
import re
import zipfile
import zlib
from pathlib import Path

from vocmine.contacts.reading import Notes
from vocmine.errors import ContactError

_HEAD = 1 << 16
_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAGIC = (
    (b"PAR1", "parquet"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!", "rar"), (b"%PDF", "pdf"),
    (b"SQLite format 3\x00", "sqlite"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"),
    (b"RIFF", "audio"), (b"OggS", "audio"), (b"ID3\x03", "audio"), (b"ID3\x04", "audio"), (b"Obj\x01", "avro"),
    (b"ARROW1", "arrow"), (b"!BDN", "pst"), (b"{\\rtf", "rtf"),
)
_ENDINGS: dict[str, tuple[str, ...]] = {
    ".csv": ("text",), ".tsv": ("text",), ".tab": ("text",), ".xlsx": ("xlsx",), ".xlsm": ("xlsx",), ".xlsb": ("xlsb",),
    ".xls": ("xls",), ".ods": ("ods",), ".json": ("json", "jsonl"), ".jsonl": ("json", "jsonl"),
    ".ndjson": ("json", "jsonl"), ".parquet": ("parquet",), ".pq": ("parquet",), ".vtt": ("vtt",), ".srt": ("srt",),
}
_SYSTEMS = ("vtt", "srt", "line", "js")  # told by their content alone
_BINARY = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".json", ".jsonl", ".ndjson", ".parquet", ".pq")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SRT = re.compile(r"\d+\s*\r?\n\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->")
_MAILBOX = re.compile(r"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [^\n]*\d{4}\s*\n")
# at least three of these, a line each, before the first empty line
_MAIL = re.compile(
    r"^(?:From|To|Cc|Subject|Date|Sent|Received|Return-Path|Message-ID|MIME-Version|Content-Type|Delivered-To|Reply-To"
    r"|X-[\w-]+|差出人|宛先|件名|送信日時)\s*[:：]\s*\S", re.MULTILINE,
)
_MAIL_CHARS = 4_000
_REFUSED = {
    "locked": ("the workbook has a password", "save it without one"),
    "zstd": ("a file packed with zstd", "unpack it first"),
    "7z": ("a 7z archive", "unpack it first"),
    "rar": ("a RAR archive", "unpack it first"),
    "tar": ("a tar archive", "unpack it first"),
    "pdf": ("a PDF document, which has no rows", "export the data as CSV or .xlsx"),
    "image": ("an image", "export the data as CSV or .xlsx"),
    "audio": ("a sound or film file", "give its transcript (.vtt, .srt, JSON or CSV)"),
    "sqlite": ("an SQLite database", "read it as sqlite:///name.db with a query"),
    "avro": ("an Avro file", "convert it to Parquet"),
    "arrow": ("an Arrow (Feather) file", "convert it to Parquet"),
    "pst": ("an Outlook data file", "export the messages as CSV"),
    "mail": ("an e-mail or a mailbox", "export the messages as CSV with columns of sender, date, subject and body"),
    "rtf": ("a text with formats (RTF)", "export the data as CSV or .xlsx"),
    "docx": ("a document or a presentation, not a workbook", "export the data as CSV or .xlsx"),
    "xml": ("XML, perhaps saved under the name of a workbook", "open it in a spreadsheet and save it as .xlsx or CSV"),
    "ole": ("an old Office file that is no workbook", "export the data as CSV or .xlsx"),
}


def content_kind(path: Path) -> str:
    r"""Tell what a file is by its first bytes.

    Returns
    -------
    str
        ``empty``; ``xlsx``, ``xlsb``, ``ods``, ``xls``; ``parquet``; ``gzip``, ``bzip2``, ``xz``, ``zip``; ``json``,
        ``jsonl``; ``html``; ``vtt``, ``srt``, ``line`` (LINE talk history), ``js`` (X archive); ``text`` (a table or
        anything else); or one of what `refuse_kind` refuses.

    Raises
    ------
    ContactError
        If it can't be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as d:
    ...     file = Path(d) / "a.csv"
    ...     _ = file.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n")
    ...     content_kind(file)
    'vtt'
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if head.startswith(_OLE):
                return _ole_kind(head + file.read(1 << 22))
    except OSError as error:
        raise ContactError("the file can't be read", where=path.name, got=error.strerror or "") from None
    if head.startswith(b"PK") and zipfile.is_zipfile(path):
        return _zip_kind(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    return _text_kind(head)


def refuse_kind(kind: str, name: str) -> None:
    """Raise ContactError with what to do, where the kind of a file is known and can't be read.

    Examples
    --------
    >>> refuse_kind("locked", "calls.xlsx")
    Traceback (most recent call last):
    vocmine.errors.ContactError: the workbook has a password; where: calls.xlsx; save it without one
    """
    if kind == "empty":
        raise ContactError("the file is empty", where=name, expected="a line of column names, then rows")
    if kind in _REFUSED:
        what, hint = _REFUSED[kind]
        raise ContactError(what if kind == "locked" else f"this is {what}", where=name, hint=hint)


def file_format(path: Path, name: str, ending: str, notes: Notes) -> str:
    """Choose how to read a file: by its content where that is sure, by its ending where it is any text.

    Parameters
    ----------
    path, name, ending
        As of a `vocmine.contacts.places.Place`.
    notes : Notes
        Get a doubt where name and content differ.

    Returns
    -------
    str
        ``xlsx`` (any workbook, and HTML tables), ``parquet``, ``json``, ``jsonl``, ``vtt``, ``srt``, ``line``, ``js``,
        ``tsv`` or ``csv``.

    Raises
    ------
    ContactError
        If the file is empty, or of a kind that can't be read.
    """
    kind = content_kind(path)
    refuse_kind(kind, name)
    if kind == "text" and ending in (".vtt", ".srt", ".js"):
        return ending[1:]
    if kind == "text":
        chosen = "tsv" if ending in (".tsv", ".tab") else "csv"
        if ending in _BINARY:
            notes.doubt("ending_and_content_differ", shown="CSV", line=f"format: {chosen}")
        return chosen
    if ending in _ENDINGS and kind not in _ENDINGS[ending]:
        line = f"format: {_read_as(kind)}" if _read_as(kind) not in _SYSTEMS else ""
        notes.doubt("ending_and_content_differ", shown={"html": "HTML"}.get(kind, kind), line=line)
    return _read_as(kind)


def _read_as(kind: str) -> str:
    return "xlsx" if kind in ("xlsx", "xlsb", "ods", "xls", "html") else kind


def _ole_kind(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "locked"
    named = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book", "WORKBOOK", "BOOK"))
    return "xls" if named else "ole"


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                kind = archive.read("mimetype")[:100]
                return "ods" if b"spreadsheet" in kind else "docx" if b"opendocument" in kind else "zip"
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, zlib.error):
        return "zip"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names) and "[Content_Types].xml" in names:
        return "xlsx"
    office = "[Content_Types].xml" in names and any(name.startswith(("word/", "ppt/")) for name in names)
    return "docx" if office else "zip"


def _text_kind(head: bytes) -> str:
    wide = head.startswith(_WIDE_BOMS) or b"\x00" in head[:200]
    if wide and (head[:200:2] + head[1:200:2]).count(0) * 3 < len(head[:200]) and head[:2] not in _WIDE_BOMS:
        wide = False
    text = _loose(head, wide).lstrip("\ufeff \t\r\n\x00")
    if not text:
        return "empty"
    if text[0] == "<":
        return _markup_kind(text[:4000].lower())
    return _json_kind(text) if text[0] in "{[" and not text.startswith("[LINE]") else _talk_kind(text)


def _markup_kind(low: str) -> str:
    if re.match(r"<(!doctype html|html|table|meta|head|body)\b", low):
        return "html"
    if re.match(r"<\?xml|<!--|<[a-z:]+[^<>]*>\s*<", low):
        return "html" if "<html" in low or ("<table" in low and "urn:schemas" not in low) else "xml"
    return "text"


def _talk_kind(text: str) -> str:
    if _MAILBOX.match(text) or len(_MAIL.findall(text[:_MAIL_CHARS].partition("\n\n")[0].replace("\r", ""))) >= 3:
        return "mail"
    if text[:6].lower() == "webvtt":
        return "vtt"
    if _SRT.match(text):
        return "srt"
    if re.match(r"\[LINE\]|保存日時[：:]|Saved on:", text):
        return "line"
    return "js" if re.match(r"window\.[\w.]+\s*=\s*[\[{]", text) else "text"


def _loose(head: bytes, wide: bool) -> str:
    if not wide:
        return head.decode("utf-8", "replace")
    big = head.startswith(codecs.BOM_UTF16_BE) or (head[:1] == b"\x00")
    return head[: len(head) // 2 * 2].decode("utf-16-be" if big else "utf-16-le", "replace")


def _json_kind(text: str) -> str:
    """Tell a document from an object a line: the first line is one whole, and the next begins one."""
    first, _, rest = text.partition("\n")
    if not text.startswith("{"):
        return "json" if re.match(r"\[\s*([{\[\]\"]|-?\d+(\.\d+)?\s*[,\]]|true|false|null)", text) else "text"
    try:
        whole = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        whole = len(first) > _HEAD // 2
    return "jsonl" if whole and rest.lstrip()[:1] == "{" else "json"
