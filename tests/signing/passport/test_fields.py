"""The eleven fields of QĐ 5772, in its order."""

import pytest

from sosach.signing.passport.fields import fields_of

ORDER = [
    "Họ và tên",
    "Ngày sinh",
    "Quốc tịch",
    "Bệnh",
    "Số mũi",
    "Ngày tiêm",
    "Liều số",
    "Vắc xin",
    "Sản phẩm",
    "Nhà sản xuất",
    "Mã số chứng nhận",
]
CONTENT = {
    "nam": {"fn": "Đặng", "gn": "Thị Mỹ Hường", "fnt": "DANG", "gnt": "THI<MY<HUONG"},
    "dob": "1987-03-14",
    "v": [
        {
            "tg": "840539006",
            "vp": "29061000087103",
            "mp": "EU/1/21/1529",
            "ma": "ORG-100001699",
            "dn": 3,
            "sd": 3,
            "dt": "2022-02-12",
            "ci": "URN:UVCI:01:VN:1",
        }
    ],
}


def test_fields_of_order_and_values():
    """Eleven fields, in the order of the decision, as a person reads them."""
    fields = fields_of(CONTENT, "Việt Nam")

    assert [field.name for field in fields] == ORDER
    assert [field.value for field in fields] == [
        "Đặng Thị Mỹ Hường",
        "14/03/1987",
        "Việt Nam",
        "COVID-19",
        "3",
        "12/02/2022",
        "3",
        "vắc xin vector virus không sao chép COVID-19",
        "Vaxzevria",
        "AstraZeneca AB",
        "URN:UVCI:01:VN:1",
    ]


def test_fields_of_nationality_is_not_signed():
    """Nationality has no place in the DCC: it alone is not signed."""
    assert [field.name for field in fields_of(CONTENT) if not field.signed] == ["Quốc tịch"]


def test_fields_of_codes():
    """Beside a name stands what machines read; beside a meaning its code."""
    codes = {field.name: field.code for field in fields_of(CONTENT)}

    assert codes["Họ và tên"] == "DANG<<THI<MY<HUONG"
    assert codes["Sản phẩm"] == "EU/1/21/1529"


@pytest.mark.parametrize(
    ("dob", "shown"), [("1987", "1987"), ("1987-03", "03/1987"), ("", ""), (None, "")]
)
def test_fields_of_partial_birth_date(dob, shown):
    """A birth date may be a year, or nothing at all."""
    assert fields_of({**CONTENT, "dob": dob})[1].value == shown


@pytest.mark.parametrize(
    "odd", [{}, {"v": [[]]}, {"nam": 5, "v": [{"mp": {}, "dn": None}]}, {"t": [{}]}]
)
def test_fields_of_odd(odd):
    """Of an odd content what is missing stays empty."""
    fields = fields_of(odd)

    assert len(fields) == 11
    assert {field.value for field in fields} == {""}
