"""CertLogic 1.3.3, the language of the European entry rules: JSON that computes a value.

Written from its specification (ehn-dcc-development/eu-dcc-business-rules, certlogic/specification).
An expression outside the language, a value of the wrong kind or endless work is an error, never a
pass.
"""

from __future__ import annotations

import calendar
import operator
import re
import reprlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

__all__ = ["CertLogicError", "as_json", "evaluate", "parse_time"]

#: an expression is no deeper, and its evaluation takes no more steps (ours; real rules need 1,000)
DEEPEST, MOST_STEPS = 60, 200_000
UNITS = ("year", "month", "day", "hour")
#: separators of the parts of a certificate identifier (UVCI, annex 2)
_SEPARATORS = re.compile("[/#:]")
_TIME = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?"
    r"(?:Z|([+-])(\d{1,2}):?(\d\d)?)?)?)?)?",
    re.ASCII,
)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
_COMPARE_TIMES = {
    "after": operator.gt,
    "before": operator.lt,
    "not-after": operator.le,
    "not-before": operator.ge,
}


class CertLogicError(ValueError):
    """An expression that has no value."""


def evaluate(expression: object, data: object) -> Any:  # noqa: ANN401 - any JSON value
    """Compute the value of an expression.

    Parameters
    ----------
    expression : JSON value
    data : JSON value
        The data context that ``var`` looks into.

    Returns
    -------
    JSON value or datetime
        Date-times have millisecond precision and stand in UTC; `as_json` writes them as text.

    Raises
    ------
    CertLogicError
        If the expression is outside the language, or values have the wrong kind.

    Examples
    --------
    >>> evaluate({">": [{"var": "v.0.dn"}, 1]}, {"v": [{"dn": 2}]})
    True
    """
    return _Evaluation().value(expression, data, 0)


