"""The data dictionary: every table, column, word, error and trap, in Vietnamese and in English.

What the columns mean stands in ``reference/columns.csv``, what the errors are called in
``error_taxonomy.csv``; closed lists, columns of errors and rates are those of the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain

from generator import campaign, facts, lives, names, register, residents, truth
from generator.catalogue import DECOYS, ERRORS, Cause, Incident
from generator.file_damage import FILE_DAMAGES, closed_columns
from sosach.publish.workbook import BANNER

__all__ = ["as_html", "as_markdown", "vocabularies"]

TITLE = "Từ điển dữ liệu · Data dictionary"
INTRODUCTION = (
    f"**{BANNER}.** Mọi người, số giấy tờ và mũi tiêm đều do máy tạo ra để thực hành."
    " · *Every person, number and dose is invented, for practice.*",
    "Mỗi bảng là các tệp `<bảng>/<mã phường>.parquet`, có thể thêm `.csv`; trạm chỉ có `doi_tuong`"
    " và `mui_tiem`, các bảng khác là sự thật và đáp án. · *Each table is files named"
    " `<table>/<ward code>.parquet`, on demand also `.csv`; a station has `doi_tuong` and"
    " `mui_tiem` alone, the other tables are truth and key.*",
    "Tệp này do `sosach dictionary` viết ra, không sửa bằng tay."
    " · *This file is written by `sosach dictionary`; it is not edited.*",
)
#: in the order in which one reads them
TABLES = {
    "dan_cu": ("Mọi người đang ở thành phố, như dữ liệu dân cư có", "Every resident: the truth"),
    "ho_gia_dinh": ("Các hộ", "The households"),
    "mui_that": ("Mọi mũi đã tiêm thật", "Every dose that was really given: the truth"),
    "co_so": (
        "Nơi người của phường/xã được tiêm, và đơn vị nhập mũi tiêm",
        "Places where people of the ward are vaccinated, and who enters their doses",
    ),
    "doi_tuong": ("Sổ đăng ký: hồ sơ, có lỗi", "The register: records, with errors"),
    "mui_tiem": ("Sổ đăng ký: mũi tiêm, có lỗi", "The register: doses, with errors"),
    "ledger": ("Đáp án: mỗi ô sai một dòng", "The key: one row per spoiled cell"),
    "link": (
        "Đáp án: ai và mũi nào đứng sau mỗi dòng của sổ",
        "The key: who and which dose stand behind every row of the register",
    ),
    "manifest": ("Tệp manifest.json: bộ dữ liệu gồm những gì", "What the data set consists of"),
}

#: vocabulary -> word -> meaning in Vietnamese and in English
MEANINGS: dict[str, dict[str, tuple[str, str]]] = {
    "mui": {
        "CB1": ("mũi cơ bản 1", "first basic dose"),
        "CB2": ("mũi cơ bản 2", "second basic dose"),
        "CB3": ("mũi cơ bản 3 (Abdala)", "third basic dose (Abdala)"),
        "BS": ("mũi bổ sung", "additional dose"),
        "NL1": ("mũi nhắc lại 1", "first booster"),
        "NL2": ("mũi nhắc lại 2", "second booster"),
        "NL3": ("mũi nhắc lại 3", "third booster"),
    },
    "gioi_tinh": {"Nam": ("nam", "male"), "Nữ": ("nữ", "female")},
    "vai_tro": {
        "chủ hộ": ("người đứng tên hộ", "head of household"),
        "vợ/chồng": ("vợ hoặc chồng của chủ hộ", "spouse"),
        "con": ("con của chủ hộ", "child"),
        "cha/mẹ": ("cha hoặc mẹ của chủ hộ", "parent"),
        "anh/chị/em": ("anh, chị hoặc em của chủ hộ", "brother or sister"),
        "ở trọ": ("người ở trọ, không phải gia đình", "lodger, no family"),
    },
    "cu_tru": {
        "thường trú": ("đăng ký thường trú", "permanent residence"),
        "KT3": ("tạm trú dài hạn", "temporary residence for long"),
        "tạm trú": ("tạm trú", "temporary residence"),
    },
    "tinh_trang": {
        "sống": ("còn sống và ở đây", "alive and here"),
        "đã mất": ("đã mất", "died"),
        "chuyển đi": ("đã chuyển đi nơi khác", "moved away"),
    },
    "loai": {
        "trạm y tế": ("trạm y tế phường/xã", "health station of the ward"),
        "lưu động": ("điểm tiêm lưu động", "mobile vaccination point"),
        "trung tâm y tế": ("trung tâm y tế quận/huyện", "health centre of the district"),
        "ngoài thành phố": ("mọi nơi ngoài thành phố", "all places outside the city"),
    },
    "tt_xac_minh": {
        "Chưa gửi": ("chưa gửi đi đối chiếu, như người nước ngoài", "not sent: foreigners"),
        "Không có/sai định dạng": (
            "số giấy tờ trống hoặc sai dạng nên không gửi được",
            "number missing or malformed: cannot be sent",
        ),
        "Đúng": ("khớp dữ liệu dân cư", "agrees with the population database"),
        "Sai": ("không khớp dữ liệu dân cư", "does not agree with it"),
        "Không xác minh được": ("không có trong dữ liệu dân cư", "not found in it"),
    },
    "tt_ky": {"Chưa ký": ("chưa ký số", "not signed"), "Đã ký": ("đã ký số", "signed")},
    "tt_hcvx": {
        "Chưa cấp": ("chưa cấp hộ chiếu vắc xin", "no vaccination passport yet"),
        "Đã cấp": ("đã cấp hộ chiếu vắc xin", "vaccination passport issued"),
    },
    "recoverability": {
        "from_cell": ("suy ra được từ chính ô đó", "follows from the cell itself"),
        "from_other_column": (
            "từ cột khác của cùng dòng",
            "from another column of the same row",
        ),
        "from_other_record": ("từ hồ sơ hoặc mũi khác", "from another record or dose"),
        "from_reference_list": ("từ danh mục chung", "from a list that everybody has"),
        "needs_source_document": (
            "phải xem chứng từ gốc hoặc hỏi",
            "a source document has to be seen, or somebody asked",
        ),
        "unrecoverable": ("không tìm lại được", "cannot be had any more"),
    },
    "evidence": {
        "police_list": (
            "danh sách của công an; khóa person_id",
            "list of the police; key person_id",
        ),
        "citizen": ("hỏi người dân; khóa person_id", "the citizen; key person_id"),
        "slip": ("giấy xác nhận hoặc phiếu tiêm; khóa dose_id", "slip; key dose_id"),
        "facility": (
            "sổ của cơ sở tiêm; khóa dose_id, với mũi thừa là ma_mui",
            "papers of the facility; key dose_id, of an intruder ma_mui",
        ),
        "signature": ("chữ ký số của mũi; khóa dose_id", "the digital signature; key dose_id"),
        "cell": ("chính ô đó; khóa là mã dòng", "the cell itself; key: id of the row"),
        "dose": ("dòng mũi tiêm khác hoặc cột khác; khóa ma_mui", "a dose's line; key ma_mui"),
        "record": ("hồ sơ khác; khóa ma_ho_so", "another record; key ma_ho_so"),
        "reference": ("danh mục chung; khóa là tên danh mục", "a table; key: its name"),
    },
    "role": {
        "original": ("dòng đúng của người hoặc mũi đó", "the right row of person or dose"),
        "duplicate": ("dòng thứ hai của cùng người hoặc cùng mũi", "a second row of the same"),
        "split": ("của người thứ hai bị gộp vào hồ sơ", "of a second person in the record"),
        "intruder": ("mũi của người nơi khác", "a dose of somebody from elsewhere"),
        "missing": ("mũi đã tiêm nhưng chưa nhập", "a dose that was never entered"),
    },
    "final_state": {
        "ready_to_sign": ("đã đúng, chờ ký", "right, ready to be signed"),
        "waiting_police": ("chờ công an trả lời", "waits for the police"),
        "waiting_facility": ("chờ cơ sở tiêm", "waits for the facility"),
        "waiting_citizen": ("chờ người dân", "waits for the citizen"),
        "hold": ("giữ lại, không ký", "held back, not signed"),
        "reported": ("đã báo lên trên", "reported upwards"),
        "transferred": ("chuyển nơi khác xử lý", "handed over to another place"),
        "merged": ("đã gộp vào hồ sơ khác", "merged into another record"),
        "removed": ("đã xóa", "removed"),
    },
    "file_damage": {
        "ansi": ("lưu dạng ANSI, chữ có dấu thành ?", "saved as ANSI: letters became ?"),
        "misread_utf8": ("UTF-8 bị mở như cp1252 (Nguyá»…n)", "UTF-8 read as cp1252"),
        "excel_numbers": (
            "Excel đổi số giấy tờ, số điện thoại thành kiểu số: mất số 0, 7.9086E+10",
            "Excel made numbers of papers and telephones: zeros lost, 7.9086E+10",
        ),
        "semicolon": ("cột cách nhau bằng dấu ;", "parted by semicolons"),
        "utf16": ("UTF-16, cột cách nhau bằng tab", "UTF-16, parted by tabs"),
        "no_bom": ("UTF-8 không có BOM", "UTF-8 without byte order mark"),
    },
}


#: level of the sections about one table or list
NAMED = 3
#: incidents that neither add nor take away a row
INCIDENT_ROWS = {"E18": "không có trong sổ (not in the register): `dan_cu.tinh_trang`"}


@dataclass(frozen=True)
class _Section:
    """A heading, sentences and a table; all text is Markdown of `code`, *em*, **strong**, links.

    The title of a section of level `NAMED` is a name that links lead to.
    """

    level: int
    title: str
    text: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def vocabularies() -> dict[str, tuple[str, ...]]:
    """Return the closed lists of words, as the code has them.

    Returns
    -------
    dict
        Name -> words in the order of the code; columns.csv refers to them as ``@name``.
    """
    shown = {name: words for name, words in closed_columns().items() if name in MEANINGS}
    return {
        "mui": campaign.SLOTS,
        "ten_vac_xin": tuple(campaign.vaccine_names()),
        **shown,
        "quoc_tich": closed_columns()["quoc_tich"],
        "dan_toc": names.GROUPS[: names.FIRST_NATION],
        "vai_tro": residents.ROLES,
        "cu_tru": lives.RESIDENCES,
        "tinh_trang": lives.FATES,
        "loai": tuple(MEANINGS["loai"]),
        "role": truth.ROLES,
        "recoverability": truth.RECOVERABILITY,
        "evidence": tuple(MEANINGS["evidence"]),
        "final_state": truth.FINAL_STATES,
        "file_damage": FILE_DAMAGES,
    }


def as_markdown() -> str:
    """Return the dictionary as GitHub's Markdown."""
    return "\n".join(chain.from_iterable(map(_markdown, _sections())))


