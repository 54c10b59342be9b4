# %% [markdown]
# # Bài 8. Mũi tiêm, vắc xin, khoảng cách
#
# **DỮ LIỆU GIẢ LẬP.** Mọi hồ sơ trong bài đều là hồ sơ bịa.
#
# *Sau bài này anh/chị làm được:*
#
# * so một mũi đã nhập với phiếu lưu, sửa đúng ô khác phiếu;
# * biết khi nào phải hỏi cơ sở đã nhập mũi, thay vì tự sửa;
# * phân biệt mũi bổ sung với mũi nhắc lại;
# * để yên mũi trễ, mũi tiêm trộn được phép, ba mũi cơ bản Abdala.
#
# Thời gian: 15 phút. Dựa trên QĐ 3588/QĐ-BYT ngày 26/7/2021, CV 10225/BYT-DP ngày 1/12/2021, CV 10722/BYT-DP ngày 17/12/2021, QĐ 5772/QĐ-BYT ngày 20/12/2021, QĐ 43/QĐ-BYT ngày 7/1/2022, CV 9458/BYT-CNTT ngày 8/11/2021 và CV 1908/BYT-CNTT ngày 15/4/2022.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Bà Đoàn Thị Cúc gọi điện: *"Tôi tiêm hai mũi Moderna, sao trên điện thoại lại ghi mũi sau là AstraZeneca?"*
#
# Họ tên, ngày sinh, số giấy tờ của bà đều đã xác minh Đúng. Lần này công an không giúp được gì.
# Thông tin tiêm chủng do ngành Y tế xác thực (CV 9438/BYT-CNTT ngày 5/11/2021), và bằng chứng là **tờ phiếu**.

# %% [markdown]
# ## 2. Một hồ sơ làm mẫu
#
# Màn hình đặt phiếu lưu cạnh mũi đang ghi. Anh/chị tìm ô được tô màu.

# %% folded=true
from sosach.course import ho_so_mau, lam_thu, xem_ho_so
from sosach.review import cau_hoi

xem_ho_so("TH0801")

# %% [markdown]
# Ta hỏi ba câu:
#
# 1. **Có gì không ổn không?** Có: hai mũi khác vắc xin, và bà Cúc cũng nói vậy.
# 2. **Đơn vị nào đã nhập mũi này?** Trạm Y tế Phường Hoa Mai, tức là trạm mình.
# 3. **Phiếu nói gì?** Phiếu lưu ghi Moderna. Ngày, số lô, loại mũi đều khớp.
#
# Vậy là nhập nhầm. Trạm **sửa theo chứng từ gốc**, chỉ ở ô vắc xin. Các ô đang khớp để yên.

# %% [markdown]
# ## 3. Quy tắc: ai sửa, sửa theo đâu
#
# Cơ sở nào nhập mũi thì cơ sở đó chịu trách nhiệm ký duyệt: hướng dẫn ngày 8/4/2022, theo báo Người Lao Động ngày 14/4/2022.
# Ngày, mũi và loại vắc xin phải khớp giấy xác nhận (CV 9458). Từ đó, khóa học quy ước:
#
# | | Có phiếu | Không tìm thấy phiếu |
# |---|---|---|
# | **Mũi do trạm nhập** | khác phiếu ô nào thì *Sửa theo chứng từ gốc* ô ấy | mâu thuẫn thì *Hỏi cơ sở tiêm chủng đã nhập mũi*; không mâu thuẫn thì giữ nguyên |
# | **Mũi do nơi khác nhập** | phiếu ở nơi ấy, không ở trạm | mâu thuẫn thì *Hỏi cơ sở tiêm chủng đã nhập mũi*, không sửa giùm |
#
# Sáu trường hợp riêng:
#
# | Anh/chị thấy | Việc cần làm |
# |---|---|
# | Tên vắc xin gõ sai, chỉ giống một trong tám vắc xin của QĐ 5772 | *Sửa lỗi gõ, lỗi phông chữ*, dù nơi nào nhập |
# | Một mũi nhập hai lần | *Xóa mũi nhập trùng*, nếu dòng ghi thiếu hơn do trạm nhập |
# | Phiếu của trạm ghi tên người khác | *Gỡ mũi không có thật* |
# | Nơi tiêm không có mã trong danh mục cơ sở | *Hỏi cơ sở tiêm chủng đã nhập mũi*, hoặc *Chuyển đơn vị có thẩm quyền* |
# | Tiêm ngoài thành phố mà trạm đứng tên nhập | *Tạm giữ, chưa ký* mũi ấy |
# | Ô số lô trống, không có phiếu | *Hỏi cơ sở tiêm chủng đã nhập mũi* |
#
# Ai ký mũi nào thì chịu trách nhiệm về mũi ấy (CV 1908). Chưa rõ thì chưa ký.

