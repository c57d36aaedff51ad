"""One file of arrays: what comes back is what went in; cut, swollen and foreign files are one sentence."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from vocmine.errors import StoreError
from vocmine.store import joined_texts, packed_texts, part_of, prefixed, unpacked_texts
from vocmine.store.arrays import pack, unpack

MARKER: list[str] = []


class Planted:
    """Leaves a mark when it is unpickled."""

    def __reduce__(self):
        return (MARKER.append, ("ran",))


def zipped(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def npy(array, **options):
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, array, **options)
    return buffer.getvalue()


def header(text, body=b""):
    """Give a file whose header is any text."""
    line = text.encode() + b" " * (117 - len(text)) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(line).to_bytes(2, "little") + line + body


@given(hnp.arrays(
    st.sampled_from([np.dtype(name) for name in ("f2", "f4", "f8", "i8", "u1", "u8", "?", "U5")]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
))
def test_arrays_come_back_bit_by_bit(array):
    for each in (array, np.asfortranarray(array)):
        back = unpack(*pack({"a": each}), "folder")["a"]
        assert back.dtype == each.dtype
        assert back.shape == each.shape
        assert back.tobytes() == each.tobytes()
        assert back.flags.writeable
        assert back.flags.f_contiguous == each.flags.f_contiguous


@pytest.mark.parametrize("array", [
    np.array([object()]), np.array([1j]), np.array([b"a"]), np.array(["2026"], "M8[D]"), np.zeros(2, ">f8"),
    np.zeros(1, [("a", "f4")]), np.zeros(2, np.longdouble),
], ids=lambda array: str(array.dtype))
def test_what_is_no_number_or_text_is_said_at_save(array):
    with pytest.raises(StoreError, match="can't be saved"):
        pack({"a": array})


GOOD = np.arange(6.0).reshape(2, 3)
BAD = {
    "empty": b"",
    "no zip": b"PK\x03\x04 and nothing else",
    "pickle": zipped({"a.npy": npy(np.array([Planted()]), allow_pickle=True)}),
    "objects": zipped({"a.npy": header("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", b"cos\nsystem\n")}),
    "a pickle alone": zipped({"a.pkl": b"cos\nsystem\n(S'true'\ntR."}),
    "two of a name": zipped({"a.npy": npy(GOOD), "a.npy ": npy(GOOD)}),
    "a path": zipped({"../a.npy": npy(GOOD)}),
    "another": zipped({"b.npy": npy(GOOD)}),
    "one more": zipped({"a.npy": npy(GOOD), "b.npy": npy(GOOD)}),
    "no header": zipped({"a.npy": b"\x93NUMPY\x01\x00"}),
    "no array": zipped({"a.npy": b"text"}),
    "version 3": zipped({"a.npy": npy(GOOD, version=(3, 0))}),
    "cut": zipped({"a.npy": npy(GOOD)[:-1]}),
    "longer": zipped({"a.npy": npy(GOOD) + b"0"}),
    "another shape": zipped({"a.npy": npy(GOOD.T.copy())}),
    "another type": zipped({"a.npy": npy(GOOD.astype("i8"))}),
    "big end": zipped({"a.npy": npy(GOOD.astype(">f8"))}),
    "bzip2": zipped({"a.npy": npy(GOOD)}, zipfile.ZIP_BZIP2),
    "huge": zipped({"a.npy": header("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }", b"0" * 8)}),
    "negative": zipped({"a.npy": header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -1), }", b"0" * 8)}),
    "nothing, hugely": zipped({"a.npy": header("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 9223372036854775808), }")}),
    "brackets": zipped({"a.npy": header("(" * 110)}),
    "code": zipped({"a.npy": header("__import__('os').system('true')")}),
    "shape of texts": zipped({"a.npy": header("{'descr': '<f8', 'fortran_order': False, 'shape': ('a',), }")}),
    "descr of lists": zipped({"a.npy": header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", b"0" * 8)}),
    "no descr": zipped({"a.npy": header("{'descr': 'zzz', 'fortran_order': 3, 'shape': (1,), }")}),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("told", [True, False], ids=["told", "untold"])
def test_a_bad_file_is_one_sentence(name, told):
    described = pack({"a": GOOD})[1] if told else None
    if told or name not in ("a path", "another", "one more", "another shape", "another type", "two of a name"):
        with pytest.raises(StoreError, match=r"the saved arrays are damaged; where: folder"):
            unpack(BAD[name], described, "folder")
    assert not MARKER


def test_every_cut_and_every_flipped_bit_is_noticed_or_harmless():
    data, described = pack({"a": GOOD, "t": np.array(["返金"])})
    rng = np.random.default_rng(0)
    cuts = [data[:end] for end in range(0, len(data), 7)]
    flips = []
    for place in rng.integers(0, len(data), 300):
        flipped = bytearray(data)
        flipped[place] ^= 1 << int(rng.integers(8))
        flips.append(bytes(flipped))
    refused = 0
    for each in [*cuts, *flips]:
        try:
            back = unpack(each, described, "folder")
            assert np.array_equal(back["a"], GOOD)  # a bit of a date or of a comment says nothing
        except StoreError:
            refused += 1
    assert refused > len(cuts)


def test_a_zip_bomb_is_not_unpacked():
    bomb = zipped({"a.npy": npy(np.zeros(45 << 20))})  # 360 MB
    assert len(bomb) < 1 << 20
    with pytest.raises(StoreError, match=r"bytes unpacked from .* at most"):
        unpack(bomb, None, "folder")


def test_characters_and_truth_values_that_are_none_are_refused():
    text, truth = npy(np.array(["a"])), npy(np.array([True]))
    for data in (text[:-4] + b"\xff\xff\xff\x7f", truth[:-1] + b"\x07"):
        with pytest.raises(StoreError, match="that are none"):
            unpack(zipped({"a.npy": data}), None, "folder")


@given(st.lists(st.text(max_size=5)))
def test_texts_come_back(texts):
    assert unpacked_texts(packed_texts(texts), "folder") == texts


@pytest.mark.parametrize(("data", "ends"), [
    (b"ab", [1]), (b"ab", [3]), (b"ab", [2, 1]), (b"ab", [-1, 2]), (b"", [1]), (b"a", []), ("返".encode(), [1, 3]), (b"\xff", [1]),
])
def test_texts_whose_ends_do_not_fit_are_refused(data, ends):
    with pytest.raises(StoreError, match="damaged"):
        unpacked_texts({"bytes": np.frombuffer(data, np.uint8), "ends": np.array(ends, np.int64)}, "folder")


def test_texts_between_separators():
    assert joined_texts(np.frombuffer("返\nb".encode(), np.uint8), "\n", "folder") == ("返", "b")
    with pytest.raises(StoreError, match="no text"):
        joined_texts(np.frombuffer(b"\xff", np.uint8), "\n", "folder")


def test_parts_by_name():
    assert part_of({**prefixed("a", {"b": 1}), "ab.c": 2}, "a") == {"b": 1}
