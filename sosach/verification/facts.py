"""What the check knows of the country: codes, prefixes, old districts, vaccines, kinds of error.

The check states these facts on its own; a test holds them against the reference tables.
"""

from __future__ import annotations

__all__ = [
    "CAUSES",
    "DOSE_RANKS",
    "FIRST_GAP_DAYS",
    "NEW_PREFIXES",
    "OLD_DISTRICTS",
    "PROVINCE_CODES",
    "THU_DUC",
]

#: kind of error -> the column that it spoils (error_taxonomy.csv)
CAUSES = {
    **dict.fromkeys(("E01", "E02", "E03", "E04", "E05", "E08"), "so_giay_to"),
    **dict.fromkeys(("E10", "E14", "E15", "E16", "E20", "E21"), "ho_ten"),
    "E11": "ngay_sinh",
    "E12": "gioi_tinh",
    "E31": "so_dien_thoai",
    "E33": "huyen",
    **dict.fromkeys(("E09", "E90"), "tt_xac_minh"),
}

_PROVINCES = """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034
035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068
070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096
"""

#: the first three digits that a CCCD can have: 63 provinces (Thông tư 07/2016/TT-BCA, annex 1;
#: id_province_codes.csv)
PROVINCE_CODES = tuple(_PROVINCES.split())

#: old mobile prefix -> the one since 2018; the last seven digits stayed (phone_prefixes.csv)
NEW_PREFIXES = {
    "0120": "070",
    "0121": "079",
    "0122": "077",
    "0126": "076",
    "0128": "078",
    "0123": "083",
    "0124": "084",
    "0125": "085",
    "0127": "081",
    "0129": "082",
    "0162": "032",
    "0163": "033",
    "0164": "034",
    "0165": "035",
    "0166": "036",
    "0167": "037",
    "0168": "038",
    "0169": "039",
    "0186": "056",
    "0188": "058",
    "0199": "059",
}

#: Thành phố Thủ Đức since 2021 (NQ 1111/NQ-UBTVQH14); Quận 2 had the same code before
THU_DUC = "769"

#: ward of Thành phố Thủ Đức -> the other code of its district in 2019: 762 Quận Thủ Đức, 763 Quận 9
#: (hcmc_wards_2019_to_2022.csv)
OLD_DISTRICTS = {
    **dict.fromkeys(map(str, range(26794, 26828, 3)), "762"),
    **dict.fromkeys(map(str, range(26830, 26867, 3)), "763"),
}

#: dose -> its place in the course (QĐ 43/QĐ-BYT; dose_rules.csv R20)
DOSE_RANKS = {"CB1": 0, "CB2": 1, "CB3": 2, "BS": 3, "NL1": 4, "NL2": 5, "NL3": 6}

#: vaccine -> days that must lie between its basic doses (vaccines.csv)
FIRST_GAP_DAYS = {
    "AstraZeneca": 28,
    "Pfizer": 21,
    "Moderna": 28,
    "Vero Cell": 21,
    "Sputnik V": 21,
    "Janssen": 0,
    "Hayat-Vax": 21,
    "Abdala": 14,
}
