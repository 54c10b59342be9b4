"""A whole city on disk: ward by ward, each a pure function of seed, ward and scenario.

Any order and any number of processes give the same bytes. A ward counts as done when its receipt
is there and its files are what the receipt says; the receipt gets its name last, so a run that was
stopped goes on where it stopped. Whoever works on a ward writes into a folder of their own, so that
two who work on the same one, as after a lost connection, do not disturb each other.
"""

from __future__ import annotations

import gc
import json
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa

from generator import ENGINE, supply
from generator.corruption import Plan, by_rate
from generator.files import write_whole
from generator.manifest import counts, make_manifest
from generator.places import Ward, household_sizes, wards
from generator.problems import Problem
from generator.scenario import Scenario
from generator.spoiling import Register, spoil_register
from generator.storage import FORMATS, sha256, write_table
from generator.town import make_town, owners_of

__all__ = ["FORMATS", "Request", "generate", "make_ward", "n_households"]

#: residents at the census of 2019: the sum of hcmc_units_2022.csv
CENSUS = 8_993_082
#: where wards lie while they are made; gone when the city is complete
WORKSHOP = ".dang_lam"
#: what must be equal on every computer that takes part; pyarrow writes its version into its files
VERSIONS = {"engine": ENGINE, "pyarrow": pa.__version__}


@dataclass(frozen=True)
class Request:
    """What to make; two folders with equal requests hold equal bytes.

    Attributes
    ----------
    seed : int
        0 <= seed < 2**64.
    scale : float
        0 < scale <= 1: share of the households of every ward.
    scenario : Scenario
    formats : tuple of str
        Members of `FORMATS`; the first is always made.

    Raises
    ------
    Problem
        If seed or scale is out of range.
    """

    seed: int
    scale: float
    scenario: Scenario
    formats: tuple[str, ...] = ("parquet",)

    def __post_init__(self) -> None:
        if not 0 < self.scale <= 1:
            message = (
                f"Tỷ lệ quy mô --scale phải lớn hơn 0 và không quá 1, đang là {self.scale:g}."
                " Viết 1 cho cả thành phố, 0.01 cho một phần trăm số hộ của mỗi phường."
            )
            raise Problem(message)
        if not 0 <= self.seed < 2**64:
            message = f"Số khởi đầu --seed phải từ 0 đến 2^64 - 1, đang là {self.seed}."
            raise Problem(message)

    @property
    def identity(self) -> dict[str, Any]:
        """Return what decides the bytes."""
        return {
            "engine": ENGINE,
            "scenario": self.scenario.name,
            "scenario_sha256": self.scenario.sha256,
            "seed": self.seed,
            "scale": self.scale,
            "formats": sorted({"parquet", *self.formats}),
        }


def n_households(ward: Ward, request: Request) -> int:
    """Return how many households a ward gets: the census, grown to the scenario's residents."""
    growth = request.scenario.residents / CENSUS
    return max(1, round(sum(household_sizes()[ward.code]) * growth * request.scale))


def make_ward(ward: Ward, request: Request) -> tuple[dict[str, pa.Table], Register]:
    """Make all tables of one ward.

    Parameters
    ----------
    ward : Ward
    request : Request

    Returns
    -------
    tuple of dict and Register
        Table name -> table, and the register with what went wrong in it.
    """
    scenario = request.scenario
    town = make_town(request.seed, ward, scenario, n_households(ward, request))
    plan = Plan({**scenario.errors, **scenario.decoys}, by_rate, one_per_record=False)
    made = spoil_register(town, owners_of(town), plan)
    tables = {
        "dan_cu": town.residents,
        "ho_gia_dinh": town.homes,
        "mui_that": town.given,
        "co_so": supply.site_table(town.draws, ward, scenario),
        "doi_tuong": made.doi_tuong,
        "mui_tiem": made.mui_tiem,
        "ledger": made.ledger,
        "link": made.link,
    }
    return tables, made


def generate(
    chosen: Iterable[Ward],
    request: Request,
    folder: Path,
    run: Callable[[Callable[[Ward], None], list[Ward]], Iterable[None]] = map,
    progress: Callable[[Iterable[None], int], Iterable[None]] = lambda steps, total: steps,
) -> dict[str, Any]:
    """Make wards into a folder, those that are there already excepted.

    Parameters
    ----------
    chosen : iterable of Ward
    request : Request
    folder : Path
        New, empty, or holding part of the same city.
    run : callable
        How the wards are worked through: `map`, or that of an executor. Whoever does the work
        must see `folder` under the same path.
    progress : callable
        Told of each ward that is done, and of their number.

    Returns
    -------
    dict
        The manifest, as written to ``manifest.json``: all wards in the folder.

    Raises
    ------
    Problem
        If the folder holds something else, or is not the same for all who work on it.
    """
    chosen, folder = list(chosen), folder.resolve()
    _claim(folder, request)
    (folder / "manifest.json").unlink(missing_ok=True)
    done = {code for code in wards() if _is_done(folder, code)}
    open_wards = [ward for ward in chosen if ward.code not in done]
    work = partial(_write_ward, request, folder, VERSIONS)
    for _ in progress(run(work, open_wards), len(open_wards)):
        pass
    _check_shared(folder, open_wards)
    there = done | {ward.code for ward in open_wards}
    receipts = [
        json.loads(_receipt(folder, code).read_text(encoding="utf-8"))
        for code in wards()
        if code in there
    ]
    label = {**request.identity, "versions": {**VERSIONS, "numpy": np.__version__}}
    manifest = make_manifest(label, request.scenario, receipts)
    shutil.rmtree(folder / WORKSHOP, ignore_errors=True)
    _write_json(folder / "manifest.json", manifest)
    return manifest


