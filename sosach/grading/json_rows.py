"""JSON artefacts as rows of text: signed doses, a trail of decisions.

A list of objects, an object that holds one such list, or one object per line. Strict where JSON
is vague: a key twice in one object, NaN, numbers without measure and bottomless nesting are
refused, because two readers would see two things in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from sosach.grading import limits
from sosach.grading.names import shown
from sosach.grading.refusals import Refusal

__all__ = ["is_json", "read_json"]

Row = dict[str, str]
_NUMBER = re.compile(rf"-?[0-9.eE+-]{{{limits.MAX_DIGITS + 1},}}")


def is_json(text: str) -> bool:
    """Tell whether a text is JSON rather than a table: no header begins with a bracket."""
    return text.lstrip("\ufeff \t\r\n").startswith(("{", "["))


def read_json(name: str, text: str) -> list[tuple[int, Row]]:
    """Return the objects of a JSON or JSON-lines text.

    Parameters
    ----------
    name : str
        File name, for messages.
    text : str
        Its content.

    Returns
    -------
    list of (int, dict)
        Line number of JSON lines, else the object's place in its list, from 1. Values are text:
        ``null`` is "", a nested value is its JSON.

    Raises
    ------
    Refusal
        If it is no JSON, holds no objects, or what only one reader would accept.
    """
    lines = [(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and all(line.strip().startswith("{") for _, line in lines):
        found = [(i, _parse(f"{name}, dòng {i}", line)) for i, line in lines]
    else:
        found = list(enumerate(_objects(name, _parse(name, text)), 1))
    if len(found) > limits.MAX_ROWS:
        message = f"Tệp {name} có hơn {limits.MAX_ROWS} mục. Hãy chỉ nộp các mục của bài này."
        raise Refusal(message)
    return [(i, _row(name, i, value)) for i, value in found]


def _parse(where: str, text: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Parse strictly."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=lambda pairs: _object(where, pairs),
            parse_constant=lambda constant: _refuse(where, f"có giá trị {constant}"),
            parse_int=lambda digits: _number(where, digits),
            parse_float=lambda digits: _number(where, digits),
        )
    except Refusal:
        raise
    except RecursionError:
        _refuse(where, "có quá nhiều lớp lồng nhau")
    except ValueError as error:
        at = f"dòng {error.lineno}" if isinstance(error, json.JSONDecodeError) else "giữa tệp"
        message = f"Tệp {where} không phải là JSON đúng cách ({at}). Hãy tạo lại tệp bằng sổ tay."
        raise Refusal(message) from error
    if _is_deeper(value, limits.MAX_JSON_DEPTH):
        _refuse(where, "có quá nhiều lớp lồng nhau")
    return value


def _object(where: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        _refuse(where, f"ghi khóa '{shown(twice, 40)}' hai lần trong một mục")
    return found


def _number(where: str, digits: str) -> str:
    """Keep a number as it is written: an identity number has no decimals to be rounded."""
    if _NUMBER.fullmatch(digits):
        _refuse(where, f"có số dài hơn {limits.MAX_DIGITS} ký tự")
    return digits


def _refuse(where: str, fault: str) -> Any:  # noqa: ANN401 - never returns
    message = f"Tệp {where} {fault}, không hiểu được chắc chắn. Hãy tạo lại tệp bằng sổ tay."
    raise Refusal(message)


def _is_deeper(value: object, levels: int) -> bool:
    inner: Iterable[object] = ()
    if isinstance(value, Mapping):
        inner = value.values()
    elif isinstance(value, list):
        inner = value
    return levels < 0 or any(_is_deeper(v, levels - 1) for v in inner)


def _objects(name: str, value: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON can hold
    """Return the list of objects that a JSON text is about."""
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping):
        lists = [v for v in value.values() if isinstance(v, list) and _all_objects(v)]
        return lists[0] if len(lists) == 1 else [value]
    message = f"Tệp {name} cần là một danh sách các mục trong ngoặc vuông. Hãy tạo lại bằng sổ tay."
    raise Refusal(message)


def _all_objects(values: list[Any]) -> bool:
    return all(isinstance(value, Mapping) for value in values)


def _row(name: str, number: int, value: object) -> Row:
    if not isinstance(value, Mapping):
        message = (
            f"Tệp {name}, mục {number}: cần một mục có tên cột và giá trị trong ngoặc nhọn. "
            "Hãy tạo lại tệp bằng sổ tay."
        )
        raise Refusal(message)
    return {str(key): _text(cell) for key, cell in value.items()}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
