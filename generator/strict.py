"""Read settings written by people, strictly: a misspelt key or a rate above 1 is named, not guessed.

A frozen dataclass is the schema: its fields are the keys, their types the kinds of value, and a
field with a default may be left out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, NewType, TypeVar, cast, get_args, get_origin, get_type_hints

from generator.problems import Problem, nearest

__all__ = ["Share", "check_names", "read", "read_toml"]

#: a number in [0, 1]
Share = NewType("Share", float)

T = TypeVar("T")


def read_toml(path: Path) -> tuple[dict[str, Any], bytes]:
    """Return the content of a TOML file, with its bytes.

    Parameters
    ----------
    path : Path
        A UTF-8 file; a byte order mark does no harm.

    Returns
    -------
    tuple of dict and bytes

    Raises
    ------
    Problem
        If the file is missing or is no TOML.
    """
    try:
        data = path.read_bytes()
        return tomllib.loads(data.decode("utf-8-sig")), data
    except FileNotFoundError as error:
        message = f"Không tìm thấy tệp {path}. Hãy kiểm tra lại đường dẫn."
        raise Problem(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"Tệp {path.name} không đọc được như TOML: {error}. Hãy sửa chỗ đó rồi chạy lại."
        raise Problem(message) from error


def read(schema: type[T], raw: object, where: str) -> T:
    """Make a dataclass out of a mapping, checking every key and value.

    Parameters
    ----------
    schema : type
        A dataclass whose fields are `int` (not negative), `float`, `Share`, `str`, `bool`,
        `date`, another such dataclass, ``tuple[X, ...]`` or ``Mapping[str, X]``.
    raw : mapping
        What was read from TOML or JSON.
    where : str
        File and place, for the message.

    Returns
    -------
    schema

    Raises
    ------
    Problem
        If a key is unknown, misspelt or missing, or a value is of another kind.
    """
    table = _mapping(raw, where)
    hints = get_type_hints(schema)
    known = {field.name: field for field in fields(schema)}  # type: ignore[arg-type]
    check_names(table, known, where, "khóa")
    for name, field in known.items():
        if name not in table and field.default is MISSING and field.default_factory is MISSING:
            message = f"{where}: thiếu khóa '{name}'. Hãy thêm khóa này."
            raise Problem(message)
    return schema(
        **{key: _value(hints[key], value, f"{where}, {key}") for key, value in table.items()}
    )


def check_names(found: Iterable[str], known: Iterable[str], where: str, what: str) -> None:
    """Demand that every name is a known one.

    Parameters
    ----------
    found, known : iterable of str
        The names used and the names that exist.
    where, what : str
        Place and kind of name, for the message.

    Raises
    ------
    Problem
        Naming the place, the name and the nearest right spelling.
    """
    known = list(known)
    for name in found:
        if name not in known:
            message = f"{where}: không có {what} '{name}'.{nearest(name, known)} Được dùng: {', '.join(known)}."
            raise Problem(message)


def _expect(right: bool, expected: str, found: object, where: str) -> None:
    if not right:
        message = f"{where}: cần {expected}, đang là {found!r}."
        raise Problem(message)


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    _expect(isinstance(value, Mapping), "một bảng khóa và giá trị", value, where)
    return cast("Mapping[str, Any]", value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


#: kind of value -> (what is right, how to say it)
_SIMPLE: dict[Any, tuple[Callable[[Any], bool], str]] = {
    int: (
        lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= 0,
        "một số nguyên không âm",
    ),
    float: (_is_number, "một con số"),
    Share: (lambda v: _is_number(v) and 0 <= v <= 1, "một tỷ lệ từ 0 đến 1 (6 % viết là 0.06)"),
    str: (lambda v: isinstance(v, str), "một chuỗi chữ trong dấu nháy"),
    bool: (lambda v: isinstance(v, bool), "true hoặc false"),
    date: (lambda v: type(v) is date, "một ngày viết như 2022-05-07"),
}


def _value(hint: Any, value: Any, where: str) -> Any:  # noqa: ANN401 - whatever TOML can hold
    """Check one value against its type; collections are checked item by item."""
    if is_dataclass(hint):
        return read(hint, value, where)  # type: ignore[arg-type]
    if hint in _SIMPLE:
        right, expected = _SIMPLE[hint]
        _expect(right(value), expected, value, where)
        return float(value) if hint is Share else value
    inner = get_args(hint)
    if get_origin(hint) is tuple:
        _expect(isinstance(value, list), "một danh sách trong ngoặc vuông", value, where)
        return tuple(_value(inner[0], v, f"{where}[{i}]") for i, v in enumerate(value))
    return {
        key: _value(inner[1], v, f"{where}, {key}") for key, v in _mapping(value, where).items()
    }
