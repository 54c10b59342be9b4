"""Verbs through a pipe: calls and answers are JSON text, and the caller holds nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sosach.simulation import verbs

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent
SETTINGS = {"letters": 3, "now": lambda: "08:00:00"}
#: what holds the truth, or leads to it
STRANGERS = {"sosach.simulation.world", "sosach.simulation.truth", "sqlalchemy"}


@pytest.fixture
def hints(pack, broken):
    """What the trainer tells of the records: those in which there is something to do."""
    link = [row for row in pack.link.to_pylist() if row["ma_mui"]]
    second = {r["person_id"] for r in pack.link.to_pylist() if r["role"] == "split"}
    others = [row for row in link if row["person_id"] in second]
    double = [r for r in pack.link.to_pylist() if r["role"] == "duplicate" and not r["ma_mui"]]
    return {
        **{code: broken(code) for code in ("E01", "E02", "E10", "E11", "E18", "E50", "E70", "E90")},
        "record_of": {row["ma_mui"]: row["ma_ho_so"] for row in pack.mui_tiem.to_pylist()},
        "of_others": broken("E43", lines=True),
        "twice": {
            row["ma_mui"]: row["evidence"]["key"]
            for row in pack.ledger.to_pylist()
            if row["cause"] == "E41"
        },
        "double": {row["ma_ho_so"]: row["keep_ma_ho_so"] for row in double},
        "unit": "CS27136-1",
        "merged": [others[0]["ma_ho_so"], sorted(row["ma_mui"] for row in others)],
    }


@pytest.fixture
def conversation(make_world, flawless_police, hints, tmp_path):
    """Let a station in another process work through a pipe; return what was said, and its result."""
    world = make_world(answers={"police": flawless_police}, **SETTINGS)
    client = subprocess.Popen(
        [sys.executable, FOLDER / "station_by_pipe.py"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    said = []
    with client:
        print(json.dumps(hints), file=client.stdin, flush=True)
        for line in client.stdout:
            told = json.loads(line)
            if isinstance(told, dict):
                return said, told
            verb, request_id, arguments = told
            answer = json.dumps(world.call(verb, request_id, **arguments))
            said.append((told, answer))
            print(answer, file=client.stdin, flush=True)
    return pytest.fail("the station stopped before its work was done")


@pytest.mark.slow
def test_every_verb_by_json_alone(conversation):
    """Every verb works where calls and answers are texts, and nothing that knows more is loaded."""
    rooms = (verbs.NenTang, verbs.CongAn, verbs.CoSo, verbs.NguoiDan)
    every = {f"{r.__name__}.{name}" for r in rooms for name in vars(r) if not name.startswith("_")}
    _, result = conversation

    assert set(result["done"]) == every
    assert not STRANGERS & set(result["modules"])


@pytest.mark.slow
def test_pipe_or_not(conversation, make_world, flawless_police):
    """The same calls in one process have the same answers."""
    world = make_world(answers={"police": flawless_police}, **SETTINGS)
    said, _ = conversation
    here = [world.call(verb, request_id, **arguments) for (verb, request_id, arguments), _ in said]

    assert here == [json.loads(answer) for _, answer in said]
