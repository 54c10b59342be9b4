# %% [markdown]
# # Bài 14. Kiểm tra chữ ký
#
# **DỮ LIỆU GIẢ LẬP.** Mũi tiêm, đơn vị, chữ ký và chứng thư trong bài chỉ dùng đào tạo, không có giá trị pháp lý.
#
# *Sau bài này anh/chị làm được:*
#
# * kết luận một chữ ký bằng một trong năm lý do, không lẫn cái nọ với cái kia;
# * phân biệt hết hạn *khi ký* với hết hạn *sau khi ký*, thu hồi *trước* với thu hồi *sau*;
# * nói được khi nào phải trả lời "chưa kết luận được".
#
# Thời gian: 15 phút. Dựa trên NĐ 130/2018/NĐ-CP (hiệu lực ngày 15/11/2018) và CV 1908/BYT-CNTT ngày 15/4/2022.
# Tên gọi năm lý do và thứ tự các câu hỏi là quy ước của khóa học.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Trung tâm Y tế gửi lại cho trạm một danh sách, kèm một dòng thư:
#
# > "Chữ ký không hợp lệ. Đề nghị trạm kiểm tra."
#
# Không hợp lệ là thế nào? Ai đó sửa số liệu? Chứng thư hết hạn? Hay ký nhầm token?
# Mỗi trường hợp một cách chữa, một người phải chữa. Trả lời chung chung thì không ai biết phải làm gì.

# %% [markdown]
# ## 2. Một chữ ký làm mẫu
#
# Đây là một mũi ký tốt. Anh/chị đọc các câu hỏi từ trên xuống; bấm vào từng câu để xem chi tiết.

# %% folded=true
from sosach.course import xem_ket_luan
from sosach.review import cau_hoi

xem_ket_luan("mui_tot")

# %% [markdown]
# Ta hỏi lần lượt:
#
# 1. **Nội dung còn nguyên không?** Bản trong sổ giống từng chữ với bản lúc ký.
# 2. **Có biết người ký không?** Chứng thư do nơi cấp trong danh mục cấp.
# 3. **Lúc ký, chứng thư có hiệu lực không?** Có, và không bị thu hồi.
# 4. **Có đúng đơn vị không?** Đơn vị đã nhập mũi là đơn vị ký.
# 5. **Có phải bản mới nhất không?** Không có lần ký nào sau lần này.
#
# Cuối cùng hỏi thêm: **lúc ấy có được ký không?** Hồ sơ không treo, không nghi trùng. Kết luận: **Tốt**.

# %% [markdown]
# ## 3. Năm lý do
#
# | Kết luận | Nghĩa là | Ai làm gì tiếp |
# |---|---|---|
# | **Bị sửa sau khi ký** | nội dung bây giờ khác nội dung lúc ký | tìm ai sửa, vì sao; đúng thì giải trình rồi ký lại |
# | **Không rõ người ký** | không có chữ ký, hoặc nơi cấp ngoài danh mục | đơn vị nhập mũi ký bằng token được cấp |
# | **Chứng thư của người ký không có hiệu lực** | lúc ký chứng thư chưa đến ngày, đã hết hạn hoặc đã bị thu hồi | xin cấp chứng thư mới, rồi ký lại |
# | **Sai đơn vị ký** | chữ ký đúng, nhưng của đơn vị khác hoặc của cá nhân | đơn vị nhập mũi ký lại |
# | **Quá hạn hoặc đã có bản mới hơn** | đưa ra bản cũ, hoặc chữ ký của danh sách khác | dùng bản mới nhất |
#
# Ngoài năm lý do ấy còn hai câu trả lời:
#
# * **Chữ ký đúng nhưng nội dung sai**: lúc ký hồ sơ còn nghi trùng hoặc đang tạm giữ. Gỡ *sau* khi ký cũng không chữa được chữ ký ấy.
# * **Chưa kết luận được**: tệp hỏng, hoặc thiếu danh sách thu hồi còn hạn. Không phải là sai, chỉ là chưa đủ để nói.
#
# Căn cứ: chữ ký số an toàn được tạo khi chứng thư còn hiệu lực và kiểm tra được bằng khóa công khai của chứng thư ấy (NĐ 130/2018/NĐ-CP, Điều 9) (\*).
# Đơn vị nhập mũi là đơn vị ký, và chịu trách nhiệm về nội dung (CV 1908).
#
# > **2022 / nay.**
# > *2022:* NĐ 130/2018, cùng Luật Giao dịch điện tử 2005.
# > *Nay:* Luật 20/2023/QH15 (\*); NĐ 23/2025 ngày 10/4/2025 cho chữ ký điện tử và dịch vụ tin cậy, trừ loại công vụ; loại công vụ theo NĐ 68/2024 (\*).
# > Năm câu hỏi thì không đổi.
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.

