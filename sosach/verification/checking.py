"""Goes through a data set, ward by ward, and asks every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from sosach.verification.course_rules import COURSE_RULES
from sosach.verification.files import file_checks
from sosach.verification.key_rules import KEY_RULES
from sosach.verification.link_rules import LINK_RULES
from sosach.verification.manifest import Manifest, read_manifest
from sosach.verification.result import EXAMPLES, Check, NotADataset, Verification
from sosach.verification.tallies import Tallies
from sosach.verification.truth_rules import TRUTH_RULES
from sosach.verification.uniqueness import uniqueness_checks
from sosach.verification.ward_tables import load_ward, prepare

__all__ = ["verify"]

RULES = (*TRUTH_RULES, *COURSE_RULES, *LINK_RULES, *KEY_RULES)

#: passes items on one by one and may show how far it has come; the second value is a title
Progress = Callable[[Iterable[str], str], Iterable[str]]


def _silent(items: Iterable[str], title: str) -> Iterable[str]:
    return items


def verify(folder: Path, progress: Progress = _silent) -> Verification:
    """Prove a generated data set: its files, its city, its register and its answer key.

    Parameters
    ----------
    folder : Path
        What ``sosach generate --out`` wrote.
    progress : callable
        Gets the ward codes and a Vietnamese title, and returns the codes in order.

    Returns
    -------
    Verification
        Every rule with what breaks it. If files are missing, strange, altered or unreadable, only
        the rules on files are examined.

    Raises
    ------
    NotADataset
        If the folder holds no data set.
    """
    manifest = read_manifest(folder)
    with duckdb.connect() as connection:
        # a bar of DuckDB's own would stand on stdout, in the middle of what a program may read
        connection.execute("set enable_progress_bar = false")
        connection.execute("set temp_directory = ''")
        connection.execute("set preserve_insertion_order = false")
        checks = file_checks(folder, manifest, connection)
        if any(check.violations for check in checks):
            return Verification(checks, (), complete=False)
        wards = progress(manifest.wards, "Kiểm chứng")
        return _examine(connection, folder, manifest, wards, checks)


def _examine(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    manifest: Manifest,
    wards: Iterable[str],
    checks: tuple[Check, ...],
) -> Verification:
    tallies = Tallies()
    broken: dict[str, list[str]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    prepare(connection, manifest)
    for ward in wards:
        _load(connection, folder, ward)
        tallies.add(connection)
        for rule in RULES:
            keys = sorted(str(key) for (key,) in connection.execute(rule.query).fetchall())
            counts[rule.name] += len(keys)
            broken[rule.name] += keys[: EXAMPLES - len(broken[rule.name])]
    checks += tuple(
        Check(rule.name, counts[rule.name], tuple(broken[rule.name]), rule.sentence)
        for rule in RULES
    )
    checks += uniqueness_checks(connection, folder, manifest) + tallies.checks(manifest)
    return Verification(checks, tallies.causes(manifest), complete=True)


def _load(connection: duckdb.DuckDBPyConnection, folder: Path, ward: str) -> None:
    try:
        load_ward(connection, folder, ward)
    except duckdb.Error as error:
        message = (
            f"Không đọc hết được các bảng của phường {ward} trong {folder} ({error}). "
            "Sinh lại dữ liệu bằng sosach generate vào một thư mục trống."
        )
        raise NotADataset(message) from error
