import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pytest

from generator import city, facts, truth
from generator.catalogue import DECOYS, ERRORS, Cause
from generator.packs import Recipe, make_pack
from generator.places import select_wards
from generator.scenario import load_scenario
from sosach.publish.dictionary import MEANINGS, TABLES, as_html, as_markdown, vocabularies

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = load_scenario("tp-hcm-2022")
#: the ward and a number of households that show most words
WARD = select_wards("27136")
SCALE = 0.3


@pytest.fixture(scope="module")
def tables():
    """All tables of one ward."""
    return city.make_ward(WARD[0], city.Request(1, SCALE, SCENARIO))[0]


def described(table):
    """Return the rows of the dictionary's source for one table, by column."""
    return {row["column"]: row for row in facts.table("columns") if row["table"] == table}


def keys(value, path=""):
    """Return the dotted paths of all keys of a manifest; any file and any list entry alike."""
    found = set()
    if isinstance(value, list):
        for item in value:
            found |= keys(item, f"{path}[]") if isinstance(item, dict) else set()
    elif isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{'*' if path == 'files' else key}".lstrip(".")
            found |= {here} | keys(inner, here)
    return found


def words_of(values):
    """Return the words that a column may hold, None where it is no closed list."""
    known = {f"@{name}": set(words) for name, words in vocabularies().items()} | {
        "@cause": {error.code for error in ERRORS},
        "@decoy": {decoy.code for decoy in DECOYS},
        "trống (empty)": {""},
        "null": {None},
    }
    tokens = values.split("; ")
    if not values.startswith("@") or any(token not in known for token in tokens):
        return None
    return set().union(*(known[token] for token in tokens))


def test_columns_are_those_of_the_tables(tables):
    """Every column of every table is described, and nothing else."""
    made = {name: sorted(table.column_names) for name, table in tables.items()}

    assert {name: sorted(described(name)) for name in TABLES if name != "manifest"} == made
    assert {row["table"] for row in facts.table("columns")} == set(TABLES)


def test_columns_have_the_type_that_is_told(tables):
    """The type is that of the values; how a file packs them does not matter."""
    for name, table in tables.items():
        for field in table.schema:
            packed = pa.types.is_dictionary(field.type)
            kind = str(field.type.value_type if packed else field.type)
            kind = re.sub(r"^list<\w+: ", "list<", kind)

            assert described(name)[field.name]["type"] == kind, (name, field.name)


def test_columns_hold_the_words_that_are_told(tables):
    """A column with a closed list holds no other word; there are such columns in most tables."""
    checked = 0
    for name, table in tables.items():
        for column, row in described(name).items():
            words = None if row["type"].startswith("struct") else words_of(row["values"])
            if words is not None:
                assert set(table[column].to_pylist()) <= words, (name, column)
                checked += 1

    assert checked >= 15


def test_evidence_kinds(tables):
    """Every kind of evidence in ledger and catalogue has its meaning."""
    kinds = {cell["kind"] for cell in tables["ledger"]["evidence"].to_pylist()}
    for error in ERRORS:
        sources = [way.source for way in error.ways] if isinstance(error, Cause) else [error.source]
        kinds |= {source.kind for source in sources}

    assert kinds <= set(MEANINGS["evidence"])


def test_places_of_all_kinds(tables):
    """The kinds of places are exactly those that have a meaning."""
    assert set(tables["co_so"]["loai"].to_pylist()) == set(MEANINGS["loai"])


def test_columns_of_the_manifest(tmp_path):
    """Every key of the manifest is described, and nothing else."""
    city.generate(WARD, city.Request(1, 0.02, SCENARIO), tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))

    assert set(described("manifest")) == keys(manifest)


def test_columns_are_filled_in():
    """Every column has its names and meanings in both languages."""
    for row in facts.table("columns"):
        where = (row["table"], row["column"])

        assert all(row[key] for key in ("type", "name_vi", "meaning_vi", "meaning_en")), where
        assert row["name_vi"] != row["column"], where
        assert len(facts.table("columns")) == len(
            {(row["table"], row["column"]) for row in facts.table("columns")}
        )


@pytest.mark.parametrize("name", sorted(MEANINGS))
def test_meanings_of_every_word(name):
    """The words of the code have meanings, and no other word has."""
    assert set(MEANINGS[name]) == set(vocabularies()[name])


def test_vocabularies_of_every_reference():
    """A column refers only to lists that exist."""
    named = {n for row in facts.table("columns") for n in re.findall(r"@(\w+)", row["values"])}

    assert named <= {*vocabularies(), "cause", "decoy"}


def test_final_states_of_a_pack():
    """The states of a pack's records are words of the dictionary."""
    pack = make_pack(Recipe(SCENARIO, ("27136",), {"E01": 0.1, "E90": 0.1}, {}), 60, 3)

    assert set(pack.final_state["final_state"].to_pylist()) <= set(truth.FINAL_STATES)


@pytest.mark.parametrize("entry", [*ERRORS, *DECOYS], ids=lambda entry: entry.code)
def test_as_markdown_errors_and_traps(entry):
    """Every error and trap stands there with both names and its default rate."""
    row = next(row for row in facts.table("error_taxonomy") if row["error_id"] == entry.code)
    lines = [line for line in as_markdown().splitlines() if line.startswith(f"| {entry.code} |")]

    assert len(lines) == 1
    cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", lines[0])]
    assert {row["name_vi"], row["name_en"]} <= set(cells)
    assert float(cells[-2].rstrip("%").replace(",", ".")) == pytest.approx(100 * entry.rate)


def test_as_markdown_columns_of_an_error():
    """An error names its cells with their table; E73 has three."""
    line = next(line for line in as_markdown().splitlines() if line.startswith("| E73 |"))

    assert "`doi_tuong.so_giay_to`, `doi_tuong.ho_ten`, `doi_tuong.ngay_sinh`" in line


def test_as_markdown_tables_are_whole():
    """All rows of a table have as many cells as its header."""
    width = 0
    for line in as_markdown().splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0

        assert not (width and cells) or cells == width, line
        width = cells


def test_as_markdown_committed():
    """What is committed is what ``sosach dictionary`` writes."""
    committed = (ROOT / "docs" / "tu_dien_du_lieu.md").read_text(encoding="utf-8")

    assert committed == as_markdown()


class Page(HTMLParser):
    """The tags of a page as they open and close, its text, ids and links."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.ids, self.links = [], [], [], []

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        if tag != "meta":
            self.open.append(tag)
        self.ids += [value for key, value in attrs if key == "id"]
        self.links += [value for key, value in attrs if key == "href"]

    def handle_endtag(self, tag):
        """Close the tag that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note text."""
        self.text.append(data)


def test_as_html_is_well_formed():
    """Every tag is closed, every link leads somewhere in the page, every id is there once."""
    page = Page()
    page.feed(as_html())

    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_as_html_says_what_markdown_says():
    """The page has every cell of the Markdown, with the banner, and no mark-up left over."""
    page = Page()
    page.feed(as_html())
    text = "".join(page.text)

    for row in facts.table("columns"):
        assert row["meaning_vi"] in text
        assert row["column"] in text
    assert "DỮ LIỆU GIẢ LẬP" in text
    assert "**" not in text
    assert "`" not in text
