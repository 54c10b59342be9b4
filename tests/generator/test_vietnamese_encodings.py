import re
import shutil
import subprocess

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import facts
from generator.vietnamese import (
    LETTERS,
    from_cp1258,
    from_tcvn3,
    from_vni_windows,
    icao,
    misread_utf8,
    nfc,
    nfd,
    save_as_ansi,
    strip_diacritics,
    to_cp1258,
    to_tcvn3,
    to_vni_windows,
    undo_misread_utf8,
)

#: all names, wards and streets, and all letters
TEXTS = sorted(
    {
        *facts.column("surnames", "surname"),
        *facts.column("given_names", "given"),
        *facts.column("given_names_khmer", "given"),
        *facts.column("middle_names", "middle"),
        *facts.column("hcmc_units_2022", "ward_name"),
        *facts.column("streets_core", "street"),
        *LETTERS,
    }
)
PAGES = ("cp1252", "cp1258")
TABLE = facts.table("vn_char_table")
needs_iconv = pytest.mark.skipif(not shutil.which("iconv"), reason="the system has no iconv")


def iconv(data, source, target):
    """Return what the system's iconv makes of the bytes."""
    done = subprocess.run(
        ["iconv", "-f", source, "-t", target],
        input=data,
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    return done.stdout


def character(text):
    r"""Return what the character table writes as \xNN as a character."""
    return re.sub(r"\\x(..)", lambda code: chr(int(code[1], 16)), text)


def test_letters_are_those_of_the_character_table():
    """There are 134 letters with a mark, in both."""
    assert [row["char"] for row in TABLE if row["char"] not in LETTERS] == []
    assert len(LETTERS) == len(TABLE) == 134


@pytest.mark.parametrize(
    ("column", "damage"),
    [
        ("tcvn3_as_latin1", to_tcvn3),
        ("tcvn3_hex", lambda text: to_tcvn3(text).encode("latin-1").hex().upper()),
        ("vni_windows_as_cp1252", to_vni_windows),
        ("cp1258_hex", lambda text: to_cp1258(text).hex(" ").upper()),
        ("utf8_read_as_cp1252", misread_utf8),
        ("ansi_cp1252_bestfit", save_as_ansi),
        ("nfd", lambda text: " ".join(f"U+{ord(char):04X}" for char in nfd(text))),
    ],
)
def test_encodings_agree_with_the_character_table(column, damage):
    """All 134 letters become what the independent table says."""
    for row in TABLE:
        assert damage(row["char"]) == character(row[column])


def test_vni_windows_round_trip():
    """Every text comes back exactly, in capitals too."""
    for text in TEXTS:
        for form in (text, text.upper()):
            assert from_vni_windows(to_vni_windows(form)) == form


@given(st.text(sorted(LETTERS) + [chr(code) for code in range(32, 127)]))
def test_vni_windows_round_trip_of_any_letters(text):
    """No two texts of Vietnamese letters look the same in the font."""
    assert from_vni_windows(to_vni_windows(text)) == text


def test_tcvn3_round_trip_loses_capitals_only():
    """Small letters and ĂÂĐÊÔƠƯ come back; other capitals with a mark come back small."""
    for text in TEXTS:
        kept = "".join(c.lower() if c in LETTERS - set("ĂÂĐÊÔƠƯ") else c for c in text)
        assert from_tcvn3(to_tcvn3(text)) == kept


@needs_iconv
def test_tcvn3_agrees_with_iconv():
    """The system reads our bytes as the same text, where TCVN 5712 and TCVN3 have the same codes."""
    text = "\n".join(from_tcvn3(to_tcvn3(text)) for text in TEXTS)

    assert iconv(to_tcvn3(text).encode("latin-1"), "TCVN", "UTF-8").decode() == text


@pytest.mark.parametrize("encode", [to_tcvn3, to_vni_windows])
def test_fonts_refuse_what_would_be_another_letter(encode):
    """The ñ of Peña is ủ or đ in these fonts: there is no way to write it."""
    with pytest.raises(ValueError, match="ñ in 'Peña'"):
        encode("Peña")


def test_cp1258_round_trip():
    """Every text comes back from its bytes, letters whole."""
    for text in TEXTS:
        assert from_cp1258(to_cp1258(text)) == from_cp1258(to_cp1258(nfd(text))) == text


@needs_iconv
def test_cp1258_agrees_with_iconv():
    """The system writes the same bytes, and reads them as the same text."""
    text = "\n".join(TEXTS)
    data = to_cp1258(text)

    assert iconv(text.encode(), "UTF-8", "CP1258") == data
    assert nfc(iconv(data, "CP1258", "UTF-8").decode()) == text


@pytest.mark.parametrize("page", PAGES)
@given(st.text())
def test_misread_utf8_round_trip(page, text):
    """Any text at all comes back exactly, from double mojibake too."""
    once = misread_utf8(text, page)
    twice = misread_utf8(once, page)

    assert undo_misread_utf8(once, page) == text
    assert undo_misread_utf8(undo_misread_utf8(twice, page), page) == text


@needs_iconv
@pytest.mark.parametrize("page", PAGES)
def test_misread_utf8_agrees_with_iconv(page):
    """The system reads the bytes alike, but for those that the page leaves undefined."""
    seen = [t for t in TEXTS if not re.search("[\x80-\x9f]", misread_utf8(t, page))]
    text = "\n".join(seen)

    assert len(seen) > len(TEXTS) / 2
    assert iconv(text.encode(), page, "UTF-8").decode() == misread_utf8(text, page)


def test_misread_utf8_is_what_ftfy_undoes():
    """An independent library finds the same text behind simple and double mojibake."""
    # in one piece: from a single short name it cannot tell mojibake from intent
    text = "\n".join(TEXTS)

    assert ftfy.fix_encoding(misread_utf8(text)) == text
    assert ftfy.fix_encoding(misread_utf8(misread_utf8(text))) == text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("text", ["Nguyễn", "Hòa", "Ă"])
def test_undo_misread_utf8_of_right_text(text, page):
    """A right text is no mojibake."""
    with pytest.raises(ValueError, match=f"no UTF-8 read as {page}"):
        undo_misread_utf8(text, page)


def test_save_as_ansi_is_a_loss():
    """Different names become the same: there is no way back."""
    assert (
        save_as_ansi("Nguyễn Thị Hường") == save_as_ansi("Nguyển Thỉ Hướng") == "Nguy?n Th? Hu?ng"
    )


def test_save_as_ansi_keeps_what_the_page_has():
    """Letters of Western Europe stay; a text in pieces is written whole first."""
    assert save_as_ansi(nfd("Trà Lý, Đà Rằng – “Zoë”")) == "Trà Lý, Ðà R?ng – “Zoë”"


@needs_iconv
def test_strip_diacritics_and_icao_agree_with_iconv():
    """The transliteration of glibc leaves the same plain letters of every text."""
    text = "\n".join(TEXTS)
    plain = iconv(text.encode(), "UTF-8", "ASCII//TRANSLIT").decode()

    assert strip_diacritics(text) == plain
    letters = [line for line in plain.upper().split("\n") if not re.search(r"[^A-Z ]", line)]
    assert [icao(t) for t in TEXTS if not re.search(r"[^\w ]|\d", t)] == letters


@pytest.mark.parametrize(
    ("name", "passport"),
    [
        ("Đặng  Thị Mỹ-Hường", "DANG THI MY HUONG"),
        ("H'Ngọc Niê Kđăm", "HNGOC NIE KDAM"),
        ("Ðức", "DUC"),
        ("Jürgen Strauß", "JUERGEN STRAUSS"),
        ("Åse Bjørnsen", "AASE BJOERNSEN"),
    ],
)
def test_icao_names(name, passport):
    """Capitals A to Z and single spaces, also for minority and foreign names."""
    assert icao(name) == passport


@pytest.mark.parametrize("name", ["Phường 10", "李", "An?"])
def test_icao_refuses_what_has_no_rule(name):
    """Digits and other scripts are no letters of a passport name."""
    with pytest.raises(ValueError, match="no rule for"):
        icao(name)
