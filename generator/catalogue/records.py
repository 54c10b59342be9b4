"""Errors in the cells of ``doi_tuong``, in the order of application: the first one gets the cell."""

from __future__ import annotations

from generator.catalogue.kinds import CELL, CITIZEN, POLICE, Also, Cause, Way, reference, ways
from generator.operators import (
    birth_date,
    contact,
    full_name,
    identity_number,
    name,
    old_fonts,
    status,
)

__all__ = ["RECORD_CAUSES", "STATUS_CAUSES"]

_NUMBERS = (
    Cause(
        "E73",
        29,
        "so_giay_to",
        ways(POLICE, identity_number.leave_blank),
        also=(
            Also(0, "ho_ten", full_name.give_short_name),
            Also(0, "ngay_sinh", birth_date.keep_year_alone),
        ),
    ),
    Cause("E72", 28, "so_giay_to", ways(POLICE, identity_number.type_passport)),
    Cause(
        "E71",
        27,
        "so_giay_to",
        ways(POLICE, identity_number.leave_blank, identity_number.type_heads_number),
        reads=("so_chu_ho",),
        rate=0.10,  # of the children: 2 % of all
    ),
    Cause(
        "E07",
        26,
        "so_giay_to",
        ways(POLICE, identity_number.type_heads_number),
        reads=("so_chu_ho",),
    ),
    Cause(
        "E06",
        25,
        "so_giay_to",
        ways(POLICE, identity_number.type_former_card),
        reads=("so_cmnd_cu",),
    ),
    Cause("E01", 0, "so_giay_to", ways(POLICE, identity_number.leave_blank)),
    Cause(
        "E02",
        1,
        "so_giay_to",
        ways(
            POLICE,
            identity_number.drop_digit,
            identity_number.repeat_digit,
            identity_number.type_letter,
        ),
    ),
    Cause("E03", 4, "so_giay_to", ways(POLICE, identity_number.lose_leading_zero)),
    Cause("E04", 5, "so_giay_to", ways(POLICE, identity_number.mistype_province)),
    Cause(
        "E05",
        6,
        "so_giay_to",
        ways(POLICE, identity_number.contradict_holder),
    ),
    Cause(
        "E08",
        7,
        "so_giay_to",
        ways(POLICE, identity_number.fill_in_phone),
        reads=("so_dien_thoai",),
    ),
)

_NAMES = (
    Cause("E17", 31, "ho_ten", ways(POLICE, full_name.take_rustic_name), reads=("gioi_tinh",)),
    Cause(
        "E22",
        32,
        "ho_ten",
        ways(POLICE, old_fonts.leave_telex, old_fonts.leave_tcvn3, old_fonts.leave_vni),
    ),
    Cause(
        "E10",
        2,
        "ho_ten",
        ways(POLICE, name.mishear_tone, name.confuse_consonant, name.misread_vowel),
    ),
    Cause("E14", 8, "ho_ten", ways(POLICE, full_name.drop_marks, full_name.drop_middle_word)),
    Cause("E15", 9, "ho_ten", ways(POLICE, full_name.add_call_name), reads=("gioi_tinh",)),
    Cause("E16", 10, "ho_ten", ways(POLICE, full_name.put_given_name_first)),
    Cause("E20", 11, "ho_ten", ways(CELL, full_name.add_blanks), compared=False),
    Cause("E21", 12, "ho_ten", ways(CELL, full_name.send_decomposed), compared=False),
)

_OTHER_FACTS = (
    Cause(
        "E13",
        30,
        "ngay_sinh",
        ways(POLICE, birth_date.force_first_of_january),
        rate=0.90,  # of those whose year alone is known
        by_clerk=False,
        accepts_observed=True,
    ),
    Cause("E11", 13, "ngay_sinh", ways(POLICE, birth_date.swap_day_month, birth_date.mistype_year)),
    Cause("E12", 14, "gioi_tinh", ways(POLICE, contact.tick_other_sex)),
    Cause(
        "E30",
        33,
        "so_dien_thoai",
        ways(CITIZEN, contact.give_shared_phone),
        reads=("dien_thoai_nhom",),
        compared=False,
    ),
    Cause(
        "E31",
        15,
        "so_dien_thoai",
        (
            *ways(reference("phone_prefixes"), contact.keep_old_prefix),
            *ways(CITIZEN, contact.drop_phone_digit),
        ),
        compared=False,
    ),
    Cause(
        "E32",
        34,
        "xa",
        ways(
            POLICE,
            contact.leave_ward_blank,
            contact.type_ward_elsewhere,
            final_state="ready_to_sign",
        ),
        compared=False,
    ),
    Cause(
        "E33",
        16,
        "huyen",
        ways(reference("hcmc_wards_2019_to_2022"), contact.keep_old_district),
        reads=("xa",),
        compared=False,
    ),
    Cause(
        "E70",
        35,
        "quoc_tich",
        ways(CITIZEN, contact.call_a_citizen),
        rate=0.30,  # of the foreigners: few live here
    ),
)

STATUS_CAUSES = (
    Cause(
        "E09",
        17,
        "tt_xac_minh",
        (Way(status.stay_unknown, POLICE, "waiting_police"),),
        by_clerk=False,
        only_clean=True,
    ),
    Cause(
        "E90",
        3,
        "tt_xac_minh",
        (Way(status.stay_wrong, POLICE, "reported"),),
        by_clerk=False,
        only_clean=True,
    ),
)

RECORD_CAUSES = (*_NUMBERS, *_NAMES, *_OTHER_FACTS)
