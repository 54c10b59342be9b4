"""Making the case of one trainee: a pack, the papers that the exercise asks for, and the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.packs import Pack, Recipe, make_pack
from generator.scenario import Scenario, load_scenario
from generator.strict import check_names
from sosach.cases import letters, police, progress, slips, states, visits
from sosach.cases.class_pki import ClassPki
from sosach.cases.desk import Desk, Paper, Row, Signed, Writer
from sosach.cases.keys import digest, key_of, pack_sha256
from sosach.cases.recipes import shares
from sosach.cases.signing import drawer, half_signed, passport_desk, signature_desk, token_desk
from sosach.grading.rubrics.key import Key
from sosach.grading.specs import ExerciseSpec
from sosach.signing.doses import with_subjects
from sosach.simulation.truth import as_text

__all__ = ["MATERIAL", "Case", "make_case"]

#: what a spec may put on the desk beside the register
MATERIAL: Mapping[str, Callable[[Desk], None]] = {
    "trang_thai": states.who_acts,
    "ban_giao_cong_an": police.hand_over,
    "phieu_luu": slips.kept_slips,
    "chong_phieu": slips.pile,
    "giay_to": visits.cards,
    "phan_anh": letters.letters,
    "tien_do": progress.report,
    "ho_chieu": passport_desk.passports,
    "can_kiem_tra_chu_ky": signature_desk.signatures,
    "token_va_chung_thu": token_desk.situations,
    "token_cua_tram": drawer.tokens,
    "lo_ky_do_dang": half_signed.batches,
}


@dataclass(frozen=True)
class Case:
    """What one trainee finds, and what is right about it.

    Attributes
    ----------
    pack : Pack
        The register, and the truth behind it.
    papers : mapping
        Record, letter or slip -> the papers that lie beside it.
    files : mapping
        Further tables of ``du_lieu/``: name -> rows.
    prints : mapping
        Further files of ``du_lieu/`` that are made for reading: name -> what writes it.
    signed : mapping
        The same for what the certificates of a class have signed; see `printed`.
    key : Key
        Stays with whoever made the case.
    """

    pack: Pack
    papers: Mapping[str, list[Paper]]
    files: Mapping[str, list[Row]]
    prints: Mapping[str, Writer]
    signed: Mapping[str, Signed]
    key: Key

    @property
    def sha256(self) -> str:
        """The fingerprint of all that the trainee gets, whatever the file format."""
        return digest([pack_sha256(self.pack), self.files, self.told_papers()])

    def printed(self, pki: Callable[[], ClassPki]) -> dict[str, Writer]:
        """Return what writes the files that are made for reading, the signed ones among them.

        Parameters
        ----------
        pki : callable
            Returns the certificates to sign with; only called when something is signed.
        """

        def sealed(write: Signed) -> Writer:
            return lambda path: write(path, pki())

        return {**self.prints, **{name: sealed(write) for name, write in self.signed.items()}}

    def doses(self) -> Iterator[Row]:
        """Yield the doses with the cells of their subjects, all text."""
        tables = self.pack.mui_tiem, self.pack.doi_tuong
        return with_subjects(*(map(as_text, table.to_pylist()) for table in tables))

    def told_papers(self) -> dict[str, list[dict[str, Any]]]:
        """Return the papers as JSON can hold them."""
        return {item: [{**vars(paper)} for paper in some] for item, some in self.papers.items()}


def make_case(spec: ExerciseSpec, level: str, seed: int) -> Case:
    """Make the case of one trainee, the same every time.

    Parameters
    ----------
    spec : ExerciseSpec
    level : str
        A level of the exercise.
    seed : int
        0 <= seed < 2**64.

    Returns
    -------
    Case

    Raises
    ------
    Problem
        If the recipe cannot be made.
    """
    check_names(spec.material, MATERIAL, f"Bài {spec.id}, material", "thứ bày trên bàn")
    n_records = spec.n_records(level)
    recipe = Recipe(
        scenario=_scenario(spec.scenario),
        wards=spec.recipe.wards,
        errors=shares(spec.recipe.errors, n_records, seed),
        decoys=shares(spec.recipe.decoys, n_records, seed),
    )
    desk = Desk(make_pack(recipe, n_records, seed), seed)
    desk.lay_list_of_sites()
    for name in spec.material:
        MATERIAL[name](desk)
    return Case(
        desk.pack, desk.papers, desk.files, desk.prints, desk.signed, key_of(desk, spec.tasks)
    )


@cache
def _scenario(name: str) -> Scenario:
    return load_scenario(name)
