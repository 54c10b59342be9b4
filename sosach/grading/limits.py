"""How much of what somebody hands in is read: every limit, once, with its reason.

A whole exercise folder holds about ten files and 1 MB; everything here is ten times that or more,
so that only an accident or an attack meets a limit. All of them are ours.
"""

from __future__ import annotations

# --- a hand-in: a folder, or a zip package ---------------------------------------------------

#: files read of one hand-in; the course's own folder has about ten
MAX_FILES = 200
#: things looked at in one folder, read or not: a folder of a million empty files must end
MAX_ENTRIES = 5_000
#: folders inside each other; ``K1/k1_02/bai_nop/x.csv`` needs three
MAX_DEPTH = 8
#: bytes of one file that is no notebook: the register of a large pack is 1 MB
MAX_FILE = 4_000_000
#: bytes of a notebook, outputs included: photographs and long tables shown in it
MAX_NOTEBOOK = 64_000_000
#: bytes of everything but notebooks
MAX_TOTAL = 16_000_000
#: characters of a file name that every system can write (255 bytes, 4 for a letter, a suffix)
MAX_NAME = 60

#: bytes of a zip package: what may be in it, hardly compressed
MAX_PACKAGE = MAX_NOTEBOOK + MAX_TOTAL
#: members listed in a zip package, folders and nested tables of contents counted
MAX_MEMBERS = 5_000
#: how many times smaller a member may be than it unpacks to: text reaches 20, a bomb 1000
MAX_RATIO = 100
#: bytes below which no ratio is suspicious: a column of equal codes packs 300 times
RATIO_MATTERS = 1_000_000

# --- a table of text -------------------------------------------------------------------------

#: bytes of one artefact: 5000 records with all their columns are 1 MB
MAX_TABLE = 2_000_000
#: rows of one artefact: 5000 records with several decisions each
MAX_ROWS = 60_000
#: characters of one cell: an address has 100
MAX_CELL = 10_000
#: rows in which the header may stand, below titles and merged cells
HEADER_WITHIN = 12
#: levels of a JSON artefact: list, object, a signature's parts
MAX_JSON_DEPTH = 12
#: digits of a number in JSON: an identity number has 12
MAX_DIGITS = 40

# --- a workbook ------------------------------------------------------------------------------

#: bytes of a workbook, unpacked
MAX_UNPACKED = 60_000_000
MAX_SHEETS = 10
MAX_COLUMNS = 60
#: cells of all sheets: 60,000 rows of the register's 15 columns
MAX_CELLS = 900_000
#: bytes of memory that reading one workbook may take (the interpreter included)
MAX_MEMORY = 1_000_000_000
#: seconds of computing (a full table takes two), and of waiting where the machine is busy
MAX_CPU, MAX_WAIT = 10, 30

# --- a notebook ------------------------------------------------------------------------------

#: characters left of a notebook when outputs, pictures and widgets are taken out
MAX_SOURCE = 4_000_000
#: brackets inside one output; a table of 100,000 cells has 200,000
MAX_BRACKETS = 1_000_000
#: characters of one answer that are kept
MAX_ANSWER = 200_000
#: cells looked at: the course's notebooks have 20
MAX_NOTEBOOK_CELLS = 500
