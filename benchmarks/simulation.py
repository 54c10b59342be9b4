"""One ward through its days, step by step; or all wards of a city through two weeks.

    sosach generate --wards all --seed 1 --out var/city
    python benchmarks/simulation.py ward var/city --ward 27037 [--url postgresql://...]
    python benchmarks/simulation.py city var/city --days 14 --workers 2

`ward` lives through the same story in three processes, one after the other, and prints CPU and wall
seconds of every step; of a PostgreSQL server only the client's CPU counts.
`city` gives every ward a SQLite file of its own and a simple staff that works every day.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sosach.simulation.world import World

ROUNDS, SEED, LETTERS = 3, 1, 5
OPENED, IMPORTED = 500, 1_000
#: what a ward's staff do on a day: lists in so many days, records edited by each list and held,
#: sites asked, people invited, doses signed
LISTS, EDITED, HELD, ASKED, INVITED, SIGNED = 10, 20, 5, 10, 5, 250
GIVES = ("Đúng", "Đã bổ sung")
CELLS = {"ho_ten": "ho_ten_dung", "ngay_sinh": "ngay_sinh_dung", "gioi_tinh": "gioi_tinh_dung"}

Row = dict[str, Any]


class Staff:
    """The people of a station: they call a world, every call with an id of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.calls = world, Counter[str]()
        self.certificate = {"don_vi": world.unit}
        self.groups = {row["ma_ho_so"]: row["nhom"] for row in self.do("danh_sach_sai")["dong"]}

    def do(self, verb: str, **arguments: Any) -> Row:  # noqa: ANN401 - JSON
        """Call a verb."""
        answer = self.world.call(verb, f"yc-{self.calls.total()}", **arguments)
        self.calls[verb if answer["ok"] else f"{verb}, refused"] += 1
        return answer

    def police_rows(self, list_id: str) -> list[Row]:
        """Return the rows of a list that has come back."""
        return list(self.do("hop_thu", ma_yeu_cau=list_id)["dong"][0]["tra_loi"]["dong"])

    def enter_numbers(self, list_id: str, rows: list[Row], most: int | None = None) -> None:
        """Import the numbers of groups a and b."""
        file = [
            {"ma_ho_so": row["ma_ho_so"], "so_giay_to": row["so_dinh_danh_dung"]}
            for row in rows
            if self.groups.get(row["ma_ho_so"]) in ("a", "b") and row["so_dinh_danh_dung"]
        ]
        self.do("nhap_excel", dong=file[:most], ma_danh_sach=list_id)

    def edit(self, list_id: str, rows: list[Row]) -> None:
        """Edit records of group c by a list; hold some of those whom the police did not find."""
        by_list = {"ly_do": "loi_go", "ma_danh_sach": list_id}
        for row in [row for row in rows if row["ket_qua"] in GIVES][:EDITED]:
            for cell, right in CELLS.items():
                if row[cell] != row[right]:
                    change = {"truong": cell, "gia_tri": row[right]}
                    self.do("sua", ma_ho_so=row["ma_ho_so"], **change, **by_list)
        for row in [row for row in rows if row["ket_qua"] not in GIVES][:HELD]:
            self.do("tam_giu", ma_ho_so=row["ma_ho_so"], ly_do="du_lieu_dung")

    def sign(self, most: int | None = None) -> int:
        """Sign what may be signed today; return how many doses."""
        ready = self.do("duoc_ky_hom_nay", chung_thu=self.certificate)["dong"]
        lines = [row["ma_mui"] for row in ready[:most]]
        return len(self.do("ky", ma_mui=lines, chung_thu=self.certificate)["da_ky"])

    def morning(self, day: int, came: list[str]) -> None:
        """Work for a day: lists that came back, the next list, sites, people, letters, doses."""
        for list_id in (name for name in came if name.startswith("DS-")):
            rows = self.police_rows(list_id)
            self.enter_numbers(list_id, rows)
            self.edit(list_id, rows)
        part = list(self.groups)[day % LISTS :: LISTS]
        if day < LISTS and part:
            self.do("gui_cong_an", ma_ho_so=part)
        for record in part[:ASKED]:
            for dose in self.do("mo", ma_ho_so=record)["mui"][:1]:
                self.do("hoi_co_so", ma_ho_so=record, ma_mui=dose["ma_mui"])
        for record in part[ASKED : ASKED + INVITED]:
            self.do("moi_nguoi_dan", ma_ho_so=record)
        for letter in self.do("phan_anh")["dong"]:
            answer = {"hanh_dong": "REJECT_FEEDBACK", "ly_do": "tc08"}
            self.do("tra_loi_phan_anh", ma_phan_anh=letter["ma_phan_anh"], **answer)
        self.sign(SIGNED)


