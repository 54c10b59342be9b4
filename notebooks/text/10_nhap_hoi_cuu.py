# %% [markdown]
# # Bài 10. Nhập hồi cứu
#
# **DỮ LIỆU GIẢ LẬP.** Mọi phiếu, mọi hồ sơ trong bài đều là bịa.
#
# *Sau bài này anh/chị làm được:*
#
# * cầm một phiếu tiêm cũ, biết mũi ấy đã vào sổ hay chưa;
# * nhập bổ sung mũi thiếu, sửa mũi đã nhập khác phiếu;
# * để riêng phiếu chưa dùng được, không đoán.
#
# Thời gian: 12 phút. Dựa trên CV 9438/BYT-CNTT ngày 5/11/2021, CV 9458/BYT-CNTT ngày 8/11/2021 và QĐ 43/QĐ-BYT ngày 7/1/2022.
# Nên học sau bài 8.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Mùa hè 2021, các điểm tiêm lưu động tiêm nhanh hơn tay người nhập máy. Phiếu giấy được bó lại, hẹn hôm sau nhập.
# Gần một năm sau, chị trưởng trạm mở tủ:
#
# > "Đây là phiếu của trạm mình, chị đã lọc riêng. Có tờ nhập rồi, có tờ chưa.
# > Em dò từng tờ với sổ. Thiếu thì nhập. Nhập rồi thì đừng nhập lần nữa."
#
# Chuyện này không riêng trạm nào. Tháng 8/2022, Bộ Y tế cho biết cả nước còn khoảng 14 triệu mũi chưa nhập.
# Một mũi chưa nhập thì không ai ký được, và người dân không có hộ chiếu vắc xin.

# %% [markdown]
# ## 2. Một phiếu làm mẫu
#
# Phiếu của chị Hồ Thị Nga. Bên trái là điều ghi trên phiếu, bên phải là mũi đã có trong sổ của chị.

# %% folded=true
from sosach.course import ho_so_mau, lam_thu, xem_ho_so
from sosach.review import cau_hoi

xem_ho_so("TH1001")

# %% [markdown]
# Ta hỏi lần lượt bốn câu:
#
# 1. **Phiếu đọc được không?** Có đủ họ tên, ngày sinh, mũi, vắc xin, ngày tiêm.
# 2. **Người này có hồ sơ không?** Có: đúng họ tên và ngày sinh.
# 3. **Mũi này có trong sổ chưa?** Phiếu ghi CB2, sổ mới có CB1. Chưa có.
# 4. *(Chỉ hỏi khi đã có)* Các ô có khớp phiếu không?
#
# Đến câu 3 là đủ: **nhập bổ sung mũi thiếu**, mũi cơ bản 2.
# Bảng so sánh báo *khác* ở mọi ô, vì đang so phiếu CB2 với mũi CB1. Khác mũi thì so làm gì: hãy nhìn ô **Mũi** trước tiên.

# %% [markdown]
# ## 3. Quy tắc
#
# Thông tin tiêm chủng do ngành Y tế xác thực (CV 9438/BYT-CNTT ngày 5/11/2021). Căn cứ là giấy, không phải trí nhớ.
#
# | Phiếu | Sổ | Việc làm |
# |---|---|---|
# | thiếu họ tên, ngày tiêm, mũi hoặc vắc xin | | **Mời người dân bổ sung giấy tờ** |
# | đọc được | không có hồ sơ của người này | **Tạm giữ**, hoặc chuyển nơi người ấy cư trú |
# | đọc được | có hồ sơ, chưa có mũi này | **Nhập bổ sung mũi thiếu**, chọn đúng mũi |
# | đọc được | có mũi này, mọi ô khớp | **Giữ nguyên** |
# | đọc được | có mũi này, một ô khác | **Sửa theo chứng từ gốc**, chọn đúng ô |
#
# Bảng này là quy ước của khóa học, dựng từ các công văn sau:
#
# * CV 9458/BYT-CNTT ngày 8/11/2021: phiếu sàng lọc thiếu ngày, mũi hoặc vắc xin thì không dùng làm căn cứ được.
# * Ngày 8/4/2022, Bộ Y tế nhắc: cơ sở nào nhập dữ liệu mũi tiêm thì chịu trách nhiệm ký duyệt. Nhập hôm nay là nhận trách nhiệm hôm nay.
# * QĐ 43/QĐ-BYT ngày 7/1/2022: giấy xác nhận có ba dòng mũi cơ bản, một dòng mũi bổ sung, ba dòng mũi nhắc lại.
#
# Trong khóa học, các mũi được ghi tắt: CB1, CB2, CB3 là cơ bản; BS là bổ sung; NL1, NL2 là nhắc lại.
#
# > **2022 / nay.**
# > *2022:* mũi mới phải nhập và ký ngay trong ngày (CV 1815/BYT-CNTT ngày 8/4/2022). Nhập hồi cứu là việc làm bù.
# > *Nay:* nguyên tắc vẫn vậy: giấy gốc là căn cứ, ai nhập thì người ấy chịu trách nhiệm (quy ước của khóa học).

# %% [markdown]
# ## 4. Anh/chị thử ngay

