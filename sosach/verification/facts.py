"""What the check knows of the country: codes, prefixes, old districts, vaccines, kinds of error.

The check states these facts on its own; a test holds them against the reference tables.
"""

from __future__ import annotations

__all__ = [
    "CELL_CAUSES",
    "DECOYS",
    "DISTRICTS",
    "DOSE_RANKS",
    "ETHNIC_GROUPS",
    "FIRST_GAP_DAYS",
    "GONE",
    "INCIDENTS",
    "LOT_FORMS",
    "NEW_PREFIXES",
    "OLD_DISTRICTS",
    "PROVINCE_CODES",
    "RUSTIC_NAMES",
    "SPELLINGS",
    "THU_DUC",
]

#: column -> the kinds of error that spoil it (error_taxonomy.csv), in the order in which they want
#: a cell: the first one gets it
CELL_CAUSES = {
    "so_giay_to": ["E73", "E72", "E71", "E07", "E06", "E01", "E02", "E03", "E04", "E05", "E08"],
    "ho_ten": ["E73", "E17", "E22", "E10", "E14", "E15", "E16", "E20", "E21"],
    "ngay_sinh": ["E73", "E13", "E11"],
    "gioi_tinh": ["E12"],
    "so_dien_thoai": ["E30", "E31"],
    "xa": ["E32"],
    "huyen": ["E33"],
    "quoc_tich": ["E70"],
    "tt_xac_minh": ["E09", "E90"],
    "ngay_tiem": ["E51", "E54", "E58", "E53", "E23"],
    "mui": ["E52", "E57"],
    "ten_vac_xin": ["E55", "E24"],
    "so_lo": ["E56"],
    "co_so_tiem": ["E59"],
    "don_vi_nhap": ["E60"],
    "tt_ky": ["E92", "E93"],
}

#: what happens to whole records and lines, in order; a record has at most one of them
INCIDENTS = ("E44", "E40", "E50", "E43", "E41", "E42")
#: who died or moved away: nothing is wrong in the register
GONE = "E18"

#: traps in the order in which they are chosen; a record is at most one
DECOYS = [
    "D06",
    "D07",
    "D01",
    "D10",
    "D11",
    "D13",
    "D14",
    "D02",
    "D03",
    "D04",
    "D05",
    "D08",
    "D09",
    "D12",
]

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

_SPELLINGS = {
    "AstraZeneca": "AZ|Astra|Astra Zeneca|Astrazenca|AstraZenaca|Vaxzevria",
    "Pfizer": "Comirnaty|Pfirez|Pfizer BioNTech|Pfzier|Pizer|Phizer|PFIZER-BIONTECH|Pfizer/BioNTech",
    "Moderna": "Spikevax|Modena|Modenna|Mordena|Spike vax",
    "Vero Cell": "Verocell|Vero-Cell|VeroCell|Sinopharm|Sinofarm|SARS-CoV-2 Vaccine"
    "|Vero Cell (Sinopharm)",
    "Sputnik V": "Sputnick V|SputnikV|Gam-COVID-Vac|Sputnik",
    "Janssen": "Johnson & Johnson|J&J|Johnson|Jansen|Jcovden",
    "Hayat-Vax": "Hayat Vax|Hayat vax|HayatVax|Hayat",
    "Abdala": "Abdalla",
}

#: what is typed for a vaccine -> its name on the platform; capitals alone make no other spelling
#: (vaccines.csv)
SPELLINGS = {typed: name for name, some in _SPELLINGS.items() for typed in some.split("|")}

#: the four vaccines that every station had -> the form of their lots (vaccines.csv)
LOT_FORMS = {
    "AstraZeneca": r"[A-Z]{2,5}\d{3,4}|\d{5}[A-Z]{2}\d{2}",
    "Pfizer": r"[A-Z]{2}\d{4}",
    "Moderna": r"\d{3}[A-Z]\d{2}[A-Z]|\d{6,7}A?",
    "Vero Cell": r"20\d{8}|20\d{4}[A-Z]\d{3,4}",
}

#: given names of the countryside, such as people change later (E17)
RUSTIC_NAMES = {
    "Nam": ("Tí", "Tèo", "Đực", "Cò", "Lượm", "Mót", "Rớt", "Đẹt", "Nhỏ", "Cọp"),
    "Nữ": ("Bé", "Gái", "Lượm", "Mót", "Rớt", "Thêm", "Út", "Nhỏ", "Nuôi", "Hến"),
}

#: ethnic groups that live in the city (ethnic_hcmc_2009.csv, and the Ê Đê of D09)
ETHNIC_GROUPS = ("Kinh", "Hoa", "Khmer", "Chăm", "Tày", "Mường", "Ê Đê")

#: every third number is a ward's; where wards were merged or made of others the row is broken
_WARDS = {
    "760": "26734-26761",
    "761": "26764-26785 26787 26788-26791",
    "764": "26869-26875 26876 26878-26881 26882 26884-26896 26897 26898 26899-26902",
    "765": "26905-26962",
    "766": "26965-27007",
    "767": "27010-27040",
    "768": "27043-27076 27085",
    "769": "26794-26866 27088-27100 27109-27118",
    "770": "27127-27160",
    "771": "27163-27202",
    "772": "27208-27253",
    "773": "27259-27271 27277-27298",
    "774": "27301-27316 27322-27343",
    "775": "27346-27385",
    "776": "27388-27433",
    "777": "27436-27463",
    "778": "27466-27493",
    "783": "27496-27556",
    "784": "27559-27592",
    "785": "27595-27640",
    "786": "27643-27661",
    "787": "27664-27682",
}


def _codes(row: str) -> range:
    first, _, last = row.partition("-")
    return range(int(first), int(last or first) + 1, 3)


#: ward -> district of the city (hcmc_units_2022.csv)
DISTRICTS = {
    str(code): district
    for district, rows in _WARDS.items()
    for row in rows.split()
    for code in _codes(row)
}
