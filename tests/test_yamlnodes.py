"""Nodes within bounds: what blows a file up, holds itself, or is no plain value is refused with its line, in time."""

from __future__ import annotations

import time

import pytest
import yaml

from vocmine import yamlnodes
from vocmine.yamlnodes import MOST_LEVELS, BoundedLoader, check_size

MERGE_BOMB = "a: &a {k: v}\n" + "".join(
    f"b{i}: &b{i} {{<<: [{', '.join(['*' + (f'b{i - 1}' if i else 'a')] * 10)}]}}\n" for i in range(8)
)
CHAIN = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 300))


def problem_of(text):
    loader = BoundedLoader(text)
    with pytest.raises(yaml.MarkedYAMLError) as error:
        node = loader.get_single_node()
        check_size(node)
        loader.construct_document(node)
    return error.value.problem, error.value.problem_mark.line + 1


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("a: 1\nb: " + "[" * 3000, "nested too deeply", 2),
        ("a: " + "{a: " * 3000, "nested too deeply", 1),
        ("\n".join(" " * i + "a:" for i in range(300)), "nested too deeply", MOST_LEVELS),
        ("- " * 300, "nested too deeply", 1),
        ("a: 1\nb: &b [1, *b]\n", "a part holds itself", 2),
        ("a: &a {x: {y: *a}}\n", "a part holds itself", 1),
        (MERGE_BOMB, "too large with its aliases written out: 370,370,377 values", 1),
        ("x: 1\na: \"\\ud800\"\n", "a character that no text has", 2),
        ('a: "b\\0c"\n', "a character that no text has", 1),
        ('a: "\\u202e"\n', "a character that no text has", 1),
        ("a: " + "9" * 5000, "a number of over 40 digits", 1),
        ("a: 0x" + "f" * 5000, "a number of over 40 digits", 1),
        ("a: !!set {x, y}", "could not determine a constructor for the tag 'tag:yaml.org,2002:set'", 1),
        ("a: !!binary YQ==", "could not determine a constructor for the tag 'tag:yaml.org,2002:binary'", 1),
        ("a: =", "could not determine a constructor for the tag 'tag:yaml.org,2002:value'", 1),
    ],
)
def test_what_is_beyond_a_bound_is_refused_with_its_line(text, problem, line):
    start = time.monotonic()
    assert problem_of(text) == (problem, line)
    assert time.monotonic() - start < 5


def test_a_long_chain_of_aliases_is_refused_by_its_levels_or_its_size():
    assert problem_of(CHAIN)[0].startswith("nested too deeply by its aliases")


def test_more_values_than_there_may_be(monkeypatch):
    monkeypatch.setattr(yamlnodes, "MOST_VALUES", 1_000)
    assert problem_of("a:\n" + "- x\n" * 1_005) == ("over 1,000 values", 999)


def test_what_is_within_the_bounds_is_as_yaml_reads_it():
    text = "a: &a {b: [1, 2.5, true, ~, 2026-01-02, 本文 🧑‍🦰]}\nc: *a\nd: {<<: *a, e: 1_000}\n" + "f: " + "[" * 50 + "]" * 50
    loader = BoundedLoader(text)
    node = loader.get_single_node()
    check_size(node)
    assert loader.construct_document(node) == yaml.safe_load(text)


def test_the_line_of_a_value_that_fails_is_known():
    loader = BoundedLoader("a: 1\nb:\n- x\n- 2026-13-45\n")
    with pytest.raises(ValueError, match="month"):
        loader.get_single_data()
    assert loader.at_line == 4
