"""Our tables behind Faker's interface, and Faker behind what needs no Vietnamese truth.

Faker's own Vietnamese names put the surname last and its addresses mix provinces, so names come
from our tables. Workplaces are free text that nothing is checked against: Faker chooses their
kind of firm. All randomness is that of the Faker it hangs on: one seed, one series of values.
Whoever is invented here lives in Ho Chi Minh City on `AS_OF`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

import faker
import numpy as np
from faker.providers import BaseProvider
from numpy.typing import ArrayLike

from generator import facts, identity, lives, names, places, supply
from generator.lots import LOTS_PER_VACCINE, lot_texts
from generator.places import CITY, Ward, wards
from generator.pools import Pools
from generator.population import phone_prefixes
from generator.problems import Problem, nearest
from generator.randomness import weighted

__all__ = ["CityWard", "VietnameseProvider", "workplaces"]

#: how many invented workplaces a city has (ours)
N_WORKPLACES = 400
#: the day of scenario tp-hcm-2022
AS_OF = date(2022, 5, 7)
SEXES = ("Nam", "Nữ")
#: what digit 4 of a CCCD can say (generator.identity)
FIRST_YEAR, LAST_YEAR = 1900, 2099
#: how a province may be called: columns of provinces_63.csv
PROVINCE = ("cccd_code", "name", "name_full")
#: source: age_sex_hcmc.csv, basis
MEN = 0.487
#: residents whose birth was registered in the city (assumption: as in scenario tp-hcm-2022)
BORN_IN_CITY = 0.62
#: from and below which age people have a workplace (as in the city)
WORKING_AGES = (18, 60)
#: age and first day of the campaigns (dose_rules.csv R02, R18, R19), oldest first
CAMPAIGNS = ((18, date(2021, 6, 21)), (12, date(2021, 10, 27)), (5, date(2022, 4, 16)))
#: first doses are given so many days after they are allowed, at most (assumption)
WITHIN_DAYS = 60
#: doses of scenario tp-hcm-2022 per 10,000, in row order of vaccines.csv
#: (`sosach generate --scale 0.1`); at least 1, so that every vaccine is seen now and then
VACCINE_WEIGHTS = (4201, 2774, 1155, 1855, 5, 1, 5, 4)


#: what a dose takes from its record
LINKING = frozenset({"ma_ho_so", "ngay_sinh", "xa"})


class CityWard(NamedTuple):
    """A ward of 2022: its code, its name, its district's name."""

    code: str
    ward: str
    district: str


