"""Our generator against Faker, Mimesis, gecko, tab_err and pseudopeople.

    python benchmarks/peers/run.py [--rows 200000] [--faker-rows 20000] [--rounds 3] [--jobs make,spoil,city]

Every peer has an environment of its own, made by uv from its requirements.txt and kept in
var/peers: some need an older numpy or pandas than we. Each measurement is a process of its own;
within a round every subject has its turn. CPU seconds by `time.process_time`, imports and the
reading of the input outside the clock, one-off pools inside; peak memory is that of the process.
What was made is checked outside the clock; a runner that made something else fails.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CACHE = ROOT / "var" / "peers"
OURS = "sosach"
#: peer -> the distribution whose version stands beside the figures
PEERS = {
    "faker": "faker",
    "mimesis": "mimesis",
    "gecko": "gecko-syndata",
    "tab_err": "tab-err",
    "pseudopeople": "pseudopeople",
}


@dataclass(frozen=True)
class Subject:
    """Who does a job: ours or a peer, its script and arguments."""

    name: str
    line: Sequence[str]
    note: str = ""


@dataclass(frozen=True)
class Job:
    """One job and those who do it, ours first."""

    title: str
    note: str
    subjects: tuple[Subject, ...]


def jobs(folder: Path, rows: int, faker_rows: int) -> dict[str, Job]:
    """Return the jobs by name."""
    n, csv = str(rows), str(folder / "persons.csv")
    table = str(folder / "persons.arrow")
    return {
        "make": Job(
            "Make persons: name, sex, birth date, number of the identity paper, telephone, address",
            "Ours makes families whose ages, surnames and addresses agree and all columns of `dan_cu`,"
            " of which six are kept; Mimesis has no Vietnamese and makes Americans.",
            (
                Subject(OURS, ("ours.py", "make", n)),
                Subject("mimesis", ("mimesis/make.py", n)),
                Subject(
                    "faker",
                    ("faker/make.py", str(faker_rows)),
                    "vi_VN; fewer rows, hence less memory",
                ),
            ),
        ),
        "spoil": Job(
            "Spoil the same persons: 0.095 cells a record in five columns",
            "Eight kinds of mistakes at equal rates, the nearest that each has: see the runners.",
            (
                Subject(OURS, ("ours.py", "spoil", table)),
                Subject("tab_err", ("tab_err/spoil.py", csv)),
                Subject("gecko", ("gecko/spoil.py", csv)),
            ),
        ),
        "city": Job(
            "From people to a spoiled register with its key, against noise on a ready census",
            "Two different jobs: ours makes households, people, doses, both register tables, their"
            " errors, ledger and link; pseudopeople reads ready persons and spoils 18 columns.",
            (
                Subject(OURS, ("ours.py", "city", n)),
                Subject("pseudopeople", ("pseudopeople/census.py", str(folder / "census"))),
            ),
        ),
    }


def uv(*line: str) -> None:
    """Run uv, which lies beside the Python of the project or on the path."""
    found = shutil.which(
        "uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    if found is None:
        message = "uv is missing: pip install uv"
        raise SystemExit(message)
    subprocess.run([found, *line, "--quiet"], check=True)


def python_of(peer: str) -> str:
    """Return the interpreter of a peer's environment, made anew where its pins have changed."""
    if peer == OURS:
        return sys.executable
    pins, home = HERE / peer / "requirements.txt", CACHE / peer
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = home / "pins.txt"
    if not stamp.is_file() or stamp.read_bytes() != pins.read_bytes():
        print(f"making the environment of {peer}", file=sys.stderr)
        uv("venv", "--clear", "--python", sys.executable, str(home))
        uv("pip", "install", "--python", str(python), "-r", str(pins))
        shutil.copyfile(pins, stamp)
    return str(python)