# %% folded=true
cau_hoi(
    "Câu 1. Phiếu ghi CB1, sổ đã có CB1, mọi ô khớp, chỉ số lô khác một ký tự. Anh/chị làm gì?",
    ("Nhập bổ sung", False, "Mũi CB1 đã có. Nhập nữa thì một mũi thành hai."),
    ("Giữ nguyên", False, "Còn ô số lô khác phiếu. Phiếu đang ở trong tay, sửa được ngay."),
    (
        "Sửa theo chứng từ gốc, ô số lô",
        True,
        "Phiếu là chứng từ gốc của mũi. Chỉ sửa ô khác, ô khớp để yên.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 2. Phiếu thiếu ngày tiêm. Mười phiếu khác cùng bó đều ghi 28/08/2021. Anh/chị làm gì?",
    (
        "Nhập ngày 28/08/2021",
        False,
        "Cùng bó chưa chắc cùng ngày. Đoán sai thì khoảng cách hai mũi sai theo.",
    ),
    (
        "Mời người dân bổ sung giấy tờ",
        True,
        "Người ấy có thể còn giữ giấy xác nhận. Phiếu để riêng, chờ giấy.",
    ),
    ("Bỏ phiếu", False, "Không bỏ. Phiếu vẫn là dấu vết của một mũi có thật."),
)

# %% folded=true
cau_hoi(
    "Câu 3. Phiếu ghi NL1 Pfizer. Sổ có CB1, CB2 AstraZeneca, chưa có NL1. Anh/chị làm gì?",
    (
        "Nhập bổ sung, mũi nhắc lại 1",
        True,
        "Nhắc lại khác vắc xin với mũi cơ bản không phải là lỗi.",
    ),
    ("Sửa CB2 thành Pfizer", False, "Phiếu nói về NL1, không nói gì về CB2."),
    (
        "Tạm giữ vì khác vắc xin",
        False,
        "Không có gì phải chờ: phiếu đọc được, người có hồ sơ, mũi chưa có.",
    ),
)

# %% [markdown]
# ## 5. Cái bẫy: hai phiếu trông như mũi mới
#
# Phiếu thứ nhất của ông Mai Văn Lộc. Sổ đã có hai mũi. Anh/chị bấm lần lượt hai nút *Mũi đã nhập* để so.

# %% folded=true
xem_ho_so("TH1002")

# %% folded=true
cau_hoi(
    "Phiếu của ông Lộc, anh/chị làm gì?",
    ("Nhập bổ sung", False, "Mũi CB1 ngày 17/08/2021 đã có trong sổ, bốn ô đều khớp."),
    (
        "Giữ nguyên, không phải lỗi",
        True,
        "Mũi này có người nhập rồi. Cất phiếu vào tập đã đối chiếu.",
    ),
    ("Tạm giữ", False, "Không còn gì chưa rõ."),
)

# %% [markdown]
# Phiếu thứ hai của ông Phạm Văn Duy Minh, sinh năm 1954. Trong sổ có một ông Phạm Văn Minh, sinh năm 1961.
# Nhập mũi vào hồ sơ ông Minh thì tiện, nhưng đó là **ghi mũi của người này cho người khác**.

# %% folded=true
xem_ho_so("TH1005")

# %% folded=true
cau_hoi(
    "Phiếu của ông Duy Minh, anh/chị làm gì?",
    (
        "Nhập vào hồ sơ ông Phạm Văn Minh",
        False,
        "Khác tên, khác năm sinh. Gần giống chưa phải là một người.",
    ),
    (
        "Tạm giữ, hoặc chuyển nơi người ấy cư trú",
        True,
        "Có thể ông ở phường khác, hồ sơ nằm ở nơi khác.",
    ),
    ("Sửa phiếu cho khớp sổ", False, "Không sửa giấy gốc trong bất cứ trường hợp nào."),
)

# %% [markdown]
# ## 6. Làm thử tám phiếu

# %% folded=true
lam_thu("10")

# %% [markdown]
# ## 7. Nhớ
#
# * Bốn câu: phiếu đọc được không, người có hồ sơ không, mũi có trong sổ chưa, các ô có khớp không.
# * Nhìn ô **Mũi** trước. Khác mũi thì chưa so các ô khác.
# * Phiếu của mũi đã có: không nhập lần nữa.
# * Phiếu thiếu thông tin: để riêng, mời người dân. Không đoán theo phiếu cùng bó.
# * Nhập xong, mũi ở trạng thái *Chưa ký*. Ký số là việc của khóa 2.
#
# ## Làm bài tập
#
# [Mở bài tập: nhập hồi cứu từ chồng phiếu](../exercises/k1_10_nhap_hoi_cuu/k1_10_nhap_hoi_cuu.ipynb)
#
# **Bài tiếp theo:** [Bài 11. Báo cáo tiến độ và chia việc](11_bao_cao_tien_do.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Dò phiếu với sổ là một phép ghép bảng (merge) theo họ tên, ngày sinh và mũi. `how="left"` giữ lại cả phiếu không tìm thấy.

# %%
import pandas as pd

phieu = pd.DataFrame([ho_so_mau(f"TH100{i}") for i in (1, 2, 3)])
so = pd.DataFrame(
    {
        "ho_ten": ["Hồ Thị Nga", "Mai Văn Lộc", "Tạ Minh Hoàng"],
        "mui": ["CB1", "CB1", "CB2"],
        "ngay_tiem": ["03/08/2021", "17/08/2021", "11/09/2022"],
    }
)
phieu.merge(so, on=["ho_ten", "mui"], how="left", suffixes=("", "_so"))[
    ["ma", "ho_ten", "mui", "ngay_tiem", "ngay_tiem_so"]
]
