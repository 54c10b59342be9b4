"""Who writes about what, and how a letter goes wrong: other words, another paper, a bad photo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator import facts
from generator.vietnamese import TONES, compose, decompose, same_spelling, strip_diacritics
from sosach.simulation.people.feedback_photos import LABELS, SCREENING, SLIP, Draw, Paper
from sosach.simulation.people.phrases import place_name
from sosach.simulation.truth import Row, Truth

__all__ = ["BLUR", "FAULTS", "FLAWS", "Case", "Draft", "Ward", "find_case", "spoil", "start"]

#: all places outside the city (co_so): the city's stations do not review such doses
ELSEWHERE = "NGOAI"
CITIZEN = "Việt Nam"
#: what a record or a line has -> what its owner writes about
ABOUT_RECORD = {"E10": "ho_ten", "E14": "ho_ten", "E12": "gioi_tinh"}
ABOUT_LINE = {
    "E51": "ngay_tiem",
    "E53": "ngay_tiem",
    "E52": "mui",
    "E57": "mui",
    "E55": "ten_vac_xin",
}
#: the dose for which each is taken by mistake
TAKEN_FOR = {
    "CB1": "CB2",
    "CB2": "CB1",
    "CB3": "NL1",
    "BS": "NL1",
    "NL1": "NL2",
    "NL2": "NL1",
    "NL3": "NL2",
}
VACCINES = ("AstraZeneca", "Pfizer", "Moderna", "Vero Cell")
#: a syllable that ends so has one of two tones only
STOPPED, STOPPED_TONES = ("c", "ch", "p", "t"), ("sắc", "nặng")
#: a photo is blurred where no line of these can be read
BLUR = ("ho_ten", "ngay_sinh", "mui", "ten_vac_xin", "ngay_tiem", "noi_tiem")


@dataclass(frozen=True)
class Ward:
    """Where the letters come from.

    Attributes
    ----------
    truth : Truth
    people : tuple of str
        ``person_id`` of all residents, in order.
    centre, district : str
        Code of the district's health centre; name of the district.
    """

    truth: Truth
    people: tuple[str, ...]
    centre: str
    district: str

    @classmethod
    def of(cls, truth: Truth) -> Ward:
        """Read a ward from its truth."""
        sites = truth.sites.items()
        centre = min(code for code, row in sites if row["loai"] == "trung tâm y tế")
        rows = facts.table("hcmc_districts_2022")
        names = {row["district_code"]: row["district_name"] for row in rows}
        return cls(truth, tuple(sorted(truth.people)), centre, names[centre.removeprefix("TT")])


@dataclass(frozen=True)
class Case:
    """Somebody with a record, and a dose or a cell that is wrong in it.

    Attributes
    ----------
    record : str
        ``ma_ho_so``.
    person, dose : dict
        Rows of ``dan_cu`` and ``mui_that``.
    topic : str
        A column, or "thieu_mui" where the dose was never entered.
    """

    record: str
    person: Row
    dose: Row
    topic: str


@dataclass
class Draft:
    """A letter in the making.

    Attributes
    ----------
    claim : dict
        What the citizen typed, in columns of the register, ``noi_tiem`` (name of the place),
        ``tinh`` and ``huyen``.
    paper : Paper or None
        What was photographed; None where there is a portrait alone.
    other : Case or None
        Whose paper it is where it is not the citizen's own.
    """

    claim: dict[str, str]
    paper: Paper | None
    other: Case | None = None


def find_case(ward: Ward, draw: Draw, taken: Collection[str], missing: bool) -> Case | None:
    """Find somebody who has a reason to write.

    Parameters
    ----------
    ward : Ward
    draw : Draw
    taken : collection of str
        Records that have written today.
    missing : bool
        Whether it must be about a dose that was never entered.

    Returns
    -------
    Case or None
        None where nobody is left.
    """
    for record, person in _round(ward, draw, "nguoi"):
        if record in taken:
            continue
        wishes = [w for w in _wishes(record, ward.truth) if not missing or w[0] == "thieu_mui"]
        if wishes:
            topic, dose = draw.pick("viec", wishes)
            return Case(record, person, dose, topic)
    return None


def _round(ward: Ward, draw: Draw, name: str) -> Iterator[tuple[str, Row]]:
    """Yield the citizens with a record of their own, from a drawn one all round."""
    truth, n = ward.truth, len(ward.people)
    first = int(draw.share(name) * n)
    for i in range(n):
        key = ward.people[(first + i) % n]
        person, record = truth.people[key], truth.own_record(key)
        if record and person["tinh_trang"] == "sống" and person["quoc_tich"] == CITIZEN:
            behind = truth.person(record)
            if behind and behind["person_id"] == key and not truth.other(record):
                yield record, person


def _wishes(record: str, truth: Truth) -> list[tuple[str, Row]]:
    doses = _doses(record, truth)
    causes = truth.causes(record)
    found = [("thieu_mui", dose) for dose in doses if not dose["ma_mui"]]
    entered = [dose for dose in doses if dose["ma_mui"]]
    topics = {ABOUT_RECORD[cause] for cause in causes if cause in ABOUT_RECORD}
    found += [(topic, dose) for topic in sorted(topics) for dose in entered[:1]]
    for dose in entered:
        here = truth.causes(record, dose["ma_mui"])
        topics = {ABOUT_LINE[cause] for cause in here if cause in ABOUT_LINE}
        found += [(topic, dose) for topic in sorted(topics)]
    return found


def _doses(record: str, truth: Truth) -> list[Row]:
    """Return the doses that somebody was given in the city, in an order that no table decides."""
    here = [dose for dose in truth.given(record) if dose["noi_tiem"] != ELSEWHERE]
    return sorted(here, key=lambda dose: str(dose["dose_id"]))


def start(case: Case, ward: Ward, draw: Draw) -> Draft:
    """Return a letter in which everything is right.

    Parameters
    ----------
    case : Case
    ward : Ward
    draw : Draw

    Returns
    -------
    Draft
    """
    text = _paper_text(case, ward.truth)
    claim = {**text, "co_so_tiem": case.dose["co_so_tiem"]}
    claim |= {"so_dien_thoai": case.person["so_dien_thoai"]}
    claim |= {"tinh": "TP. Hồ Chí Minh", "huyen": ward.district}
    kind = SCREENING if draw.share("loai_giay") < 0.2 else SLIP
    return Draft(claim, Paper(kind, text))


def _paper_text(case: Case, truth: Truth) -> dict[str, str]:
    known = {**case.person, **case.dose}
    known["noi_tiem"] = place_name(truth, known["noi_tiem"])
    return {name: known[name] for name in LABELS}


def spoil(fault: str, case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    """Let one thing go wrong with a letter.

    Parameters
    ----------
    fault : str
        A key of `FAULTS`.
    case : Case
    draft : Draft
        Changed in place.
    ward : Ward
    draw : Draw

    Returns
    -------
    bool
        Whether it could go wrong that way for this person.
    """
    return FAULTS[fault](case, draft, ward, draw)


def _type_other_tone(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    rest, _, given = draft.claim["ho_ten"].rpartition(" ")
    parts = decompose(given)
    if parts is None:
        return _send_others_paper(case, draft, ward, draw)
    tones = STOPPED_TONES if parts.coda.lower() in STOPPED else tuple(TONES)
    heard = [compose(parts._replace(tone=tone)) for tone in tones]
    draft.claim["ho_ten"] = f"{rest} " + draw.pick(
        "thanh", [other for other in heard if not same_spelling(other, given)]
    )
    return True


def _send_others_paper(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    """Send a paper on which everything is another's: person, dose, day, vaccine and place."""
    mine = _paper_text(case, ward.truth)
    for other in _others(case, ward, draw):
        text = _paper_text(other, ward.truth)
        same = [name for name in LABELS if same_spelling(text[name], mine[name])]
        if not same:
            draft.paper, draft.other = Paper(SLIP, text), other
            return True
    return False


