"""Columns of text, written without making Python strings where it can be helped.

Texts out of a short list are dictionary columns: an index per row, the list once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from generator.identity import digits, scatter
from generator.randomness import Ints

__all__ = ["fixed_width", "one_of", "opaque_ids", "plain", "repeat", "replace", "take", "texts"]


def one_of(words: Sequence[str], index: Ints) -> pa.DictionaryArray:
    """Return words out of a list of different ones, by index."""
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), pa.array(words))


def repeat(word: str, n: int) -> pa.DictionaryArray:
    """Return the same word `n` times."""
    return one_of([word], np.zeros(n, np.int32))


def take(column: pa.Array | pa.ChunkedArray, rows: Ints) -> pa.Array:
    """Return some cells of a column."""
    return (column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column).take(
        pa.array(rows)
    )


def texts(column: pa.Array | pa.ChunkedArray, rows: Ints) -> list[str]:
    """Return some cells of a column as Python strings."""
    cells = take(column, rows)
    # a list of words is unpacked one by one, and fifteen times slower than plain text
    found: list[str] = cells.cast(pa.string()).to_pylist()
    return found


def replace(table: pa.Table, column: str, rows: Ints, words: Sequence[str]) -> pa.Table:
    """Return the table with other words in some cells of one column.

    Parameters
    ----------
    table : Table
    column : str
        A column of text, plain or out of a list.
    rows : ndarray of int, shape (k,)
        In ascending order, each once.
    words : sequence of str, length k

    Returns
    -------
    Table
        A new one.
    """
    if not len(rows):
        return table
    cells = table[column].combine_chunks()
    new = (
        _other_index(cells, rows, words)
        if pa.types.is_dictionary(cells.type)
        else _other_text(cells, rows, words)
    )
    return table.set_column(table.column_names.index(column), column, new)


def _other_text(cells: pa.Array, rows: Ints, words: Sequence[str]) -> pa.Array:
    mask = np.zeros(len(cells), bool)
    mask[rows] = True
    return pc.replace_with_mask(cells, pa.array(mask), pa.array(words, pa.string()))


def _other_index(cells: pa.DictionaryArray, rows: Ints, words: Sequence[str]) -> pa.Array:
    """Write into the indices; words that the list lacks are added to it, each once."""
    known = {word: i for i, word in enumerate(cells.dictionary.to_pylist())}
    index = cells.indices.to_numpy().copy()
    index[rows] = [known.setdefault(word, len(known)) for word in words]
    return one_of(list(known), index)


def plain(table: pa.Table) -> pa.Table:
    """Return the table with every column of words as plain text."""
    columns = {
        name: table[name].cast(pa.string())
        if pa.types.is_dictionary(table.schema.field(name).type)
        else table[name]
        for name in table.column_names
    }
    return pa.table(columns)


def opaque_ids(prefix: str, ordinal: Ints, width: int, offset: int) -> pa.Array:
    """Return ids that tell neither order nor person: a bijection of the ordinals.

    Parameters
    ----------
    prefix : str
        Two ASCII letters.
    ordinal : ndarray of int, shape (n,)
        Below 10**`width`.
    width : int
        Digits.
    offset : int
        From `generator.population.ordinal_offset`.

    Returns
    -------
    StringArray, shape (n,)
    """
    text = np.empty((len(ordinal), len(prefix) + width), np.uint8)
    text[:, : len(prefix)] = np.frombuffer(prefix.encode("ascii"), np.uint8)
    text[:, len(prefix) :] = digits(scatter(ordinal, 10**width, offset), width)
    return fixed_width(text)


def fixed_width(text: NDArray[np.uint8]) -> pa.Array:
    """Wrap rows of ASCII bytes as a column of text."""
    n, width = text.shape
    offsets = np.arange(0, (n + 1) * width, width, dtype=np.int32)
    data = pa.py_buffer(np.ascontiguousarray(text).reshape(-1))
    return pa.StringArray.from_buffers(n, pa.py_buffer(offsets), data)