# %% [markdown]
# ## 4. Khoảng cách ít nhất giữa các mũi
#
# Bảng dưới đây lấy thẳng từ bảng quy tắc mà máy dùng để chấm. Thanh màu dài bao nhiêu thì phải chờ bấy lâu.

# %% folded=true
import pandas as pd

from generator.facts import table

quy_tac = pd.DataFrame(table("dose_rules")).query("min_gap_days != ''")
chua_doi_chieu = quy_tac["provenance"].str.contains("memory").map({True: " (*)", False: ""})
bang = pd.DataFrame(
    {
        "Quy tắc": quy_tac["rule_vi"] + chua_doi_chieu,
        "Áp dụng từ": pd.to_datetime(quy_tac["valid_from"]).dt.strftime("%d/%m/%Y").fillna(""),
        "đến hết": pd.to_datetime(quy_tac["valid_to"]).dt.strftime("%d/%m/%Y").fillna(""),
        "Ít nhất (ngày)": quy_tac["min_gap_days"].astype(int),
        "Máy báo khi dưới": quy_tac["error_below_days"],
    }
)
(
    bang.style.hide(axis="index")
    .bar(subset=["Ít nhất (ngày)"], color="#9fd3cd", vmin=0)
    .set_properties(**{"text-align": "left", "white-space": "normal"})
)

# %% [markdown]
# Cột *Ít nhất* là khoảng cách văn bản nêu. Cột *Máy báo khi dưới* có khi nhỏ hơn vài ngày: phần cho phép lệch là quy ước của khóa học.
# Cột ấy trống thì máy không báo. Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.
#
# > **Quy tắc đổi theo ngày tiêm.**
# > Nhắc lại lần 1: từ 1/12/2021 phải sau 6 tháng (CV 10225), từ 17/12/2021 chỉ cần sau 3 tháng (CV 10722).
# > Xét một mũi theo quy tắc của **ngày tiêm mũi ấy**, không theo quy tắc hôm nay.
#
# **Bổ sung hay nhắc lại?** Giấy xác nhận theo QĐ 43 có ba dòng cơ bản (CB), một dòng bổ sung (BS), ba dòng nhắc lại (NL).
#
# | | Mũi bổ sung (BS) | Mũi nhắc lại lần 1 (NL1) |
# |---|---|---|
# | Cho ai | người suy giảm miễn dịch, hoặc người tiêm đủ mũi cơ bản bằng Sinopharm (Vero Cell) hay Sputnik V | người từ 18 tuổi đã tiêm đủ mũi cơ bản |
# | Khi nào | từ 28 ngày đến 3 tháng sau mũi cơ bản cuối | ít nhất 3 tháng sau mũi cơ bản cuối hoặc mũi bổ sung |
# | Căn cứ | CV 10722 | CV 10722 |
#
# Tuổi thì tính vào **ngày tiêm**, không phải hôm nay.

# %% [markdown]
# ## 5. Anh/chị thử ngay

