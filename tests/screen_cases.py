"""Case files to look at: the list by groups, and decisions with papers, pairs and doses."""

import json
from functools import cache

from generator.facts import table
from generator.packs import Recipe, make_pack
from generator.scenario import load_scenario
from sosach.review.casefile import Act, Answer, CaseFile, Document, Key, Paper
from sosach.review.forms import (
    decision_form,
    feedback_form,
    figure_form,
    group_form,
    verdict_form,
)
from sosach.review.journal import Journal
from sosach.review.register import (
    DOSE_COLUMNS,
    RECORD_COLUMNS,
    dose_rules,
    register_records,
    seen_queues,
)

ERRORS = {
    "E01": 0.055,
    "E02": 0.055,
    "E10": 0.055,
    "E11": 0.055,
    "E14": 0.055,
    "E20": 0.055,
    "E40": 0.055,
    "E41": 0.055,
    "E50": 0.055,
    "E53": 0.055,
    "E55": 0.055,
}
DECOYS = {"D01": 0.05, "D06": 0.05, "D07": 0.05, "D10": 0.05}
ACTIONS = (
    *("NORMALIZE", "FIX_FROM_SOURCE", "REFER_POLICE", "MERGE", "DELETE_DUP_DOSE"),
    *("ADD_DOSE", "ASK_FACILITY", "HOLD", "KEEP"),
)
RULES = {
    "REFER_POLICE": ("Thông tin công dân chưa đúng thì công an xác thực.", "cv9438"),
    "FIX_FROM_SOURCE": ("Thông tin mũi tiêm sai mà có phiếu của trạm.", "cv9458"),
    "KEEP": ("Hồ sơ trông lạ mà không sai.", ""),
}
DOCUMENTS = (
    Document(
        "cv2262",
        "CV 2262/BYT-CNTT ngày 4/5/2022",
        "Trạm Y tế lập danh sách theo ba nhóm: không có số, số sai định dạng, sai thông tin cơ bản.",
    ),
    Document(
        "cv9438",
        "CV 9438/BYT-CNTT ngày 5/11/2021",
        "Ngành Y tế xác thực thông tin tiêm chủng, ngành Công an xác thực thông tin công dân.",
    ),
    Document("cv9458", "CV 9458/BYT-CNTT ngày 8/11/2021"),
)
HINTS = (
    "Anh/chị hãy nhìn ô khác nhau giữa hai bên.",
    "Thông tin công dân do công an xác thực, thông tin mũi tiêm theo phiếu.",
    "Hồ sơ Lê Thị Thu có tên khác giấy: trạm đưa vào danh sách gửi công an.",
)


@cache
def demo_pack(n_records, seed=7):
    """A pack with eleven kinds of errors and four of traps."""
    recipe = Recipe(load_scenario("tp-hcm-2022"), ("26905", "27139"), ERRORS, DECOYS)
    return make_pack(recipe, n_records, seed)


def rows(arrow):
    """Rows of an Arrow table, absent values as ""."""
    return [{k: v or "" for k, v in row.items()} for row in arrow.to_pylist()]


def group_case(n_records=40, mode="practice", **changes):
    """The list of CV 2262 by groups."""
    pack = demo_pack(n_records)
    subjects, doses = rows(pack.doi_tuong), rows(pack.mui_tiem)
    records = register_records(subjects, doses)
    key = _group_key(pack, subjects) if mode == "practice" else None
    return CaseFile(
        **{
            "exercise": "k1_02_lap_danh_sach",
            "title": "Lập danh sách đối tượng sai thông tin",
            "mode": mode,
            "pack": "ab12" * 16,
            "form": group_form(),
            "columns": RECORD_COLUMNS,
            "records": records,
            "dose_columns": DOSE_COLUMNS,
            "queues": seen_queues(subjects),
            "documents": DOCUMENTS,
            "key": key,
            **({"class_id": "BinhThanh-01", "trainee": "hv012"} if mode == "class" else {}),
            **changes,
        }
    )


def decision_case(n_records=80, mode="practice", **changes):
    """Decisions on records with slips, the police's list, pairs and doses."""
    pack = demo_pack(n_records)
    subjects, doses = rows(pack.doi_tuong), rows(pack.mui_tiem)
    records = register_records(subjects, doses, _papers(pack))
    key = _decision_key(pack, subjects) if mode == "practice" else None
    sites = {row["co_so_tiem"]: row["ten_co_so"] for row in rows(pack.sites)}
    return CaseFile(
        **{
            "exercise": "k1_99_thu",
            "title": "Rà soát hồ sơ tiêm chủng của phường",
            "task": "Xem từng hồ sơ, chọn việc phải làm và lý do.",
            "mode": mode,
            "pack": "cd34" * 16,
            "form": decision_form(ACTIONS, RULES),
            "columns": RECORD_COLUMNS,
            "records": records,
            "dose_columns": DOSE_COLUMNS,
            "queues": seen_queues(subjects),
            "names": sites,
            "documents": DOCUMENTS,
            "dose_rules": dose_rules(),
            "key": key,
            **({"class_id": "BinhThanh-01", "trainee": "hv012"} if mode == "class" else {}),
            **changes,
        }
    )