# %% [markdown]
# ## 4. Anh/chị thử ngay
#
# Mỗi khung dưới đây là một mũi có chữ ký thật, trong đó một chỗ bị làm sai. Xem câu trả lời *không* đầu tiên nằm ở đâu.

# %% folded=true
xem_ket_luan("sua_mui")

# %% folded=true
cau_hoi(
    "Câu 1. Chữ ký vẫn của trạm, chứng thư còn hạn. Vì sao không tốt?",
    (
        "Loại mũi trong sổ khác loại mũi lúc ký",
        True,
        "Chữ ký khóa cả nội dung. Đổi một chữ là lộ ngay, và máy nói được ô nào.",
    ),
    ("Chứng thư bị thu hồi", False, "Câu hỏi về hiệu lực vẫn đạt. Hãy xem câu hỏi thứ nhất."),
    ("Người ký giả mạo", False, "Người ký vẫn là trạm. Nội dung bị đổi sau khi trạm ký."),
)

# %% folded=true
xem_ket_luan("tu_tao_chung_thu")

# %% folded=true
cau_hoi(
    "Câu 2. Chứng thư này ghi đúng tên trạm. Sao lại là không rõ người ký?",
    (
        "Vì ai cũng tự tạo được một chứng thư mang tên trạm",
        True,
        "Tên không nói lên điều gì. Nơi cấp có trong danh mục mới nói lên người ký là ai.",
    ),
    ("Vì tên viết sai chính tả", False, "Tên viết đúng từng chữ. Chính vì thế mà dễ nhầm."),
    ("Vì chứng thư hết hạn", False, "Hạn vẫn còn. Câu hỏi thứ hai mới là chỗ không đạt."),
)

# %% folded=true
xem_ket_luan("don_vi_khac")

# %% folded=true
cau_hoi(
    "Câu 3. Trạm bên cạnh ký giúp vì token trạm mình bị khóa. Kết luận?",
    ("Tốt, vì chữ ký đúng", False, "Đúng về kỹ thuật. Nhưng mũi do trạm ta nhập thì trạm ta ký."),
    ("Sai đơn vị ký", True, "Chữ ký thật, đơn vị thật, nhưng không phải đơn vị được ký."),
    ("Không rõ người ký", False, "Biết rất rõ: trạm bên cạnh. Biết rõ mà vẫn sai đơn vị."),
)

# %% folded=true
cau_hoi(
    "Câu 4. Mũi được sửa số lô ngày 5/5 và ký lại lần hai. Ai đó đưa ra bản của lần ký thứ nhất. Kết luận?",
    ("Bị sửa sau khi ký", False, "Bản cũ và chữ ký cũ vẫn khớp nhau. Không ai sửa bản ấy."),
    (
        "Quá hạn hoặc đã có bản mới hơn",
        True,
        "Bản cũ còn nguyên, chỉ là đã có bản thay. Dùng lần ký thứ hai.",
    ),
    ("Tốt", False, "Tốt vào lúc ấy. Nay đã có bản mới, dùng bản cũ là đưa số lô sai trở lại."),
)

# %% [markdown]
# ## 5. Cái bẫy: hai cặp trông giống hệt nhau
#
# **Cặp thứ nhất: hết hạn.** Hai khung dưới đây, hôm nay cả hai chứng thư đều đã hết hạn. Một khung vẫn tốt.

# %% folded=true
xem_ket_luan("het_han_khi_ky")

# %% folded=true
xem_ket_luan("het_han_sau_khi_ky")

# %% [markdown]
# Câu phải hỏi không phải *"Hôm nay chứng thư còn hạn không?"* mà là ***"Lúc ký còn hạn không?"***
# Người về hưu thì các giấy đã ký trước đó vẫn còn giá trị. Giấy ký sau ngày về hưu thì không.
#
# **Cặp thứ hai: thu hồi.** Trạm mất token, nơi cấp thu hồi chứng thư. Những chữ ký đã làm *trước* đó thì sao?
# Giờ ký do máy của người ký tự ghi. Kẻ nhặt được token cũng có thể lùi đồng hồ. Vậy lấy gì chứng minh?

# %% folded=true
xem_ket_luan("thu_hoi_sau_co_dau")

# %% folded=true
xem_ket_luan("thu_hoi_sau_khong_dau")

# %% [markdown]
# **Dấu thời gian** là lời chứng của một nơi thứ ba: chữ ký này đã có từ lúc ấy. Có dấu thì vẫn tốt. Không có dấu thì chưa tin được.

