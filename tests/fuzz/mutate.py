"""Damage to files that repeats by its seed: bytes, tokens that parsers stumble over, and the parts of packed files."""

from __future__ import annotations

import io
import random
import zipfile

TOKENS = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800", b"\\udc00", "\u202e".encode(), "\u200b".encode(), "\ufeff".encode(),
    b'"', b'""', b"'", b",", b"\t", b"\r", b"\n", b"\r\n", b";", b"|", b"{", b"}", b"[", b"]", b"[" * 300, b'{"a":' * 300, b"<", b">", b"&", b"&x;",
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"&lol;", b"-1", b"1e999", b"NaN", b"-inf", b"9" * 400, b"0x" + b"f" * 300, b"true", b"null", b"~", b"=", b"*a", b"&a ",
    b"<<: *a", b"!!set", b"!!binary", b"!!int", b"!!float x", b"!!timestamp x", b"!!bool x", b"!!python/object:os.x", b"? ", b": ", b"- ", b"| ", b"> ", b"%YAML 9.9",
    b"---\n", b"...\n", b"\t\t", b"#", b"2026-13-45", b"0000-00-00", b"99999-01-01", b"292278994-08-17", b"1970", b"24:61:61", b"(a+)+b", b"a{9999999999}",
    b"(" * 300, b"[a-", b"\\", b"(?P<", b"\x1a", b"PK\x03\x04", b"PAR1", b'r="99999999999"', b'r="ZZZZ1"', b'r="XFD1048576"', b't="s"', b"<v>99999</v>",
    b't="d"', b't="b"', b"1" * 30, "お客様：".encode(), "担当：".encode(), b"00:00:01.000 --> 00:00:00.000", b"customer", b"id", b"text", "本文".encode("cp932"),
]
_PACKED = b"PK\x03\x04"


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Damage a file; of a workbook mostly the parts that are packed in it."""
    if data.startswith(_PACKED) and rng.random() < 0.8:
        return _repacked(data, rng)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        data = _once(data, rng)
    return data


def _once(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    end = min(len(data), at + rng.choice((1, 1, 2, 4, 16, 64, 400)))
    kind = rng.randrange(8)
    if kind == 0:
        return data[:at] + bytes([rng.randrange(256)]) + data[at + 1:]
    if kind == 1:
        return data[:at] + data[end:]
    if kind == 2:
        return data[:at] + data[at:end] * rng.choice((2, 3, 50)) + data[end:]
    if kind == 3:
        other = rng.randrange(len(data) + 1)
        return data[:at] + data[other: other + (end - at)] + data[end:]
    if kind == 4:
        return data[:at]
    token = rng.choice(TOKENS)
    return data[:at] + token + data[(at if kind < 7 else min(len(data), at + len(token))):]


def _repacked(data: bytes, rng: random.Random) -> bytes:
    """Damage one part of a packed file, and pack it anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = old.read(name)
            if name == chosen:
                if rng.random() < 0.05:
                    continue
                for _ in range(rng.choice((1, 1, 2, 4))):
                    part = _once(part, rng)
            new.writestr(name, part)
    return out.getvalue()
