"""How fast is a CSV of contacts read, judged and checked, against pandas alone? Same file, one process each.

Seconds are of CPU time, on one thread. pandas reads the same chunks (Python engine and C engine, all columns as texts)
and reads the one column of dates in a format that it is told; it judges nothing and checks nothing.

    python benchmarks/bench_reading.py [--rows N] [--keep FILE]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

WORK = {
    "vocmine, judged and checked": "from vocmine.contacts import iter_chunks\n"
    "began = time.process_time()\nn = sum(part.n_read for part in iter_chunks(path))",
    "pandas, C engine": "import pandas as pd\nbegan = time.process_time()\nn = 0\n"
    "for part in pd.read_csv(path, dtype=str, chunksize=20_000):\n"
    "    pd.to_datetime(part['受付日時'], format='%Y/%m/%d %H:%M')\n    n += len(part)",
    "pandas, Python engine": "import pandas as pd\nbegan = time.process_time()\nn = 0\n"
    "for part in pd.read_csv(path, dtype=str, chunksize=20_000, engine='python'):\n"
    "    pd.to_datetime(part['受付日時'], format='%Y/%m/%d %H:%M')\n    n += len(part)",
}
FRAME = """import resource, sys, time
path = sys.argv[1]
{work}
print(n, time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
TEXTS = (
    "料金が高いので解約したいとのこと", "請求書が届かない、折電希望", "ﾛｸﾞｲﾝできません", "The parcel never arrived",
    "入電あり、アプリが落ちる",
)


def write(path: Path, rows: int) -> None:
    """Write made-up contacts, each with a text of its own."""
    with path.open("w", encoding="utf-8") as file:
        file.write("受付番号,受付日時,チャネル,本文,対応時間(分),満足度,顧客ID\n")
        for i in range(rows):
            day, minute = 1 + i * 28 // rows, i % 1440
            when = f"2026/04/{day:02d} {minute // 60:02d}:{minute % 60:02d}"
            channel = ("電話", "チャット", "メール")[i % 3]
            rest = f"{2 + i % 29},{1 + i % 5},{i * 7919 % 90_001}"
            file.write(f"C{i:08d},{when},{channel},{TEXTS[i % 5]} {i % 977},{rest}\n")


def measure(work: str, path: Path) -> tuple[int, float, float]:
    """Run one reader in a process of its own; give rows, CPU seconds and peak memory in MB."""
    one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ARROW_NUM_THREADS": "1"}
    out = subprocess.run(
        [sys.executable, "-c", FRAME.format(work=work), str(path)], check=True, capture_output=True, text=True,
        env={**os.environ, **one},
    )
    n, seconds, memory = out.stdout.split()
    return int(n), float(seconds), float(memory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small.csv"), Path(folder, "large.csv")
        write(small, given.rows // 5)
        write(large, given.rows)
        peer = 0.0
        for name, work in reversed(WORK.items()):
            few, many = measure(work, small), measure(work, large)
            peer = peer or many[1]
            print(f"{name}: {many[0]:,} rows in {many[1]:.1f} CPU s, {many[1] / peer:.1f} times pandas' Python engine; "
                  f"memory {few[2]:.0f} MB at {few[0]:,} rows, {many[2]:.0f} MB at {many[0]:,}")


if __name__ == "__main__":
    main()
