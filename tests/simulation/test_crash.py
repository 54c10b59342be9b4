"""kill -9 at random moments: no acknowledged call is lost, none is done twice."""

import json
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from sosach.simulation.platform import database as db
from sosach.simulation.platform import store
from sosach.simulation.world import World

ROOT = Path(__file__).resolve().parents[2]
KILLS = 24
#: seconds of work between two kills, least and most
WORK = (0.0, 0.12)

#: forks workers, one after the other; each does one thing after the other, and says what it is
#: about to do and what it was told
FORKS = """
import itertools, json, os, pickle, random, sys
from sosach.simulation.world import World

url, path = sys.argv[1:]
with open(path, "rb") as file:
    tables, records = pickle.load(file)

def work(start, seed):
    world, rng = World.open(url, tables, 1), random.Random(seed)
    for i in itertools.count(start):
        record = rng.choice(records)
        verb, arguments = rng.choice([
            ("tam_giu", {"ma_ho_so": record, "ly_do": "trung_ho_so"}),
            ("bo_tam_giu", {"ma_ho_so": record, "ly_do": "trung_ho_so"}),
            ("sua", {"ma_ho_so": record, "truong": "dia_chi", "gia_tri": f"{i}", "ly_do": "loi_go"}),
            ("gui_cong_an", {"ma_ho_so": rng.sample(records, 20)}),
            ("ngay_moi", {}) if i % 7 == 0 else ("moi_nguoi_dan", {"ma_ho_so": record}),
        ])
        print(json.dumps([f"k{i}", verb, arguments, None]), flush=True)
        told = world.call(verb, f"k{i}", **arguments)
        print(json.dumps([f"k{i}", verb, arguments, told]), flush=True)

for line in sys.stdin:
    pid = os.fork()
    if not pid:
        work(*map(int, line.split()))
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("\\ndead", flush=True)
"""


def read_whole(line):
    """Return what a line says, None where its writer was killed in the middle of it."""
    try:
        told = json.loads(line)
    except json.JSONDecodeError:
        return None
    return told if isinstance(told, list) else None


@pytest.fixture
def workers(tables, tmp_path, database):
    """Return the database's URL, and what starts a worker, kills it and returns what it said."""
    path, url = tmp_path / "tables.pickle", database("crash")
    path.write_bytes(pickle.dumps((tables, [row["ma_ho_so"] for row in tables["doi_tuong"]][:60])))
    World.open(url, tables, 1).close()
    forks = subprocess.Popen(
        [sys.executable, "-c", FORKS, url, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    def work_and_kill(start, seed, seconds):
        print(start, seed, file=forks.stdin, flush=True)
        said = [forks.stdout.readline(), forks.stdout.readline()]
        time.sleep(seconds)
        os.kill(int(next(line for line in said if not line.startswith("["))), signal.SIGKILL)
        while said[-1] != "dead\n":
            said.append(forks.stdout.readline())
            assert said[-1], "the one who forks is gone"
        return [whole for line in said if (whole := read_whole(line))]

    yield url, work_and_kill
    forks.stdin.close()
    forks.stdout.close()
    forks.wait()


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_kill_at_random_moments(workers, tables):
    """Every acknowledged call is there once; the interrupted one, repeated, is done once."""
    url, work_and_kill = workers
    rng, start, interrupted = random.Random(5), 0, 0  # noqa: S311 - a test's moments
    acknowledged = {}
    for seed in range(KILLS):
        said = work_and_kill(start, seed, rng.uniform(*WORK))
        done = {line[0]: line for line in said if line[3] is not None}
        acknowledged |= {key: line for key, line in done.items() if line[3]["ok"]}
        world, last = World.open(url, tables, 1), said[-1]
        if last[3] is None:
            interrupted += 1
            once = world.call(last[1], last[0], **last[2])
            assert world.call(last[1], last[0], **last[2]) == once
            if once["ok"]:
                acknowledged[last[0]] = [*last[:3], once]
        start = int(last[0][1:]) + 1
        demand_whole(world, acknowledged)
        world.close()

    assert interrupted > KILLS / 4
    assert len(acknowledged) > KILLS
    world = World.open(url, tables, 1)
    assert all(world.call(v, key, **a) == told for key, v, a, told in acknowledged.values())
    world.close()


def demand_whole(world, acknowledged):
    """Demand that the audit trail has every acknowledged call once, numbered without a gap."""
    with db.reading(world._engine) as con:
        calls = store.rows(con, select(store.audit).order_by(store.audit.c.stt))
        sqlite = con.dialect.name == "sqlite"
        healthy = con.exec_driver_sql("PRAGMA integrity_check").scalar() if sqlite else "ok"

    assert healthy == "ok"
    assert sorted(row["yeu_cau"] for row in calls) == sorted(acknowledged)
    assert [row["stt"] for row in calls] == list(range(1, len(calls) + 1))