# %% folded=true
cau_hoi(
    "Câu 1. Mũi 1 Pfizer ngày 01/10/2021 do trạm nhập, phiếu khớp. Mũi 2 Pfizer ngày 09/10/2021 do bệnh viện nhập. Anh/chị làm gì?",
    (
        "Sửa ngày mũi 2 cho đủ khoảng cách",
        False,
        "Ngày đẹp mà không có phiếu là ngày bịa. Mũi 2 lại do bệnh viện nhập.",
    ),
    (
        "Xóa mũi 2, vì cách 8 ngày là không thể",
        False,
        "Có thể người ấy tiêm thật, chỉ ngày ghi sai. Xóa là mất mũi.",
    ),
    (
        "Hỏi bệnh viện, trong lúc chờ thì chưa ký",
        True,
        "Bệnh viện giữ phiếu của mũi 2. Có trả lời rồi mới sửa.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 2. Người tiêm hai mũi Vero Cell, mũi thứ ba cách hai tháng, ghi BS. Có sai không?",
    (
        "Sai, mũi thứ ba phải là NL1",
        False,
        "Cách hai tháng thì chưa đủ 3 tháng cho mũi nhắc lại.",
    ),
    (
        "Không sai: đó là mũi bổ sung",
        True,
        "Tiêm đủ mũi cơ bản bằng Sinopharm thì được mũi bổ sung, từ 28 ngày đến 3 tháng (CV 10722).",
    ),
    (
        "Sai, người khỏe mạnh không có mũi bổ sung",
        False,
        "Đúng với người tiêm AstraZeneca hay Pfizer. Người tiêm Sinopharm hoặc Sputnik V thì có.",
    ),
)

# %% [markdown]
# Bây giờ là mười lăm hồ sơ. Nhìn *Đơn vị nhập* trước, rồi mới nhìn phiếu.
# Muốn sửa một ô: bấm vào tên ô trong mũi, rồi bấm nút việc cần làm.

# %% folded=true
lam_thu("08")

# %% [markdown]
# ## 6. Cái bẫy: trông lạ mà không sai
#
# Chị Hà Thị Mận tiêm hai mũi Pfizer. Anh/chị xem số ngày giữa hai mũi.

# %% folded=true
xem_ho_so("TH0804")

# %% folded=true
cau_hoi(
    "Câu 3. Hai mũi cách nhau 60 ngày, trong khi QĐ 3588 nêu 3 tuần. Anh/chị làm gì?",
    (
        "Hỏi bệnh viện đã nhập mũi 2",
        False,
        "Không có gì để hỏi. Bệnh viện phải lục phiếu cho một mũi đang đúng.",
    ),
    (
        "Giữ nguyên",
        True,
        "Ba tuần là khoảng cách ít nhất. Tiêm trễ chỉ là trễ, không bao giờ là lỗi dữ liệu (quy ước của khóa học).",
    ),
    (
        "Tạm giữ, chưa ký",
        False,
        "Giữ lại một mũi đúng thì chị Mận chờ hộ chiếu vắc xin thêm một lần nữa.",
    ),
)

# %% [markdown]
# Bốn thứ trông lạ mà không sai:
#
# | Trông lạ | Vì sao không sai |
# |---|---|
# | Mũi 2 trễ nhiều tuần | khoảng cách chỉ có mức ít nhất |
# | Mũi 1 AstraZeneca, mũi 2 Pfizer | được phép từ tháng 7/2021; từ 8/9/2021 thêm Moderna |
# | Abdala có CB1, CB2, CB3 | Abdala có ba mũi cơ bản |
# | Cơ bản Pfizer, nhắc lại AstraZeneca | khóa học coi là được phép từ tháng 3/2022, cách ít nhất 3 tháng |
#
# Số lô cũng vậy: chúng tôi không có danh mục số lô nào của Việt Nam. Nhìn số lô thì không kết luận được là sai, chỉ phiếu mới cho biết.

# %% [markdown]
# ## 7. Nhớ
#
# * Có gì không ổn, ai nhập, phiếu nói gì: hỏi theo thứ tự ấy.
# * Mũi của trạm sửa theo phiếu, từng ô. Mũi của nơi khác thì hỏi.
# * Quá gần mới đáng ngờ. Trễ không bao giờ là lỗi.
# * Không bịa ngày cho đủ khoảng cách.
#
# ## Làm bài tập
#
# [Mở bài tập: mũi tiêm, vắc xin, khoảng cách](../exercises/k1_08_mui_tiem/k1_08_mui_tiem.ipynb)
#
# **Bài tiếp theo:** [Bài 9. Phản ánh của người dân](09_phan_anh.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Tính số ngày giữa hai mũi cơ bản, rồi so với bảng quy tắc. Ngày phải đọc theo dạng ngày trước, tháng sau.

# %%
mui = pd.DataFrame(
    {
        "ma_ho_so": ["TH0803", "TH0803", "TH0804", "TH0804"],
        "mui": ["CB1", "CB2", "CB1", "CB2"],
        "ten_vac_xin": "Pfizer",
        "ngay_tiem": ["01/10/2021", "09/10/2021", "05/08/2021", "04/10/2021"],
    }
)
ngay = pd.to_datetime(mui["ngay_tiem"], format="%d/%m/%Y")
mui["so_ngay_cach"] = ngay.groupby(mui["ma_ho_so"]).diff().dt.days
pfizer = quy_tac.set_index("rule_id").loc["R04"]
mui["qua_gan"] = mui["so_ngay_cach"] < int(pfizer["error_below_days"])
mui["ho_ten"] = [ho_so_mau(ma)["ho_ten"] for ma in mui["ma_ho_so"]]
mui.loc[mui["mui"] == "CB2", ["ho_ten", "ngay_tiem", "so_ngay_cach", "qua_gan"]]