def start(who: str, line: Sequence[str]) -> str:
    """Run a script in the environment of its subject and return what it printed."""
    paths = [HERE, ROOT] if who == OURS else [HERE]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    script, *arguments = line
    command = [python_of(who), str(HERE / script), *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        message = f"{who}: {' '.join(line)} ended with {done.returncode}"
        raise SystemExit(message)
    return done.stdout


def prepare(folder: Path, chosen: Sequence[Job], rows: int) -> None:
    """Make all environments and the inputs before anything is timed."""
    names = {subject.name for job in chosen for subject in job.subjects}
    for name in sorted(names):
        python_of(name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    start(OURS, ("ours.py", "write", str(folder), str(rows)))
    if "pseudopeople" in names:
        start("pseudopeople", ("pseudopeople/sample.py", str(folder / "census"), str(rows)))


def measure(job: Job, rounds: int) -> dict[str, list[dict[str, float]]]:
    """Let everybody have a turn in each round."""
    found: dict[str, list[dict[str, float]]] = {subject.name: [] for subject in job.subjects}
    for k in range(rounds):
        for subject in job.subjects:
            figures = json.loads(start(subject.name, subject.line).splitlines()[-1])
            found[subject.name].append(figures)
            print(f"round {k + 1} {subject.name}: {figures['cpu']:.2f} CPU s", file=sys.stderr)
    return found


def table(job: Job, found: dict[str, list[dict[str, float]]]) -> str:
    """Return the figures of a job as Markdown."""
    lines = [
        f"### {job.title}",
        job.note,
        "",
        "| Subject | Rows | CPU µs a row | Wall µs a row | MB | : ours | Checked |",
        "|---|--:|--:|--:|--:|--:|---|",
    ]
    ours = statistics.median(cost(run) for run in found[OURS])
    for subject in job.subjects:
        runs = found[subject.name]
        cpu = [cost(run) for run in runs]
        wall = statistics.median(1e6 * run["wall"] / run["rows"] for run in runs)
        peak = statistics.median(run["mb"] for run in runs)
        name = f"{subject.name} ({subject.note})" if subject.note else subject.name
        spread = f"{statistics.median(cpu):.2f} ({min(cpu):.2f} - {max(cpu):.2f})"
        ratio = f"{statistics.median(cpu) / ours:.1f}"
        cells = (name, f"{runs[0]['rows']:,}", spread, f"{wall:.2f}", f"{peak:,.0f}", ratio)
        lines.append(f"| {' | '.join(cells)} | {runs[0]['told']} |")
    return "\n".join(lines)


def cost(run: dict[str, float]) -> float:
    """Return CPU microseconds per row."""
    return 1e6 * run["cpu"] / run["rows"]


def versions(names: Sequence[str]) -> str:
    """Return the versions that were measured."""
    ask = "import sys, importlib.metadata as m; print(m.version(sys.argv[1]))"
    found = [f"{package} {version(package)}" for package in ("numpy", "pyarrow")]
    for name in names:
        done = subprocess.run(
            [python_of(name), "-c", ask, PEERS[name]], stdout=subprocess.PIPE, text=True, check=True
        )
        found.append(f"{PEERS[name]} {done.stdout.strip()}")
    return ", ".join(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--faker-rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", default="make,spoil,city")
    options = parser.parse_args()
    chosen = options.jobs.split(",")
    folder = CACHE / "input"
    known = jobs(folder, options.rows, options.faker_rows)
    if unknown := set(chosen) - set(known):
        parser.error(f"no such job: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    prepare(folder, [known[name] for name in chosen], options.rows)
    measured = [(known[name], measure(known[name], options.rounds)) for name in chosen]
    peers = [s.name for job, _ in measured for s in job.subjects if s.name != OURS]
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, ours with {versions(peers)};"
        f" {options.rounds} rounds, interleaved; median (least - most).\n"
    )
    print("\n\n".join(table(job, found) for job, found in measured))


if __name__ == "__main__":
    main()
