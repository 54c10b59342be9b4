import unicodedata

import numpy as np
import pytest

from generator import facts, names
from generator.faker_provider import VietnameseProvider, workplaces


def test_cohort_of_changes_with_the_tables():
    """1975 and 1976, 2006 and 2007 belong to different tables."""
    assert names.cohort_of(np.array([1930, 1975, 1976, 2006, 2007])).tolist() == [0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("pools", "groups"),
    [(names.surnames(), 1), (names.given_names(), 6), (names.middle_names(), 12)],
)
def test_pools_are_whole(pools, groups):
    """Every group has texts, all of them composed letters."""
    texts = pools.texts.to_pylist()

    reached = {int(pools.pick(np.array([g]), np.array([0.999999]))[0]) for g in range(groups)}

    assert len(reached) == groups
    assert all(text == unicodedata.normalize("NFC", text) for text in texts)


def test_surnames_nguyen_is_as_frequent_as_in_the_table(within):
    """32.3 % are called Nguyễn."""
    pools, n = names.surnames(), 20_000
    weights = {
        r["surname"]: float(r["weight_pct"])
        for r in facts.table("surnames")
        if r["ethnic_group"] == "Kinh"
    }

    drawn = pools.write(pools.pick(np.zeros(n, int), (np.arange(n) + 0.5) / n)).to_pylist()

    assert within(drawn.count("Nguyễn ") / n, n, weights["Nguyễn"] / sum(weights.values()))


def test_full_names_follow_sex_and_generation(made, within):
    """Thị is carried by as many women of each generation as the tables say, Văn by as many men."""
    people = made[0]["dan_cu"].to_pydict()
    for sex, mark, column in (("Nam", "Văn", 0), ("Nữ", "Thị", 1)):
        for cohort in range(3):
            own = [
                name.split()
                for name, s, born in zip(
                    people["ho_ten"], people["gioi_tinh"], people["ngay_sinh"], strict=True
                )
                if s == sex and names.cohort_of(np.array([int(born[-4:])]))[0] == cohort
            ]
            marked = sum(words[1] == mark for words in own if len(words) > 2)
            p = names.MARKED[column][cohort] * (1 - CROSS_SEX)
            assert within(marked / len(own), len(own), p)


#: error_taxonomy.csv D10
CROSS_SEX = 0.005


def test_workplaces_are_invented_firms():
    """Faker chooses the kind of firm, our tables the names; the list is the same every time."""
    assert len(workplaces()) == 400
    assert workplaces()[0].split()[0] in {"Công", "Doanh", "Tập"}


def test_provider_gives_names_of_the_generation():
    """Our tables answer through Faker's interface."""
    import faker

    source = faker.Faker("vi_VN")
    source.add_provider(VietnameseProvider)
    source.seed_instance(1)

    girls = {r["given"] for r in facts.table("given_names") if r["sex"] == "nữ"}
    assert {source.vietnamese_given_name(female=True, year=2008) for _ in range(50)} <= girls
