"""The case in the making: what the parts of a desk are made of, and what each part adds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.vietnamese import nfc, strip_diacritics
from sosach.grading.rubrics.key import Choice, Duty, Figure, Signable
from sosach.simulation.truth import TABLES, Truth

if TYPE_CHECKING:
    from generator.packs import Pack
    from sosach.cases.class_pki import ClassPki

__all__ = ["Desk", "Paper", "Row", "Signed", "Writer"]

STATION, CENTRE = "trạm y tế", "trung tâm y tế"

Row = dict[str, str]
#: writes a file to a path
Writer = Callable[[Path], None]
#: writes a file, or a folder of files, that the certificates of a class have signed
Signed = Callable[[Path, "ClassPki"], None]


@dataclass(frozen=True)
class Paper:
    """Something that lies beside a record.

    Attributes
    ----------
    kind : str
        ``cong_an``, ``giay_xac_nhan``, ``phieu_sang_loc``, ``cccd``, ``co_so``, ``phan_anh``;
        of signing: ``chung_thu``, ``thu_hoi``, ``token``, ``tim_thay``, ``uy_quyen``, ``nhat_ky``,
        ``ban_da_ky``, ``ho_chieu``, ``ma_qr``.
    title, source : str
        What it is, and from whom.
    cells : mapping
        Column of the register -> what the paper says.
    dose : str
        ``ma_mui`` of the dose that it speaks of, "" where it speaks of none there is.
    text : str
        What stands on it beside the cells.
    picture : str
        Path of a PNG below ``du_lieu/``, "" where there is nothing to look at.
    """

    kind: str
    title: str
    source: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    dose: str = ""
    text: str = ""
    picture: str = ""


@dataclass
class Desk:
    """A pack, what lies beside it, and what that makes right.

    Attributes
    ----------
    pack : Pack
    seed : int
        Of all who answer.
    papers : dict
        ``ma_ho_so`` -> papers of that record.
    proofs : set of str
        ``ma_mui`` and ``dose_id`` of doses, ``ma_ho_so`` of second records, of which a paper
        tells what is right.
    files : dict
        Name of a table in ``du_lieu/`` -> its rows.
    prints : dict
        Name of a file in ``du_lieu/`` that is made for reading -> what writes it.
    signed : dict
        Name of a file or folder in ``du_lieu/`` that is signed for real -> what writes it, from
        the same facts as the tables.
    duties : dict
        ``ma_ho_so`` -> what an answer at hand makes right; the taxonomy rules the others.
    choices, figures, signables : dict
        As in `sosach.grading.rubrics.key.Key`, which calls the last one `doses`.
    """

    pack: Pack
    seed: int
    papers: dict[str, list[Paper]] = field(default_factory=dict)
    proofs: set[str] = field(default_factory=set)
    files: dict[str, list[Row]] = field(default_factory=dict)
    prints: dict[str, Writer] = field(default_factory=dict)
    signed: dict[str, Signed] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    signables: dict[str, Signable] = field(default_factory=dict)

    @cached_property
    def truth(self) -> Truth:
        """The people and doses behind the records, as those who answer know them."""
        named = {"dan_cu": self.pack.people, "mui_that": self.pack.given, "co_so": self.pack.sites}
        found = {name: named.get(name) or getattr(self.pack, name) for name in TABLES}
        return Truth({name: table.to_pylist() for name, table in found.items()})

    @cached_property
    def subjects(self) -> dict[str, Row]:
        """``ma_ho_so`` -> the record, all text."""
        return {row["ma_ho_so"]: row for row in _texts(self.pack.doi_tuong)}

    @cached_property
    def doses(self) -> dict[str, Row]:
        """``ma_mui`` -> the line, all text."""
        return {row["ma_mui"]: row for row in _texts(self.pack.mui_tiem)}

    @cached_property
    def doses_of(self) -> dict[str, list[Row]]:
        """``ma_ho_so`` -> its lines."""
        found: dict[str, list[Row]] = {record: [] for record in self.subjects}
        for dose in self.doses.values():
            found[dose["ma_ho_so"]].append(dose)
        return found

    @cached_property
    def decoys(self) -> dict[str, str]:
        """``ma_ho_so`` -> the trap that the record is, of those that are one."""
        link = self.pack.link.to_pylist()
        return {row["ma_ho_so"]: row["decoy"] for row in link if row["decoy"]}

    @cached_property
    def station(self) -> str:
        """Code of the ward's health station."""
        return next(c for c, site in self.truth.sites.items() if site["loai"] == STATION)

    @cached_property
    def centre(self) -> str:
        """Code of the district's health centre."""
        return next(c for c, site in self.truth.sites.items() if site["loai"] == CENTRE)

    @cached_property
    def alike(self) -> dict[str, set[str]]:
        """Records that share a number, or name and birth date, each with the others."""
        shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for record, row in self.subjects.items():
            name = " ".join(strip_diacritics(nfc(row["ho_ten"])).upper().split())
            shared["ten", name, row["ngay_sinh"]].append(record)
            if row["so_giay_to"]:
                shared["so", row["so_giay_to"]].append(record)
        found: dict[str, set[str]] = defaultdict(set)
        for records in shared.values():
            for one, two in permutations(records, 2):
                found[one].add(two)
        return found

    def is_open(self, record: str, others: Iterable[str]) -> bool:
        """Tell whether records that are alike may still be of one person: not all are verified."""
        states = {self.subjects[name]["tt_xac_minh"] for name in (record, *others)}
        return states != {"Đúng"}

    def lay_list_of_sites(self) -> None:
        """Put the official list of sites on the desk: code, name, and who enters their doses."""
        names = ("co_so_tiem", "ten_co_so", "loai", "don_vi_nhap")
        listed = [site for site in self.pack.sites.to_pylist() if site["trong_danh_muc"]]
        self.files["co_so"] = [{name: site[name] for name in names} for site in listed]

    def lay(self, record: str, paper: Paper) -> None:
        """Put a paper beside a record."""
        self.papers.setdefault(record, []).append(paper)


def _texts(table: Any) -> list[Row]:  # noqa: ANN401 - pyarrow ships no types
    return [{name: value or "" for name, value in row.items()} for row in table.to_pylist()]