def as_json(value: object) -> object:
    """Return a value as JSON writes it: a date-time becomes text with milliseconds."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return [as_json(item) for item in value] if isinstance(value, list) else value


class _Evaluation:
    """One evaluation, which counts its steps."""

    def __init__(self) -> None:
        self.steps = 0

    def value(self, expression: object, data: object, depth: int) -> Any:  # noqa: ANN401
        self.steps += 1
        _demand(depth <= DEEPEST, f"an expression nested at most {DEEPEST} deep", "deeper")
        _demand(self.steps <= MOST_STEPS, f"at most {MOST_STEPS} steps", "more")
        if isinstance(expression, str | bool) or _is_integer(expression):
            return expression
        if isinstance(expression, list):
            return [self.value(item, data, depth + 1) for item in expression]
        _demand(
            isinstance(expression, Mapping) and len(expression) == 1, "an operation", expression
        )
        ((name, operands),) = expression.items()  # type: ignore[attr-defined]
        if name == "var":
            _demand(isinstance(operands, str), "a path as text", operands)
            return _access(data, operands)
        _demand(name in _OPERATIONS, "a known operation", name)
        least, most, work = _OPERATIONS[name]
        _demand(isinstance(operands, list), "operands in a list", operands)
        _demand(least <= len(operands) <= most, f"{least} to {most} operands of {name}", operands)
        lazy = [_Operand(self, operand, data, depth + 1) for operand in operands]
        return work(name, lazy)


class _Operand:
    """An operand that is evaluated when it is needed."""

    def __init__(self, run: _Evaluation, expression: object, data: object, depth: int) -> None:
        self.run, self.expression, self.data, self.depth = run, expression, data, depth

    def value(self) -> Any:  # noqa: ANN401
        return self.run.value(self.expression, self.data, self.depth)

    def apply(self, data: object) -> Any:  # noqa: ANN401
        return self.run.value(self.expression, data, self.depth)


Operands = Sequence[_Operand]


def _demand(right: object, expected: str, found: object) -> None:
    if not right:
        # short whatever it is: a few steps can build what no memory could hold as text
        message = f"expected {expected}, found {reprlib.repr(found)}"
        raise CertLogicError(message)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _truth(value: object) -> bool:
    """Return whether a value is truthy; most kinds of values are neither truthy nor falsy."""
    known = value is None or isinstance(value, bool | str | list | Mapping) or _is_integer(value)
    _demand(known, "a truthy or falsy value", value)
    return bool(value)


def _same(a: object, b: object) -> bool:
    """Tell whether two values are equal without conversion; lists and objects never are."""
    return type(a) is type(b) and not isinstance(a, list | Mapping) and a == b


def _access(data: object, path: str) -> object:
    """Follow a path; whatever is not there is null."""
    for part in path.split(".") if path else ():
        if isinstance(data, Mapping):
            data = data.get(part)
        elif isinstance(data, list) and part.isascii() and part.isdigit() and len(part) < 10:
            data = data[int(part)] if int(part) < len(data) else None
        else:
            return None
    return data


def _if(_: str, operands: Operands) -> object:
    guard, then, otherwise = operands
    return (then if _truth(guard.value()) else otherwise).value()


def _and(_: str, operands: Operands) -> object:
    value: object = True
    for operand in operands:
        value = operand.value()
        if not _truth(value):
            return value
    return value


def _not(_: str, operands: Operands) -> bool:
    return not _truth(operands[0].value())


def _equal(_: str, operands: Operands) -> bool:
    return _same(operands[0].value(), operands[1].value())


def _in(_: str, operands: Operands) -> bool:
    wanted, items = (operand.value() for operand in operands)
    # nothing is in null: the suite of the specification says so, its text leaves it open
    _demand(items is None or isinstance(items, list), "a list to look in", items)
    return any(_same(wanted, item) for item in items or ())


def _plus(_: str, operands: Operands) -> int:
    values = [operand.value() for operand in operands]
    _demand(all(map(_is_integer, values)), "integers to add", values)
    total: int = sum(values)
    _demand(abs(total) < 1 << 53, "a sum that JSON holds exactly", total)
    return total


def _compared(name: str, operands: Operands) -> bool:
    values = [operand.value() for operand in operands]
    if name in _COMPARE:
        _demand(all(map(_is_integer, values)), f"integers for {name}", values)
        return all(_COMPARE[name](a, b) for a, b in pairwise(values))
    _demand(all(isinstance(v, datetime) for v in values), f"date-times for {name}", values)
    return all(_COMPARE_TIMES[name](a, b) for a, b in pairwise(values))


def _reduce(_: str, operands: Operands) -> object:
    items, step, initial = operands
    found = items.value()
    _demand(found is None or isinstance(found, list), "a list to reduce", found)
    value = initial.value()
    for item in found or ():
        value = step.apply({"current": item, "accumulator": value})
    return value


def _extract(_: str, operands: Operands) -> str | None:
    text: Any = operands[0].value()
    index: Any = operands[1].expression
    _demand(text is None or isinstance(text, str), "a certificate identifier", text)
    _demand(_is_integer(index), "an index", index)
    if text is None:
        return None
    parts = _SEPARATORS.split(text.removeprefix("URN:UVCI:"))
    return parts[index] if 0 <= index < len(parts) else None


def _birth(_: str, operands: Operands) -> datetime:
    text = operands[0].value()
    _demand(isinstance(text, str) and len(text) <= len("yyyy-mm-dd"), "a date of birth", text)
    return parse_time(text)


def _plus_time(_: str, operands: Operands) -> datetime:
    amount, unit = operands[1].expression, operands[2].expression
    _demand(_is_integer(amount), "an integer amount", amount)
    _demand(unit in UNITS, f"one of {', '.join(UNITS)}", unit)
    text = operands[0].value()
    _demand(isinstance(text, str), "a date or date-time as text", text)
    try:
        return _moved(parse_time(text), amount, unit)  # type: ignore[arg-type]
    except (OverflowError, ValueError) as error:
        raise CertLogicError(str(error)) from None


def _moved(time: datetime, amount: int, unit: str) -> datetime:
    """Move a time; the 31st of a shorter month becomes a day of the next one, as in JavaScript."""
    if unit in ("day", "hour"):
        return time + timedelta(**{f"{unit}s": amount})
    months = 12 * time.year + time.month - 1 + amount * (12 if unit == "year" else 1)
    first = time.replace(year=months // 12, month=months % 12 + 1, day=1)
    return first + timedelta(days=time.day - 1)


def parse_time(text: str) -> datetime:
    """Read a date or date-time; a missing day or month is the last one possible.

    Parameters
    ----------
    text : str
        One of the forms that the specification lists, as ``2021``, ``2021-11``, ``2021-11-05`` or
        ``2021-11-05T07:30:00.5+07:00``; no offset is UTC.

    Returns
    -------
    datetime
        In UTC, whole milliseconds.

    Raises
    ------
    CertLogicError
        If it has another form or no such day exists.

    Examples
    --------
    >>> as_json(parse_time("2021-02"))
    '2021-02-28T00:00:00.000Z'
    """
    found = _TIME.fullmatch(text)
    _demand(found, "a date or date-time", text)
    year, month, day, hour, minute, second, fraction, sign, hours, minutes = (
        found.groups() if found else ()
    )
    try:
        last = calendar.monthrange(int(year), int(month or 12))[1]
        days = (int(year), int(month or 12), int(day or last))
        clock = (int(hour or 0), int(minute or 0), int(second or 0))
        thousandths = int((fraction or "0").ljust(3, "0")[:3])
        moment = datetime(*days, *clock, 1000 * thousandths, tzinfo=UTC)
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        return moment + offset if sign == "-" else moment - offset
    except (ValueError, OverflowError) as error:
        raise CertLogicError(str(error)) from None


_MANY = 1_000
#: operation -> fewest and most operands, and what it does
_OPERATIONS: dict[str, tuple[int, int, Callable[[str, Operands], Any]]] = {
    "if": (3, 3, _if),
    "and": (2, _MANY, _and),
    "!": (1, 1, _not),
    "===": (2, 2, _equal),
    "in": (2, 2, _in),
    "+": (2, 2, _plus),
    **dict.fromkeys((*_COMPARE, *_COMPARE_TIMES), (2, 3, _compared)),
    "reduce": (3, 3, _reduce),
    "extractFromUVCI": (2, 2, _extract),
    "dccDateOfBirth": (1, 1, _birth),
    "plusTime": (3, 3, _plus_time),
}
