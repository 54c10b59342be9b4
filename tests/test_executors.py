"""Real processes, a real Dask scheduler with two workers, and real deaths."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from generator.city import WORKSHOP, Request, generate
from generator.places import select_wards
from generator.problems import Problem
from generator.scenario import load_scenario
from sosach.executors import Losses, check_address, cluster, processes
from tests.conftest import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parents[1]
WARDS = "26734,26737,27112,27676"
COMMAND = "from sosach.cli import main; main()"
#: kills the process that starts it, but only once
KILL_ONCE = 'if [ ! -e "$0" ]; then touch "$0"; kill -9 $PPID; sleep 5; fi'

pytestmark = pytest.mark.slow


def contents(folder):
    """Return path -> bytes of everything in a folder."""
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def said():
    """What a person was told."""
    return []


@pytest.fixture(params=["processes", "dask"])
def run(request, said):
    """An executor with two workers, by processes or by Dask."""
    losses = Losses(str, said.append)
    if request.param == "processes":
        yield processes(2, losses)
    else:
        with cluster(request.getfixturevalue("dask_address"), losses) as on_cluster:
            yield on_cluster


def test_run_yields_once_per_thing(run, said):
    """Each thing is done and counted, and no death is invented."""
    done = list(run(signal.strsignal, [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]))

    assert len(done) == 3
    assert said == []


def test_run_whose_worker_dies_does_its_thing_again(run, said, tmp_path):
    """A worker killed once: all is done in the end, and what was done again is said."""
    commands = [
        ("sh", "-c", KILL_ONCE, str(tmp_path / "killed")),
        *(("touch", str(tmp_path / str(n))) for n in range(4)),
    ]

    done = list(run(subprocess.check_call, commands))

    assert len(done) == len(commands)
    assert {path.name for path in tmp_path.iterdir()} == {"killed", *"0123"}
    assert len(said) == 1
    assert "làm lại một lần" in said[0]
    assert str(tmp_path / "killed") in said[0]


def test_run_whose_worker_dies_twice_names_the_thing(run, said):
    """What no worker survives is named, after one more attempt."""
    with pytest.raises(Problem, match=f"lại chết khi đang làm: .*{signal.SIGKILL!s}"):
        list(run(signal.raise_signal, [signal.SIGKILL]))

    assert len(said) == 1


def test_run_passes_an_error_on_with_place_and_number(run, tmp_path):
    """An error of the disk comes back from another process as it was."""
    missing = tmp_path / "không có"

    with pytest.raises(FileNotFoundError) as caught:
        list(run(os.listdir, [str(missing)]))

    assert caught.value.filename == str(missing)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The bytes of a small city made in this process."""
    folder = tmp_path_factory.mktemp("city") / "whole"
    generate(select_wards(WARDS), Request(1, 0.2, load_scenario("tp-hcm-2022")), folder)
    return contents(folder)


def start(folder, *words):
    """Start the command line that makes the same city."""
    line = ["generate", "--wards", WARDS, "--seed", "1", "--scale", "0.2", "--out", folder, *words]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *line], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )


def workers_of(process):
    """Return the processes that work for a command line."""
    children = psutil.Process(process.pid).children()
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def is_underway(folder):
    """Tell whether somebody is at work on a ward."""
    return any((folder / WORKSHOP).glob("*"))


def test_generate_is_the_same_by_dask(whole, dask_address, tmp_path):
    """A cluster gives the bytes that one process gives."""
    done = start(tmp_path / "city", "--dask", dask_address)
    _, errors = done.communicate(timeout=PATIENCE)

    assert done.returncode == 0, errors
    assert contents(tmp_path / "city") == whole


def test_generate_whose_worker_is_killed_is_the_same(whole, tmp_path):
    """A worker killed over a ward: the city is whole, and the ward that was redone is said."""
    done = start(tmp_path / "city", "--workers", "2")
    wait_until(lambda: is_underway(tmp_path / "city"))
    for child in workers_of(done):
        child.kill()
    _, errors = done.communicate(timeout=PATIENCE)

    assert done.returncode == 0, errors
    assert "làm lại một lần: " in errors
    assert contents(tmp_path / "city") == whole


MOMENTS = {
    "claimed": lambda folder: (folder / "request.json").is_file(),
    "first ward": is_underway,
    "first table": lambda folder: any((folder / "dan_cu").glob("*")),
    "second receipt": lambda folder: len(list((folder / "receipts").glob("*.json"))) >= 2,
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("workers", [1, 2])
def test_generate_killed_goes_on_to_the_same(whole, tmp_path, moment, workers):
    """Kill -9 at any moment: no process stays, and the next run completes the same bytes."""
    folder = tmp_path / "city"
    killed = start(folder, "--workers", str(workers))
    wait_until(lambda: MOMENTS[moment](folder))
    children = workers_of(killed)
    killed.kill()
    killed.communicate()
    wait_until(lambda: not any(child.is_running() for child in children))

    assert not (folder / "manifest.json").exists()
    again = start(folder, "--workers", str(workers))
    _, errors = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0, errors
    assert contents(folder) == whole


@pytest.mark.parametrize(
    "address", ["", "abc", "tcp://", "http://may:8786", "may:cổng", "127.0.0.1:99999"]
)
def test_check_address_of_another_form(address):
    """What can be no address is refused with an example."""
    with pytest.raises(Problem, match=r"tcp://192\.168"):
        check_address(address)


def test_cluster_where_nobody_listens():
    """A closed port is answered with a sentence."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with (
        pytest.raises(Problem, match="Không có bộ điều phối Dask"),
        cluster(f"tcp://127.0.0.1:{port}", Losses(str, print)),
    ):
        pass


def test_cluster_where_somebody_is_silent():
    """A port that takes the call and says nothing does not hold us for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with (
            pytest.raises(Problem, match="Không có bộ điều phối Dask"),
            cluster(address, Losses(str, print)),
        ):
            pass


def test_cluster_without_dask_says_how_to_install_it(monkeypatch):
    """Who has not installed the extra is told the command."""
    monkeypatch.setitem(sys.modules, "distributed", None)

    with (
        pytest.raises(Problem, match=r"sosach\[dask\]"),
        cluster("127.0.0.1:8786", Losses(str, print)),
    ):
        pass


def test_cluster_from_a_program_with_an_event_loop(dask_address):
    """A notebook runs an event loop of its own: the cluster is reached from there as well."""

    async def notebook():
        with cluster(dask_address, Losses(str, print)) as run:
            return list(run(str.upper, ["a", "b"]))

    # a loop in a thread of its own: the browser's tests may have one in this one
    with ThreadPoolExecutor(1) as aside:
        assert len(aside.submit(asyncio.run, notebook()).result()) == 2