def as_html() -> str:
    """Return the dictionary as one HTML page that needs nothing beside it."""
    body = "\n".join(chain.from_iterable(map(_html, _sections())))
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{TITLE}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{body}\n"
        "</body>\n</html>\n"
    )


def _sections() -> list[_Section]:
    return [
        _Section(1, TITLE, INTRODUCTION),
        _Section(2, "Bảng · Tables", _links(TABLES)),
        *(_table_section(name, *about) for name, about in TABLES.items()),
        _Section(2, "Danh mục từ · Closed lists of words", _links(vocabularies())),
        *(_words_section(name, words) for name, words in vocabularies().items()),
        _Section(2, "Lỗi và bẫy · Errors and traps", _links(("cause", "decoy"))),
        _errors_section(),
        _decoys_section(),
    ]


def _links(names: Iterable[str]) -> tuple[str]:
    """Return one line of links to the sections of these names."""
    return (" · ".join(f"[{name}](#{name})" for name in names),)


def _table_section(table: str, vietnamese: str, english: str) -> _Section:
    header = ("Cột", "Tên", "Kiểu", "Ý nghĩa", "Meaning", "Giá trị", "Ví dụ")
    rows = tuple(
        (
            f"`{row['column']}`",
            row["name_vi"],
            f"`{row['type']}`",
            row["meaning_vi"],
            row["meaning_en"],
            re.sub(r"@(\w+)", r"[\1](#\1)", row["values"]),
            f"`{row['example']}`" if row["example"] else "",
        )
        for row in facts.table("columns")
        if row["table"] == table
    )
    return _Section(NAMED, table, (f"{vietnamese}. · *{english}.*",), header, rows)