def timed(name: str | Callable[[Any], str], work: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Do the work and print its CPU and wall seconds; its name may depend on what came of it."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    spent = [time.process_time() - cpu, time.perf_counter() - wall]
    print(json.dumps([name if isinstance(name, str) else name(found), *spent]), flush=True)
    return found


def one_ward(city: Path, ward: str, url: str) -> None:
    """Live through the days of one ward; print what every step took."""
    opening = partial(World.from_folder, city, ward, SEED, url, letters=LETTERS)
    timed("opening, a new database", opening).close()
    staff = Staff(timed("opening again", opening))
    night = partial(staff.do, "ngay_moi")
    records = list(staff.groups)
    some = records[:: max(1, len(records) // OPENED)]
    opened = timed(
        f"{len(some)} records opened", lambda: [staff.do("mo", ma_ho_so=r) for r in some]
    )
    assert all(answer["ok"] for answer in opened)  # noqa: S101
    sent = timed("list sent", partial(staff.do, "gui_cong_an", ma_ho_so=records))["ma_danh_sach"]
    back = f"day, a list of {len(records)} rows comes back"
    for _ in range(5):
        came = timed(lambda told: back if sent in told["tra_loi"] else "day, no answers", night)
        if sent in came["tra_loi"]:
            break
    rows = staff.police_rows(sent)
    timed("import of 1,000 rows", partial(staff.enter_numbers, sent, rows, IMPORTED))
    timed("day, the imported are compared", night)
    signed = timed(lambda count: f"{count} doses listed and signed", staff.sign)
    timed(lambda told: f"day, {told['cap_ho_chieu']} of {signed} doses in passports", night)


def ward_rounds(options: argparse.Namespace) -> None:
    """Run the story in processes of their own; print medians and ranges."""
    found: dict[str, list[tuple[float, float]]] = {}
    for i in range(ROUNDS):
        with tempfile.TemporaryDirectory() as scratch:
            url = f"{options.url}_{i}" if options.url else f"sqlite:///{scratch}/ward.db"
            line = [sys.executable, __file__, "story", options.city, "--ward", options.ward]
            done = subprocess.run(
                [*line, "--url", url], stdout=subprocess.PIPE, text=True, check=True
            )
        for name, cpu, wall in map(json.loads, done.stdout.splitlines()):
            found.setdefault(name, []).append((cpu, wall))
    for name, spent in found.items():
        cpu, wall = zip(*spent, strict=True)
        print(
            f"{name:45} {statistics.median(cpu):7.3f} CPU s ({min(cpu):.3f} - {max(cpu):.3f}),"
            f" {statistics.median(wall):7.3f} s wall"
        )


def two_weeks(ward: str, city: Path, days: int) -> Row:
    """Let a ward work for some days; return what it did and what that took."""
    began, slowest = time.process_time(), 0.0
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "ward.db"
        world = World.from_folder(city, ward, SEED, f"sqlite:///{file}", letters=LETTERS)
        staff, came = Staff(world), []
        for day in range(days):
            staff.morning(day, came)
            evening = time.process_time()
            came = staff.do("ngay_moi")["tra_loi"]
            slowest = max(slowest, time.process_time() - evening)
        world.close()
        size = file.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = time.process_time() - began
    return {"cpu": spent, "night": slowest, "peak": peak, "bytes": size, "calls": staff.calls}


def whole_city(options: argparse.Namespace) -> None:
    """Let all wards work, several at a time; print minutes, memory and what was done."""
    wards = sorted(path.stem for path in Path(options.city, "doi_tuong").glob("*.parquet"))
    began = time.perf_counter()
    work = partial(two_weeks, city=Path(options.city), days=options.days)
    found = []
    with ProcessPoolExecutor(options.workers) as pool:
        for ward, did in zip(wards, pool.map(work, wards), strict=True):
            print(ward, json.dumps(did), file=sys.stderr, flush=True)  # the run takes an hour
            found.append(did)
    minutes = (time.perf_counter() - began) / 60
    cpu = [ward["cpu"] for ward in found]
    print(
        f"{len(wards)} wards, {options.days} days, {options.workers} processes: {minutes:.1f} minutes,"
        f" {sum(cpu) / 60:.1f} CPU minutes; a ward {statistics.median(cpu):.2f} CPU s"
        f" ({min(cpu):.2f} - {max(cpu):.2f}); slowest step from day to day"
        f" {max(ward['night'] for ward in found):.2f} CPU s; peak of a process"
        f" {max(ward['peak'] for ward in found):.0f} MB; databases"
        f" {sum(ward['bytes'] for ward in found) / 1e9:.2f} GB"
    )
    for verb, count in sorted(sum((ward["calls"] for ward in found), Counter()).items()):
        print(f"  {verb:30} {count:8}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("ward", "city", "story"))
    parser.add_argument("city")
    parser.add_argument("--ward", default="27037")
    parser.add_argument("--url", default="")
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    if options.what == "story":
        one_ward(Path(options.city), options.ward, options.url)
        return
    versions = ", ".join(f"{name} {version(name)}" for name in ("sqlalchemy", "pyarrow"))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {versions}")
    (ward_rounds if options.what == "ward" else whole_city)(options)


if __name__ == "__main__":
    main()