def _claim(folder: Path, request: Request) -> None:
    """Take an empty folder, or one that holds part of the same city."""
    label = folder / "request.json"
    if label.is_file():
        found = json.loads(label.read_text(encoding="utf-8"))
        different = [key for key, value in request.identity.items() if found.get(key) != value]
        if different:
            message = (
                f"Thư mục {folder} đã chứa một thành phố khác: khác nhau ở {', '.join(different)}."
                " Hãy chọn thư mục khác, hoặc chạy lại đúng kịch bản và số khởi đầu cũ."
            )
            raise Problem(message)
    elif folder.exists() and not _is_free(folder):
        message = (
            f"Thư mục {folder} đang chứa thứ khác, không ghi đè. Hãy chọn một thư mục mới"
            " hoặc trống."
        )
        raise Problem(message)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        _write_json(label, request.identity)


def _is_free(folder: Path) -> bool:
    """Tell whether nothing lies there but what a run left that was stopped at once."""
    return folder.is_dir() and all(
        path.name == ".request.json.dang_ghi" for path in folder.iterdir()
    )


def _check_shared(folder: Path, made: Collection[Ward]) -> None:
    """Find the receipts of wards that are said to be made."""
    # listed, not asked for one by one: a network disk remembers for a while what was missing
    there = {path.name for path in (folder / "receipts").glob("*.json")}
    lost = [ward.code for ward in made if f"{ward.code}.json" not in there]
    if lost:
        message = (
            f"Không thấy kết quả của {len(lost)} phường/xã trong {folder} (đầu tiên: {lost[0]})."
            " Các máy đã làm xong nhưng ghi vào đĩa riêng. Thư mục kết quả phải là thư mục dùng"
            " chung, có cùng đường dẫn trên mọi máy."
        )
        raise Problem(message)


def _receipt(folder: Path, code: str) -> Path:
    return folder / "receipts" / f"{code}.json"


def _is_done(folder: Path, code: str) -> bool:
    """Read the files of a ward again: a power cut may leave the right sizes and wrong bytes."""
    try:
        receipt = json.loads(_receipt(folder, code).read_text(encoding="utf-8"))
        return all(
            sha256(folder / name) == entry["sha256"] for name, entry in receipt["files"].items()
        )
    except (FileNotFoundError, ValueError):
        return False


def _write_ward(request: Request, folder: Path, versions: Mapping[str, str], ward: Ward) -> None:
    """Make one ward and its receipt aside, then give them their names, the receipt last."""
    _check_workplace(folder, versions)
    if _is_done(folder, ward.code):
        return  # done already by somebody who could not tell
    with _named_trouble(folder), _workbench(folder, ward) as bench:
        with _no_search_for_cycles():
            tables, made = make_ward(ward, request)
        files = {}
        for name, table in tables.items():
            for kind in request.identity["formats"]:
                file = f"{name}/{ward.code}.{kind}"
                files[file] = write_table(table, bench / file)
        tallies = [asdict(tally) for tally in made.tallies]
        receipt = {"counts": counts(tables), "errors": tallies, "files": files}
        _write_json(_receipt(bench, ward.code), receipt)
        for path in (*(bench / file for file in files), _receipt(bench, ward.code)):
            target = folder / path.relative_to(bench)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Leave the collector of cycles alone: there are none, and looking costs a third of the time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _check_workplace(folder: Path, versions: Mapping[str, str]) -> None:
    """Refuse to work on another computer where the result would be lost, or another one."""
    if not (folder / "request.json").is_file():
        message = (
            f"Máy làm việc không thấy thư mục {folder}. Thư mục kết quả phải là thư mục dùng chung,"
            " có cùng đường dẫn trên mọi máy."
        )
        raise Problem(message)
    if versions != VERSIONS:
        message = (
            f"Máy làm việc dùng phiên bản {VERSIONS}, máy ra lệnh dùng {dict(versions)}, nên kết"
            " quả sẽ khác nhau. Hãy cài cùng một bản sosach trên mọi máy."
        )
        raise Problem(message)


@contextmanager
def _workbench(folder: Path, ward: Ward) -> Iterator[Path]:
    """Offer a folder that nobody else writes into."""
    (folder / WORKSHOP).mkdir(exist_ok=True)
    with TemporaryDirectory(
        prefix=f"{ward.code}.", dir=folder / WORKSHOP, ignore_cleanup_errors=True
    ) as bench:
        yield Path(bench)


@contextmanager
def _named_trouble(folder: Path) -> Iterator[None]:
    """Let an error of the disk say where, also when it comes from a library or another process."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(folder)
        raise


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=1))
