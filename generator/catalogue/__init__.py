"""The catalogue: every error and every trap that can be put into a register, one record each.

Causes, incidents and decoys are rows of ``reference/error_taxonomy.csv``; what is expected of a
trainee stands there, how the error is made stands here. The slot of a record decides its random
streams: append only, never renumber.
"""

from __future__ import annotations

from generator.catalogue.doses import DOSE_CAUSES, SIGNATURE_CAUSES
from generator.catalogue.kinds import (
    FACILITY,
    POLICE,
    SLIP,
    Cause,
    Decoy,
    Incident,
    Source,
    Way,
)
from generator.catalogue.records import RECORD_CAUSES, STATUS_CAUSES

__all__ = [
    "CAUSES",
    "CODES",
    "DECOYS",
    "DOSE_CAUSES",
    "ERRORS",
    "INCIDENTS",
    "RECORD_CAUSES",
    "SIGNATURE_CAUSES",
    "STATUS_CAUSES",
    "Cause",
    "Decoy",
    "Incident",
    "Source",
    "Way",
]

#: in the order of choice; E18 is none to the register: only the police know
INCIDENTS = (
    Incident("E18", 18, POLICE, "transferred", rate=1.0),  # of those who died or moved
    Incident("E44", 19, POLICE, "waiting_police", rate=0.30),  # of the pairs of one name and day
    Incident("E40", 20, POLICE, "merged"),
    Incident("E50", 21, SLIP, "waiting_facility"),
    Incident("E43", 22, FACILITY, "waiting_facility"),
    Incident("E41", 23, Source("from_other_record", "dose"), "ready_to_sign"),
    Incident("E42", 24, SLIP, "waiting_facility"),
)

#: in the order of choice. The taxonomy has no rates for what is natural; where the truth has a
#: rate of its own (D06, D07, D10), nearly all who look like it are marked.
DECOYS = (
    Decoy("D06", 9, rate=1.0, pairs=True),
    Decoy("D07", 10, rate=0.6, pairs=True),
    Decoy("D01", 0, rate=0.05),
    Decoy("D10", 1, rate=1.0),
    Decoy("D11", 2, rate=0.05),
    Decoy("D13", 3, rate=0.05),
    Decoy("D14", 4, rate=0.10),
    Decoy("D02", 5, rate=0.05),
    Decoy("D03", 6, rate=0.10),
    Decoy("D04", 7, rate=0.20),
    Decoy("D05", 8, rate=0.05),
    Decoy("D08", 11, rate=0.05),
    Decoy("D09", 12, rate=0.50),
    Decoy("D12", 13, rate=0.50),
)

CAUSES = (*RECORD_CAUSES, *STATUS_CAUSES, *DOSE_CAUSES, *SIGNATURE_CAUSES)
ERRORS: tuple[Cause | Incident, ...] = (*INCIDENTS, *CAUSES)
CODES = tuple(entry.code for entry in (*ERRORS, *DECOYS))