def _words_section(name: str, words: Sequence[str]) -> _Section:
    meanings = MEANINGS.get(name)
    if meanings is None:
        return _Section(NAMED, name, (", ".join(words) + ".",))
    rows = tuple((f"`{word}`", *meanings[word]) for word in words)
    return _Section(NAMED, name, (), ("Từ", "Ý nghĩa", "Meaning"), rows)


def _errors_section() -> _Section:
    text = (
        "Tỷ lệ mặc định tính trên số hồ sơ hoặc mũi có thể mắc lỗi đó. · *The default rate is the"
        " share of the records or doses that can have the error.*",
    )
    rows = (_error(entry.code, _columns(entry), entry.rate) for entry in ERRORS)
    header = ("Mã", "Lỗi", "Error", "Cột", "Tỷ lệ mặc định")
    return _Section(NAMED, "cause", text, header, tuple(sorted(rows)))


def _decoys_section() -> _Section:
    text = (
        "Hồ sơ đúng nhưng trông như sai; tỷ lệ tính trên những hồ sơ trông như vậy. · *Right"
        " records that look wrong; the rate is the share of those that look so.*",
    )
    rows = (_error(decoy.code, "", decoy.rate) for decoy in DECOYS)
    without_column = tuple(sorted((*row[:3], row[4]) for row in rows))
    return _Section(NAMED, "decoy", text, ("Mã", "Bẫy", "Trap", "Tỷ lệ mặc định"), without_column)


