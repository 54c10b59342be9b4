"""Errors in the cells of ``mui_tiem``, in the order of application: the first one gets the cell."""

from __future__ import annotations

from generator.catalogue.kinds import (
    CELL,
    FACILITY,
    SIGNATURE,
    SLIP,
    Also,
    Cause,
    Source,
    reference,
    ways,
)
from generator.operators import dose, dose_day, status

__all__ = ["DOSE_CAUSES", "SIGNATURE_CAUSES"]

_DAYS = (
    Cause(
        "E51",
        36,
        "ngay_tiem",
        ways(SLIP, dose_day.swap_with_second),
        reads=("ngay_truoc", "ngay_sau"),
        also=(Also(1, "ngay_tiem", dose_day.swap_with_first),),
    ),
    Cause("E54", 40, "ngay_tiem", ways(SLIP, dose_day.come_too_soon), reads=("ngay_truoc",)),
    Cause("E58", 41, "ngay_tiem", ways(SLIP, dose_day.come_too_young), reads=("ngay_sinh",)),
    Cause("E53", 39, "ngay_tiem", ways(SLIP, dose_day.mistype_dose_year, dose_day.write_entry_day)),
    Cause(
        "E23",
        42,
        "ngay_tiem",
        (
            *ways(
                CELL,
                dose_day.write_month_first,
                dose_day.write_with_dots,
                dose_day.write_with_dashes,
                dose_day.write_serial,
            ),
            *ways(SLIP, dose_day.write_month_first_unclear),
        ),
    ),
)

_OTHER_FACTS = (
    Cause("E52", 37, "mui", ways(SLIP, dose.label_as_first)),
    Cause("E57", 38, "mui", ways(SLIP, dose.confuse_kind), reads=("cac_mui",)),
    Cause("E55", 43, "ten_vac_xin", ways(SLIP, dose.tick_other_vaccine)),
    Cause("E24", 44, "ten_vac_xin", ways(reference("vaccines"), dose.misspell_vaccine)),
    Cause(
        "E56",
        45,
        "so_lo",
        ways(FACILITY, dose.leave_lot_blank, dose.type_letters_for_digits, dose.type_other_lot),
        reads=("ten_vac_xin",),
    ),
    Cause(
        "E59",
        46,
        "co_so_tiem",
        ways(reference("co_so"), dose.type_place_name, final_state="waiting_facility"),
        reads=("ten_noi_tiem",),
        rate=0.20,  # of the doses given at places that the official list lacks: 1.5 % of all
    ),
    Cause(
        "E60",
        47,
        "don_vi_nhap",
        ways(
            Source("from_other_column", "dose", column="co_so_tiem"),
            dose.enter_as_own,
            final_state="hold",
        ),
        reads=("tram",),
        rate=0.15,  # of the doses given elsewhere: 0.3 % of all
    ),
)

SIGNATURE_CAUSES = tuple(
    Cause(
        code,
        slot,
        "tt_ky",
        ways(SIGNATURE, status.sign_anyway, final_state="hold"),
        rate=0.05,  # of the signed doses
        by_clerk=False,
    )
    for code, slot in (("E92", 48), ("E93", 49))
)

DOSE_CAUSES = (*_DAYS, *_OTHER_FACTS)