# %% folded=true
cau_hoi(
    "Câu 5. Chứng thư bị thu hồi ngày 8/5. Chữ ký mang giờ ngày 6/5, có dấu thời gian ngày 6/5. Kết luận?",
    (
        "Tốt",
        True,
        "Nơi thứ ba chứng rằng ngày 6/5 chữ ký đã có. Thu hồi hai ngày sau không làm hỏng nó.",
    ),
    (
        "Chứng thư của người ký không có hiệu lực",
        False,
        "Ngày 6/5 chứng thư còn hiệu lực, và có dấu thời gian chứng minh.",
    ),
    (
        "Chưa kết luận được",
        False,
        "Đã đủ để kết luận: danh sách thu hồi có, dấu thời gian có.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 6. Chữ ký trông tốt, nhưng danh sách thu hồi trong máy đã cũ mười ngày. Kết luận?",
    ("Tốt", False, "Mười ngày qua có thể chứng thư đã bị thu hồi. Gọi là tốt lúc này là nói liều."),
    (
        "Chưa kết luận được, tải danh sách mới rồi xem lại",
        True,
        "Thiếu thông tin thì nói thiếu. Tải danh sách thu hồi còn hạn là xong.",
    ),
    (
        "Chứng thư của người ký không có hiệu lực",
        False,
        "Chưa ai nói chứng thư bị thu hồi. Kết luận oan cũng là kết luận sai.",
    ),
)

# %% [markdown]
# Nhầm hai chiều đều hại. Gọi chữ ký hỏng là **tốt** thì dữ liệu sai đi tiếp. Gọi chữ ký tốt là hỏng thì một người mất thêm mấy tuần chờ.

# %% [markdown]
# ## 6. Nhớ
#
# * Năm câu theo thứ tự: còn nguyên, biết người ký, hiệu lực lúc ký, đúng đơn vị, bản mới nhất.
# * Câu trả lời *không* đầu tiên là kết luận.
# * Hết hạn sau khi ký: vẫn tốt. Thu hồi sau khi ký: cần dấu thời gian.
# * Chữ ký đúng chưa chắc nội dung đúng. Thiếu thông tin thì nói *chưa kết luận được*.
#
# ## Làm bài tập
#
# [Mở bài tập: kiểm tra chữ ký](../exercises/k2_14_kiem_tra_chu_ky/k2_14_kiem_tra_chu_ky.ipynb)
#
# **Bài tiếp theo:** [Bài 15. Hộ chiếu vắc xin và mã QR](15_ho_chieu_va_ma_qr.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Chương trình có sẵn ba danh mục lỗi, cài vào mũi tiêm, danh sách PDF và chứng thư, mỗi mục đúng một lỗi.
# Ta tạo thật từng cái, ký thật, làm hỏng, rồi cho máy kiểm tra. Cột *Kết luận* là của máy kiểm tra, không phải của danh mục.

# %%
import tempfile
from pathlib import Path

import pandas as pd
import typst

from sosach.course.signing.station import NOW, here, told
from sosach.signing.doses import with_subjects
from sosach.signing.faults.certificates import CERTIFICATE_FAULTS
from sosach.signing.faults.doses import DOSE_FAULTS
from sosach.signing.faults.lists import LIST_FAULTS
from sosach.signing.faults.scene import Scene

tram, tam = here(Path.cwd()), Path(tempfile.mkdtemp())
mui = next(with_subjects(tram.doses(), tram.subjects()))
(tam / "danh_sach.typ").write_text("DANH SÁCH BÀN GIAO (giả lập)", encoding="utf-8")
danh_sach = typst.compile(tam / "danh_sach.typ")
canh = Scene(tram.pki, NOW, mui, told().neighbour, danh_sach, tam)

ket_qua = pd.DataFrame(
    [
        (loi.title, loi.planted, loi.plant(canh).verdict().as_json()["vi"])
        for loi in [*DOSE_FAULTS, *LIST_FAULTS, *CERTIFICATE_FAULTS]
    ],
    columns=["Lỗi", "Đã làm gì", "Kết luận"],
)
ket_qua.sort_values("Kết luận", kind="stable").style.hide().set_properties(**{"text-align": "left"})

# %% [markdown]
# Muốn biết vì sao, đọc từng bước kiểm tra của một mũi.

# %%
sua_mui = next(loi for loi in DOSE_FAULTS if loi.id == "sua_mui").plant(canh).verdict()
print(sua_mui.text())
buoc = pd.DataFrame(sua_mui.as_json()["stages"])[["vi", "state"]]
buoc.columns = ["bước", "kết quả"]
buoc.replace({"ok": "đạt", "failed": "không đạt", "not_checked": "chưa kiểm tra"})
