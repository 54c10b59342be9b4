"""A real PostgreSQL server, for the tests of every room that can use one."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine


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