def _error(code: str, column: str, rate: float) -> tuple[str, ...]:
    row = next(row for row in facts.table("error_taxonomy") if row["error_id"] == code)
    return code, row["name_vi"], row["name_en"], column, f"{100 * rate:g}%".replace(".", ",")


def _columns(error: Cause | Incident) -> str:
    """Say which cells an error spoils; an incident is about whole rows."""
    if isinstance(error, Incident):
        return INCIDENT_ROWS.get(error.code, "cả dòng (whole rows)")
    tables = dict.fromkeys(register.SUBJECT_COLUMNS, "doi_tuong")
    cells = (f"`{tables.get(name, 'mui_tiem')}.{name}`" for name in dict.fromkeys(error.columns))
    return ", ".join(cells)


def _markdown(section: _Section) -> list[str]:
    lines = [f"{'#' * section.level} {section.title}", ""]
    for sentence in section.text:
        lines += [sentence, ""]
    if section.header:
        rows = (section.header, ("---",) * len(section.header), *section.rows)
        lines += [
            "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows
        ]
        lines += [""]
    return lines


#: Markdown that the sections use, in the order in which it is read, and the same in HTML
_INLINE = (
    (re.compile(r"`([^`]*)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\.)\*([^*]+)\*"), r"<em>\1</em>"),
    (re.compile(r"\[(\w+)\]\((#\w+)\)"), r'<a href="\2">\1</a>'),
)
STYLE = """body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
table { border-collapse: collapse; display: block; overflow-x: auto }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top }
th { background: #eee }
code { overflow-wrap: anywhere }
"""


def _html(section: _Section) -> list[str]:
    level, title = section.level, escape(section.title)
    anchor = f' id="{title}"' if level == NAMED else ""
    lines = [f"<h{level}{anchor}>{title}</h{level}>"]
    lines += [f"<p>{_inline(sentence)}</p>" for sentence in section.text]
    if section.header:
        body = (_html_row("td", row, _inline) for row in section.rows)
        lines += ["<table>", _html_row("th", section.header, escape), *body, "</table>"]
    return lines


def _html_row(tag: str, cells: Sequence[str], written: Callable[[str], str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{written(cell)}</{tag}>" for cell in cells) + "</tr>"


def _inline(text: str) -> str:
    text = escape(text)
    for pattern, markup in _INLINE:
        text = pattern.sub(markup, text)
    return text