class VietnameseProvider(BaseProvider):
    """Vietnamese words for ``faker.Faker("vi_VN").add_provider(VietnameseProvider)``.

    Every text is NFC. Identity numbers have a right form and no check digit guards them: by
    chance one may be somebody's, so never send them anywhere.

    Examples
    --------
    >>> source = faker.Faker("vi_VN")
    >>> source.add_provider(VietnameseProvider)
    >>> source.seed_instance(2022)
    >>> source.vietnamese_name("Nữ", 1990), source.cccd("Hồ Chí Minh", "Nữ", 1990)
    ('Phạm Thị Quyên', '079190982027')
    >>> source.hcmc_ward()
    CityWard(code='27025', ward='Phường Phú Thọ Hòa', district='Quận Tân Phú')
    >>> record = source.vaccination_record()
    >>> [record[column] for column in ("ho_ten", "gioi_tinh", "ngay_sinh", "so_giay_to")]
    ['Huỳnh Thị Bình', 'Nữ', '28/08/1971', '068171905650']
    >>> source.dose_record(record)["ma_ho_so"] == record["ma_ho_so"]
    True
    """

    def vietnamese_name(self, sex: str | None = None, year: int | None = None) -> str:
        """Return a full name: surname, middle words, given name, as the Kinh write it.

        Parameters
        ----------
        sex : {"Nam", "Nữ"}, optional
            Drawn where it is not given.
        year : int, optional
            Birth year, 1900 to 2099; drawn from the city's ages where it is not given.

        Returns
        -------
        str
            Surname first.

        Raises
        ------
        Problem
            If sex or year is none.
        """
        female = self._female(sex)
        born = self._birth_date().year if year is None else _checked_year(year)
        surname, middle = self.vietnamese_surname(), self._middle_words(female, born)
        given = self.vietnamese_given_name(female=bool(female), year=born)
        return " ".join(word for word in (surname, middle, given) if word)

    def vietnamese_surname(self) -> str:
        """Return a surname of the Kinh, as frequent as in our tables."""
        return self._pick(names.surnames(), 0)

    def vietnamese_given_name(self, *, female: bool, year: int) -> str:
        """Return a given name of the person's sex and generation.

        Parameters
        ----------
        female : bool
            Sex.
        year : int
            Birth year.

        Returns
        -------
        str
            One word, NFC.
        """
        return self._pick(names.given_names(), 3 * female + int(names.cohort_of(np.array(year))))

    def workplace(self) -> str:
        """Return an invented firm: its kind, then two given names."""
        owners = [self.vietnamese_given_name(female=female, year=1970) for female in (False, True)]
        return f"{self.generator.company_suffix()} {' '.join(owners)}"

    def cccd(
        self, province: str | None = None, sex: str | None = None, year: int | None = None
    ) -> str:
        """Return a 12-digit number that agrees with province, sex and birth year.

        Parameters
        ----------
        province : str, optional
            Where the birth was registered: one of the 63 provinces, as ``"079"`` or
            ``"Đồng Nai"``; drawn for a resident of the city where it is not given.
        sex : {"Nam", "Nữ"}, optional
        year : int, optional
            Birth year, 1900 to 2099.

        Returns
        -------
        str
            See `generator.identity.read_cccd`.

        Raises
        ------
        Problem
            If province, sex or year is none.
        """
        code = self._province() if province is None else _province_code(province)
        female = self._female(sex)
        born = self._birth_date().year if year is None else _checked_year(year)
        century = 2 * (born // 100 - 19) + female
        return f"{code}{century}{born % 100:02}{self._digits(6)}"

    def cmnd(self) -> str:
        """Return a 9-digit number as the city's police gave them out: it begins with 02."""
        return f"{identity.CMND_PREFIX['realistic']:02}{self._digits(7)}"

    def bhyt(self) -> str:
        """Return a health insurance number: two letters, benefit, province, ten digits."""
        last = self._digits(identity.INSURANCE_DIGITS)
        return f"{self._one_of(lives.CARDS)}{CITY}{last}"

    def vietnamese_phone(self) -> str:
        """Return a mobile number: a prefix in use since 2018, then 999xxxx, as in our city."""
        return f"{self._one_of(phone_prefixes())}999{self._digits(4)}"

    def hcmc_ward(self) -> CityWard:
        """Return one of the 312 wards of April 2022, large ones more often."""
        ward = self._ward()
        return CityWard(ward.code, ward.name, ward.district)

    def hcmc_address(self) -> str:
        """Return an address of 2022: house, street, part of the ward, ward, district, city.

        The street is one of the district's; whether it runs through the ward is unknown.
        """
        ward = self._ward()
        parts = (self._street_address(ward), self._part(ward), ward.name, ward.district)
        return ", ".join((*parts, "Thành phố Hồ Chí Minh"))

    def covid_vaccine(self) -> str:
        """Return a vaccine as the platform writes it, as frequent as among the city's doses."""
        return _vaccines()[self._weighted(VACCINE_WEIGHTS)]

    def vaccine_lot(self, vaccine: str | None = None) -> str:
        """Return one of the city's invented lots of a vaccine.

        Parameters
        ----------
        vaccine : str, optional
            Name on the platform; `covid_vaccine` where it is not given.

        Raises
        ------
        Problem
            If the platform has no such vaccine.
        """
        name = self.covid_vaccine() if vaccine is None else vaccine
        row = _vaccines().index(_known(name, _vaccines(), "vắc xin"))
        first = row * LOTS_PER_VACCINE
        return self._one_of(lot_texts()[first : first + LOTS_PER_VACCINE])

    def vaccination_record(self) -> dict[str, str]:
        """Return a record of ``doi_tuong`` as a careful clerk types it: a verified citizen of 5 or more."""
        ward, born = self._ward(), self._birth_date()
        sex = SEXES[self._female(None)]
        works = WORKING_AGES[0] <= AS_OF.year - born.year < WORKING_AGES[1]
        return {
            "ma_ho_so": f"HS{self._digits(10)}",
            "ho_ten": self.vietnamese_name(sex, born.year),
            "ngay_sinh": born.strftime("%d/%m/%Y"),
            "gioi_tinh": sex,
            "so_giay_to": self.cccd(sex=sex, year=born.year),
            "so_dien_thoai": self.vietnamese_phone(),
            "dia_chi": self._street_address(ward),
            "khu_pho": self._part(ward),
            "xa": ward.code,
            "huyen": ward.district_code,
            "tinh": CITY,
            "don_vi": self.workplace() if works else "",
            "quoc_tich": "Việt Nam",
            "tt_xac_minh": "Đúng",
        }

    def dose_record(self, record: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return a first dose as ``mui_tiem`` has it, not signed, on a day that the age allows.

        Parameters
        ----------
        record : mapping, optional
            A record with ``ma_ho_so``, ``ngay_sinh`` and ``xa``; that of somebody new where it
            is not given.

        Raises
        ------
        Problem
            If the record lacks one of its three cells, or nobody so young was vaccinated yet.
        """
        cells = self.vaccination_record() if record is None else record
        if missing := LINKING - cells.keys():
            message = f"Hồ sơ thiếu cột {', '.join(sorted(missing))}: mũi tiêm cần cột này."
            raise Problem(message)
        ward = wards()[_known(cells["xa"], wards(), "mã phường/xã")]
        allowed, age = _first_chance(cells["ngay_sinh"])
        latest = min(allowed + timedelta(WITHIN_DAYS), AS_OF)
        day = allowed + timedelta(self._below((latest - allowed).days + 1))
        vaccine = self.covid_vaccine() if age >= CAMPAIGNS[0][0] else "Pfizer"
        unit = self._one_of(supply.unit_codes(ward)[:2])
        return {
            "ma_mui": f"MU{self._digits(10)}",
            "ma_ho_so": cells["ma_ho_so"],
            "mui": "CB1",
            "ten_vac_xin": vaccine,
            "so_lo": self.vaccine_lot(vaccine),
            "ngay_tiem": day.strftime("%d/%m/%Y"),
            "co_so_tiem": unit,
            "don_vi_nhap": unit,
            "tt_ky": "Chưa ký",
            "tt_hcvx": "Chưa cấp",
        }

    def _below(self, bound: int) -> int:
        return int(self.generator.random.random() * bound)

    def _digits(self, n: int) -> str:
        return f"{self._below(10**n):0{n}}"

    def _weighted(self, weights: ArrayLike) -> int:
        return int(weighted(np.array([self.generator.random.random()]), weights)[0])

    def _one_of(self, texts: tuple[str, ...]) -> str:
        return texts[self._below(len(texts))]

    def _pick(self, pools: Pools, group: int) -> str:
        index = pools.pick(np.array([group]), np.array([self.generator.random.random()]))
        return str(pools.write(index)[0]).strip()

    def _female(self, sex: str | None) -> int:
        """Return 1 for a woman, 0 for a man; drawn where the sex is not given."""
        if sex is None:
            return int(self.generator.random.random() >= MEN)
        return SEXES.index(_known(sex, SEXES, "giới tính"))

    def _middle_words(self, female: int, year: int) -> str:
        cohort = names.cohort_of(np.array(year))
        share = float(names.marked_shares(np.array(female), cohort))
        marked = self.generator.random.random() < share
        words = self._weighted(np.diff(names.lengths()[female, cohort], prepend=0.0))
        return self._pick(names.middle_names(), 6 * female + 3 * int(marked) + words)

    def _birth_date(self) -> date:
        """Draw the birth date of a resident of 5 years or more."""
        by_five_years = [int(n) for n in facts.column("age_sex_hcmc", "total_hcmc_2019")]
        group = 1 + self._weighted(by_five_years[1:])
        oldest = _birthday(AS_OF, -5 * (group + 1)) + timedelta(1)
        youngest = _birthday(AS_OF, -5 * group)
        return oldest + timedelta(self._below((youngest - oldest).days + 1))

    def _province(self) -> str:
        codes, population = identity.province_codes()
        here = codes == int(CITY)
        elsewhere = np.where(here, 0.0, population)
        shares = here * BORN_IN_CITY + elsewhere / elsewhere.sum() * (1 - BORN_IN_CITY)
        return f"{codes[self._weighted(shares)]:03}"

    def _ward(self) -> Ward:
        known = [*wards().values()]
        return known[self._weighted([ward.population for ward in known])]

    def _street_address(self, ward: Ward) -> str:
        alley = self._below(400) - 200  # half of the addresses lie in an alley, as in the city
        house = f"{1 + self._below(999)}/{alley}" if alley > 0 else f"{1 + self._below(999)}"
        return f"{house} {self._one_of(places.streets()[ward.district_code])}"

    def _part(self, ward: Ward) -> str:
        kind = "Ấp" if ward.rural else "Khu phố"
        return f"{kind} {1 + self._below(max(1, round(ward.population / 4000)))}"


@cache
def workplaces() -> tuple[str, ...]:
    """Return the invented workplaces, the same for every seed."""
    source = faker.Faker("vi_VN")
    source.add_provider(VietnameseProvider)
    source.seed_instance(N_WORKPLACES)
    return tuple(source.workplace() for _ in range(N_WORKPLACES))


def _known(word: str, words: Iterable[str], what: str) -> str:
    """Return a word of a closed list, however its letters are composed."""
    known, composed = list(words), normalize("NFC", str(word))
    if composed not in known:
        listed = f" Các giá trị đúng: {', '.join(known)}." if len(known) < 10 else ""
        message = f"Không có {what} '{word}'.{nearest(composed, known)}{listed}"
        raise Problem(message)
    return composed


def _checked_year(year: object) -> int:
    if not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"Năm sinh phải là số nguyên từ {FIRST_YEAR} đến {LAST_YEAR}, đang là {year!r}."
        raise Problem(message)
    return year


def _province_code(province: str) -> str:
    known = {row[key]: row["cccd_code"] for row in facts.table("provinces_63") for key in PROVINCE}
    return known[_known(province, known, "tỉnh/thành (mã CCCD 3 chữ số hoặc tên)")]


def _vaccines() -> list[str]:
    return facts.column("vaccines", "name_on_platform_vi")


def _birthday(born: date, age: int) -> date:
    """Return on which day somebody reaches an age; 29 February counts as 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _first_chance(typed: str) -> tuple[date, int]:
    """Return the first day on which a person may come, and the age the campaign is for."""
    try:
        day, month, year = ("1", "1", typed) if len(typed) == 4 else typed.split("/")
        born = date(int(year), int(month), int(day))
    except ValueError:
        message = f"Ngày sinh phải viết dd/mm/yyyy hoặc chỉ năm yyyy, đang là '{typed}'."
        raise Problem(message) from None
    first, age = min((max(start, _birthday(born, age)), age) for age, start in CAMPAIGNS)
    if first > AS_OF:
        message = f"Người sinh {typed} chưa đủ 5 tuổi vào {AS_OF:%d/%m/%Y}: chưa có mũi tiêm nào."
        raise Problem(message)
    return first, age
