"""Several processes write into one world at once: nothing is lost, nothing is done twice."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from sosach.simulation.platform import database as db
from sosach.simulation.platform import store
from sosach.simulation.world import World

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True),
]
ROOT = Path(__file__).resolve().parents[2]
#: opens the world, waits for the word, does its calls one after the other, prints the answers
STAFF = """
import json, pickle, sys
from sosach.simulation.world import World

url, path = sys.argv[1:]
with open(path, "rb") as file:
    world = World.open(url, pickle.load(file), 1, now=lambda: "08:00:00")
calls = json.loads(input())
print("ready", flush=True)
input()
for verb, request_id, arguments in calls:
    print(json.dumps(world.call(verb, request_id, **arguments)), flush=True)
"""


@pytest.fixture
def work(tables, tmp_path, database):
    """Return what lets processes do their calls at the same time, and returns their answers."""
    path = tmp_path / "tables.pickle"
    path.write_bytes(pickle.dumps(tables))

    def start():
        return subprocess.Popen(
            [sys.executable, "-c", STAFF, database("shared"), str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def work(*parts):
        staff = [start() for _ in parts]
        for one, calls in zip(staff, parts, strict=True):
            print(json.dumps(calls), file=one.stdin, flush=True)
        assert [one.stdout.readline() for one in staff] == ["ready\n"] * len(staff)
        for one in staff:
            print(file=one.stdin, flush=True)
        return [[json.loads(line) for line in one.communicate()[0].splitlines()] for one in staff]

    return work


def calls_about(rows, who):
    """Return things to do about some doses, each with an id of its own."""
    calls = []
    for row in rows:
        record = {"ma_ho_so": row["ma_ho_so"]}
        calls += [
            ("tam_giu", {**record, "ly_do": "trung_ho_so"}),
            ("sua", {**record, "truong": "dia_chi", "gia_tri": f"nhà {who}", "ly_do": "loi_go"}),
            ("moi_nguoi_dan", record),
            ("hoi_co_so", {**record, "ma_mui": row["ma_mui"]}),
            ("gui_cong_an", {"ma_ho_so": [row["ma_ho_so"]]}),
        ]
    return [(verb, f"{who}-{i}", {**a, "nguoi": who}) for i, (verb, a) in enumerate(calls)]


def contents(world):
    """Return the state of a world, and its audit trail without the numbers of the calls."""
    with db.reading(world._engine) as con:
        tables = (store.subject, store.dose, store.request, store.listed)
        state = {t.name: sorted(map(tuple, con.execute(select(t)))) for t in tables}
        changes = store.rows(
            con, select(store.audit, store.changed).join_from(store.audit, store.changed)
        )
        numbers = con.scalars(select(store.audit.c.stt).order_by(store.audit.c.stt)).all()
    told = [{k: v for k, v in row.items() if not k.startswith("stt")} for row in changes]
    return state, sorted(map(str, told)), list(numbers)


def test_three_writers(work, tables, database):
    """What three processes do to different records at once is what one does after the other."""
    one_each = list({row["ma_ho_so"]: row for row in tables["mui_tiem"]}.values())[:36]
    parts = [calls_about(one_each[i::3], f"trạm {i}") for i in range(3)]
    answers = work(*parts)
    together = World.open(database("shared"), tables, 1)
    alone = World.open(database("alone"), tables, 1, now=lambda: "08:00:00")
    serial = [[alone.call(v, key, **a) for v, key, a in part] for part in parts]
    repeated = [[together.call(v, key, **a) for v, key, a in part] for part in parts]
    found, expected = contents(together), contents(alone)
    together.close()
    alone.close()

    assert answers == serial == repeated
    assert sum(told["ok"] for part in answers for told in part) > 36 * 3
    assert found == expected
    assert found[2] == list(range(1, len(found[2]) + 1))


def test_one_id_twice_at_once(work, tables, database):
    """A call that two processes make under one id at the same time is done once, both are told so."""
    one_each = list({row["ma_ho_so"]: row for row in tables["mui_tiem"]}.values())[:20]
    calls = calls_about(one_each, "hai người")
    first, second = work(calls, calls)
    world = World.open(database("shared"), tables, 1)
    with db.reading(world._engine) as con:
        done = con.scalars(select(store.audit.c.yeu_cau).order_by(store.audit.c.stt)).all()
    world.close()

    assert first == second
    assert list(done) == [key for (_, key, _), told in zip(calls, first, strict=True) if told["ok"]]