def _others(case: Case, ward: Ward, draw: Draw) -> Iterator[Case]:
    """Yield the doses of others."""
    for record, person in _round(ward, draw, "nguoi_khac"):
        if record != case.record:
            for dose in _doses(record, ward.truth):
                yield Case(record, person, dose, "")


def _alter_others_paper(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    """Put one's own name on another's slip of the same dose, with another day."""
    for other in _others(case, ward, draw):
        if other.dose["mui"] == case.dose["mui"] and other.dose["ngay_tiem"] not in {
            dose["ngay_tiem"] for dose in ward.truth.given(case.record)
        }:
            text = _paper_text(other, ward.truth)
            mine = {name: draft.claim[name] for name in ("ho_ten", "ngay_sinh", "gioi_tinh")}
            changed = [name for name in ("ho_ten", "ngay_sinh") if text[name] != mine[name]]
            if changed:
                draft.paper = Paper(SLIP, text | mine, altered=tuple(changed))
                draft.other = other
                seen = ("mui", "ten_vac_xin", "so_lo", "ngay_tiem", "noi_tiem")
                draft.claim |= {name: text[name] for name in seen}
                draft.claim["co_so_tiem"] = other.dose["co_so_tiem"]
                return True
    return False


def _type_other_dose(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    del ward, draw
    draft.claim["mui"] = TAKEN_FOR[case.dose["mui"]]
    return True


def _type_other_birth_date(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    del case, ward
    born = draft.claim["ngay_sinh"]
    day, month, year = born[:2], born[3:5], int(born[-4:])
    if len(born) == 10 and day <= "12" and day != month and draw.share("dao") < 0.5:
        draft.claim["ngay_sinh"] = f"{month}/{day}/{year}"
    else:
        known = "" if born.startswith("29/02") else born[:-4]
        draft.claim["ngay_sinh"] = f"{known}{year + draw.pick('nam', (-2, -1, 1, 2))}"
    return True


def _type_other_day(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    del ward
    day, month, year = map(int, case.dose["ngay_tiem"].split("/"))
    given = date(year, month, day) - timedelta(days=draw.pick("ngay", (1, 2, 3, 7, 10)))
    draft.claim["ngay_tiem"] = given.strftime("%d/%m/%Y")
    return True


def _type_other_vaccine(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    del ward
    others = [name for name in VACCINES if name != case.dose["ten_vac_xin"]]
    draft.claim["ten_vac_xin"] = draw.pick("vac_xin", others)
    return True


def _type_poor_name(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    """Type without marks, or leave out a word."""
    del case, ward
    name = draft.claim["ho_ten"]
    plain, words = strip_diacritics(name), name.split()
    short = " ".join(words[:1] + words[2:]) if len(words) > 2 else ""
    options = [
        text for text in (plain, plain.upper(), short) if text and not same_spelling(text, name)
    ]
    if not options:
        return False
    draft.claim["ho_ten"] = draw.pick("ten", options)
    return True


def _unread(kind: str, why: str, lines: tuple[str, ...]) -> Fault:
    """Return a fault of the photo: one of some lines, sometimes two, cannot be read."""

    def fault(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
        del case, ward
        if draft.paper is None:
            return False
        first, second = draw.pick("dong", lines), draw.pick("dong_hai", lines)
        hidden = {first, second} if draw.share("hai") < 0.3 else {first}
        draft.paper.kind = kind or draft.paper.kind
        draft.paper.unread |= dict.fromkeys(sorted(hidden), why)
        return True

    return fault


def _blur(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    del case, ward, draw
    if draft.paper is None:
        return False
    draft.paper.unread |= dict.fromkeys(BLUR, "blurred")
    return True


def _send_portrait(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    del case, ward, draw
    draft.paper = None
    return True


def _name_no_place(case: Case, draft: Draft, ward: Ward, draw: Draw) -> bool:
    """Do not say where, and send a paper on which the place cannot be read (E84)."""
    del case, ward
    if draft.paper is None:
        return False
    draft.claim |= {"noi_tiem": "", "co_so_tiem": ""}
    if draw.share("tinh") < 0.5:
        draft.claim["huyen"] = ""
    draft.paper.unread["noi_tiem"] = draw.pick("noi", ("blank", "blurred"))
    return True


Fault = Callable[[Case, Draft, Ward, Draw], bool]

#: reason of CV 9458, or error of the taxonomy -> how it comes about
FAULTS: dict[str, Fault] = {
    "tc01": _unread(SCREENING, "blank", ("mui", "ten_vac_xin", "ngay_tiem")),
    "tc02": _type_other_tone,
    "tc03": _send_portrait,
    "tc04": _type_other_dose,
    "tc05": _type_other_birth_date,
    "tc06": _unread(SLIP, "blank", ("ho_ten", "gioi_tinh", "ten_vac_xin", "ngay_tiem")),
    "tc07": _unread("", "covered", ("ho_ten", "ngay_sinh", "gioi_tinh")),
    "tc08": _blur,
    "tc09": _type_other_day,
    "tc10": _send_others_paper,
    "tc11": _type_poor_name,
    "tc12": _type_other_vaccine,
    "tc13": _alter_others_paper,
    "E84": _name_no_place,
}
#: those that may come on top of another
FLAWS = ("tc04", "tc09", "tc12")
