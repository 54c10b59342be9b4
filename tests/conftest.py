"""Real servers for the tests of every room that can use one: PostgreSQL, a Dask scheduler."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import NullPool, create_engine

ROOT = Path(__file__).resolve().parents[1]
# how long an example takes says nothing about the code on a busy machine
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

#: seconds after which a test that waits has failed
PATIENCE = 240


def wait_until(fact):
    """Wait for something that will be true."""
    deadline = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.005)


@pytest.fixture(scope="session")
def dask_address(tmp_path_factory):
    """A scheduler and two worker processes on this computer."""
    folder = tmp_path_factory.mktemp("dask")
    label, log = folder / "scheduler.json", folder / "log"
    common = ["--scheduler-file", label, "--host", "127.0.0.1", "--no-dashboard"]
    own = ["--nworkers", "2", "--nthreads", "1", "--local-directory", folder]
    dask = [sys.executable, "-m", "dask"]
    with log.open("w") as out:
        started = [
            subprocess.Popen([*dask, "scheduler", *common, "--port", "0"], cwd=ROOT, stderr=out),
            subprocess.Popen([*dask, "worker", *common, *own], cwd=ROOT, stderr=out),
        ]
        try:
            wait_until(lambda: log.read_text().count("Registered to") == 2)
            yield json.loads(label.read_text())["address"]
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait(PATIENCE)


def postgresql_programs():
    """Return the folder of PostgreSQL's programs, which Debian keeps away from PATH."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    assert found or folders, "PostgreSQL is missing: install the postgresql package"
    return Path(found).resolve().parent if found else folders[-1]


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL server of our own, which sorts as Vietnamese does: the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="sosach-"))  # a socket's path must be short
    someone_else = []
    if os.geteuid() == 0:  # it refuses to be run by root
        shutil.chown(folder, "postgres")
        someone_else = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    data, programs = folder / "data", postgresql_programs()

    def run(program, *arguments):
        command = [*someone_else, programs / program, "-D", data, *arguments]
        with (folder / "output").open("wb") as output:  # the server keeps it open
            subprocess.run(command, cwd=folder, stdout=output, stderr=output, check=True)

    run("initdb", "--username=sosach", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    settings = f"-k {folder} -c listen_addresses= -c fsync=off"
    run("pg_ctl", "--wait", f"--log={folder}/log", f"--options={settings}", "start")
    yield folder
    run("pg_ctl", "--mode=immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def emptied(postgresql):
    """Return a maker of empty databases in the test server: a name gives a URL."""
    address = f"sosach@/%s?unix_sock={postgresql}/.s.PGSQL.5432"
    vietnamese = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'vi'"
    made = set()

    def command(name, *statements):
        url = f"postgresql+pg8000://{address % name}"
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def make(name):
        if name in made:
            command(name, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        else:
            command("postgres", f"CREATE DATABASE {name} {vietnamese}")
        made.add(name)
        return f"postgresql://{address % name}"

    return make