def page_result(**changes):
    """A result file as the offline page writes it."""
    event = Journal().make("chon", ma_ho_so="HS1", hanh_dong="a")
    raw = {
        "loai": "ket_qua_so_sach",
        "phien_ban": 1,
        "bai": "k1_02_lap_danh_sach",
        "lop": "BinhThanh-01",
        "hoc_vien": "hv012",
        "goi": "ab" * 32,
        "tep": {"danh_sach.csv": "ma_ho_so,nhom\nHS1,a\n"},
        "nhat_ky": [event],
    }
    return json.dumps(raw | changes).encode()


def all_forms():
    """A form of every artefact."""
    return [
        group_form(),
        decision_form(["KEEP"]),
        feedback_form({"SO_Y_TE": "Sở Y tế"}),
        verdict_form({"dung": "Đúng"}, {}),
        figure_form(),
    ]


def _truths(pack):
    given = {row["dose_id"]: row for row in rows(pack.given)}
    people = {row["person_id"]: row for row in rows(pack.people)}
    own = {row["ma_ho_so"]: row["person_id"] for row in rows(pack.link) if not row["dose_id"]}
    return given, people, own


def _papers(pack):
    given, people, own = _truths(pack)
    doses = {row["ma_mui"]: row["dose_id"] for row in rows(pack.link) if row["ma_mui"]}
    missing = {r["ma_ho_so"]: r["dose_id"] for r in rows(pack.link) if r["role"] == "missing"}
    found = {}
    for row in pack.ledger.to_pylist():
        record, cause = row["ma_ho_so"], row["cause"]
        person = people[own[record]]
        if cause in ("E53", "E55"):
            found[record] = (_slip(given[doses[row["ma_mui"]]], person, row["ma_mui"]),)
        elif cause == "E50":
            found[record] = (_slip(given[missing[record]], person, ""),)
        elif cause in ("E10", "E11", "E14"):
            cells = {
                name: person[name] for name in ("ho_ten", "ngay_sinh", "gioi_tinh", "so_giay_to")
            }
            source = "Công an phường, trang 2, đã ký ngày 9/5/2022"
            found[record] = (Paper("cong_an", "Danh sách công an đã ký", source, cells),)
    return found


def _slip(dose, person, ma_mui):
    names = ("mui", "ten_vac_xin", "ngay_tiem", "so_lo", "co_so_tiem", "don_vi_nhap")
    cells = {"ho_ten": person["ho_ten"], **{name: dose[name] for name in names}}
    text = "Phiếu viết tay, có chữ ký của bàn tiêm và dấu của trạm."
    source = "lưu tại trạm, ngày " + dose["ngay_tiem"]
    return Paper("phieu_sang_loc", "Phiếu sàng lọc", source, cells, ma_mui, text)


def _causes(pack, subjects):
    causes = {row["ma_ho_so"]: row["cause"] for row in rows(pack.ledger)}
    causes |= {row["ma_ho_so"]: row["decoy"] for row in rows(pack.link) if row["decoy"]}
    return {row["ma_ho_so"]: causes.get(row["ma_ho_so"], "") for row in subjects}


def _key(pack, subjects, answer):
    causes = _causes(pack, subjects)
    kinds = sorted(set(causes.values()))
    answers = tuple(answer(cause) for cause in kinds)
    return Key(answers, {record: kinds.index(cause) for record, cause in causes.items()})


def _taxonomy(cause):
    return next((row for row in table("error_taxonomy") if row["error_id"] == cause), None)


def _group_key(pack, subjects):
    def answer(cause):
        row = _taxonomy(cause)
        groups = row["official_group"].split("|") if row and row["official_group"] != "none" else []
        kind = row["name_vi"] if row else "Hồ sơ không có gì phải sửa"
        why = f"{kind}: " + (
            f"vào nhóm {' hoặc '.join(groups)}." if groups else "không đưa vào danh sách."
        )
        right = tuple(Act(code) for code in groups or ["khong"])
        return Answer((right,), (), why, kind, "cv2262", HINTS)

    return _key(pack, subjects, answer)


def _decision_key(pack, subjects):
    def answer(cause):
        row = _taxonomy(cause)
        if row is None:
            keep = ((Act("KEEP"),),)
            return Answer(keep, (), "Mọi thông tin đều khớp.", "Hồ sơ không có gì phải sửa")
        split = [tuple(map(Act, part.split("|"))) for part in row["must"].split("+") if part]
        may = tuple(map(Act, filter(None, row["may"].replace("+", "|").split("|"))))
        return Answer(
            tuple(split) or ((Act("KEEP"), Act("HOLD")),),
            may,
            f"{row['name_vi']}.",
            row["name_vi"],
            "cv9438",
            HINTS,
        )

    return _key(pack, subjects, answer)
