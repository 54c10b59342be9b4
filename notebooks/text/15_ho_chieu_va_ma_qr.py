# %% [markdown]
# # Bài 15. Hộ chiếu vắc xin và mã QR
#
# **DỮ LIỆU GIẢ LẬP.** Người, mũi tiêm và hộ chiếu trong bài đều là bịa. Mã QR ở đây không có giá trị pháp lý.
#
# *Sau bài này anh/chị làm được:*
#
# * trả lời câu "đủ mũi sao chưa có hộ chiếu?" bằng đúng lý do và đúng nơi phải làm tiếp;
# * đọc mười một trường của hộ chiếu vắc xin;
# * nhận ra mã QR của người khác, hết hạn, sai chữ ký, hoặc chữ ký đúng mà nội dung sai.
#
# Thời gian: 15 phút. Dựa trên QĐ 5772/QĐ-BYT ngày 20/12/2021 và CV 1908/BYT-CNTT ngày 15/4/2022.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Báo Người Lao Động ngày 1/6/2022 kể chuyện một người tiêm đủ ba mũi ở hai nơi, thông tin nào cũng đúng, mà vẫn chưa có hộ chiếu.
# Hỏi phường, phường bảo "cứ chờ".
#
# Ở trạm Hoa Mai, câu hỏi ấy đến mỗi sáng. Chị trưởng trạm dặn:
#
# > "Đừng bảo bà con chờ. Chờ ai? Chờ cái gì? Em tìm cho ra một chỗ vướng, rồi nói tên nơi phải làm."
#
# Hộ chiếu chỉ ra khi cả bốn chặng đều thông:

# %% folded=true
from sosach.course import so_do, xem_ho_chieu
from sosach.review import cau_hoi

so_do(
    ("1. Hồ sơ Đúng", "trạm và công an; người nước ngoài: có số hộ chiếu"),
    ("2. Đủ mũi cơ bản", "thiếu thì tiêm tiếp, hoặc nhập hồi cứu"),
    ("3. Mọi mũi đã ký", "đơn vị đã nhập từng mũi"),
    ("4. Cấp hộ chiếu", "Cục Y tế dự phòng, theo đợt"),
    noi="→",
)

# %% [markdown]
# ## 2. Một người làm mẫu
#
# Bà Ngô Thị Sen, hai mũi AstraZeneca, trạng thái *Đúng*. Mũi 1 do bệnh viện nhập, chưa ký. Mũi 2 do trạm nhập, đã ký.
#
# Ta hỏi theo đúng thứ tự bốn chặng:
#
# 1. **Hồ sơ đã Đúng chưa?** Rồi.
# 2. **Đủ mũi cơ bản chưa?** AstraZeneca cần hai mũi. Bà có hai mũi. Rồi.
# 3. **Mọi mũi đã ký chưa?** Mũi 2 rồi. Mũi 1 **chưa**. Dừng ở đây.
#
# Trả lời bà Sen: *"Mũi 1 của bác do bệnh viện nhập, bệnh viện chưa ký. Trạm đã báo bệnh viện hôm nay. Bệnh viện ký xong thì hộ chiếu được cấp trong đợt sau."*
# Một câu, đủ ba ý: vướng ở đâu, ai làm, trạm đã làm gì.

# %% [markdown]
# ## 3. Quy tắc cấp
#
# | Hỏi | Được | Chưa được |
# |---|---|---|
# | Hồ sơ | trạng thái *Đúng*; người nước ngoài có số hộ chiếu (CV 1908) | **chưa xác minh**: gửi công an đối chiếu |
# | Đủ mũi | hai mũi cơ bản; Janssen một mũi (\*); Abdala ba mũi (\*) | **chưa đủ mũi**: tiêm tiếp, hoặc tìm phiếu nhập bổ sung |
# | Chữ ký | mọi mũi cơ bản đã được đơn vị nhập ký | **chưa ký**: báo đơn vị ấy |
# | Còn lại | cả ba điều trên | **chờ Cục Y tế dự phòng** cấp theo đợt |
#
# Mũi nhắc lại chưa ký thì không chặn: hộ chiếu ghi đến mũi đã ký trước đó (cách hiểu của khóa học).
# Tám vắc xin được ghi trong QĐ 5772: AstraZeneca, Pfizer, Moderna, Vero Cell, Sputnik V, Janssen, Hayat-Vax, Abdala.
#
# > **2022 / nay.**
# > *2022:* hộ chiếu hiện trong PC-Covid và Sổ sức khỏe điện tử, hạn 12 tháng theo QĐ 5772. Từ ngày 11/5/2022 EU công nhận tương đương.
# > *Nay:* đi lại không còn cần hộ chiếu vắc xin (\*). Cách đọc một mã QR có chữ ký thì vẫn dùng cho nhiều loại giấy khác.
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.

# %% folded=true
cau_hoi(
    "Câu 1. Anh Tài tiêm một mũi Janssen, hồ sơ Đúng, mũi đã ký. Chưa thấy hộ chiếu. Trả lời thế nào?",
    ("Chưa đủ mũi, anh tiêm mũi hai", False, "Janssen chỉ cần một mũi cơ bản."),
    (
        "Đủ điều kiện, chờ Cục Y tế dự phòng cấp theo đợt",
        True,
        "Đúng, đủ, đã ký. Phần còn lại không phải việc của trạm.",
    ),
    ("Gửi công an đối chiếu lại", False, "Hồ sơ đã Đúng. Gửi lại là làm công an mất việc."),
)

# %% folded=true
cau_hoi(
    "Câu 2. Chị Hương: trạng thái Sai, và cả hai mũi chưa ký. Chị hỏi vướng ở đâu. Nói điều nào trước?",
    (
        "Cơ sở chưa ký",
        False,
        "Chưa ký là vì chưa được ký: hồ sơ còn Sai. Nói thế thì chị đi giục nhầm nơi.",
    ),
    (
        "Hồ sơ chưa được xác minh đúng",
        True,
        "Chặng đầu tiên chưa thông thì nói chặng ấy. Xác minh xong mới đến lượt ký.",
    ),
    ("Cục Y tế dự phòng chưa cấp", False, "Hồ sơ chưa đến chỗ Cục. Còn hai chặng ở trước."),
)

# %% [markdown]
# ## 4. Đọc một hộ chiếu
#
# Đây là hộ chiếu của chị Nguyễn Thị Hạnh (người bịa). Bên trái là mã QR, bên cạnh là mười một trường theo thứ tự của QĐ 5772.

# %% folded=true
xem_ho_chieu("tot")

# %% [markdown]
# Ba điều nên biết:
#
# * **Quốc tịch không nằm trong mã QR.** Khuôn của EU không có chỗ cho ô ấy. Quốc tịch lấy từ hồ sơ, không được ký cùng.
# * **Tên viết hai lần**: có dấu, và không dấu kiểu hộ chiếu. Chữ Đ thành D, không được mất.
# * **Liều số** báo chí dịch hai cách. Khóa học đọc là tổng số mũi của đợt tiêm.
#
# Máy quét mã của điện thoại chỉ thấy một dãy chữ bắt đầu bằng `HC1:`. Phải có phần mềm kiểm tra mới biết chữ ký có đúng không.
#
# Người đứng quầy hỏi bốn câu:
#
# 1. **Đúng người đang đứng đây không?** So họ tên, ngày sinh với giấy tờ tùy thân.
# 2. **Còn hạn không?** So ngày hết hạn với hôm nay.
# 3. **Chữ ký có tin được không?** Khóa có trong danh sách tin cậy, nội dung không bị sửa.
# 4. **Nội dung có hợp nhau không?** Vắc xin với nhà sản xuất, ngày tiêm với ngày cấp, tên có dấu với tên không dấu.
#
# Người đưa mã dưới đây trình căn cước mang họ tên và ngày sinh khác.

# %% folded=true
xem_ho_chieu("cua_nguoi_khac")

# %% folded=true
cau_hoi(
    "Câu 3. Mã QR này chữ ký đúng, còn hạn. Người trình là người khác. Kết luận?",
    ("Mã QR tốt", False, "Mã tốt cho chủ của nó. Người đang đứng đây không phải chủ của nó."),
    (
        "Mã QR của người khác",
        True,
        "So với giấy tờ tùy thân là thấy. Máy không tự biết ai đang đứng trước quầy.",
    ),
    ("Chữ ký không đúng", False, "Chữ ký đúng. Đừng nói sai chữ ký khi chỉ sai người."),
)

# %% [markdown]
# Máy xếp chuyện này vào *nội dung sai*. Người đứng quầy thì gọi đúng tên: mã của người khác.

# %% folded=true
xem_ho_chieu("sua_ngay")

# %% folded=true
cau_hoi(
    "Câu 4. Ngày tiêm trong mã bị đổi sau khi cấp. Điều gì lộ ra?",
    (
        "Không gì cả, nếu đổi khéo",
        False,
        "Đổi một ký tự là chữ ký không còn khớp. Khéo đến đâu cũng vậy.",
    ),
    (
        "Chữ ký không còn đúng",
        True,
        "Nội dung bị sửa thì chữ ký hỏng. Người sửa không có khóa để ký lại.",
    ),
    ("Hộ chiếu hết hạn", False, "Hạn không đổi. Chỗ hỏng là chữ ký."),
)

# %% [markdown]
# ## 5. Cái bẫy: chữ ký đúng, nội dung sai
#
# Mã dưới đây còn hạn, đúng người, khóa của nơi cấp, chữ ký đúng từng bit. Anh/chị đọc kỹ hai dòng *Sản phẩm* và *Nhà sản xuất*.

# %% folded=true
xem_ho_chieu("sai_nha_san_xuat")

# %% folded=true
cau_hoi(
    "Câu 5. Sản phẩm là Vaxzevria (AstraZeneca), nhà sản xuất ghi BioNTech. Kết luận?",
    (
        "Mã QR tốt, vì chữ ký đúng",
        False,
        "Chữ ký chỉ chứng rằng nơi cấp đã ký đúng những chữ này. Nơi cấp ghi sai thì chữ sai cũng được ký.",
    ),
    (
        "Chữ ký đúng nhưng nội dung sai",
        True,
        "BioNTech làm Comirnaty (Pfizer), không làm Vaxzevria. Báo nơi cấp để cấp lại.",
    ),
    (
        "Người dân tự sửa",
        False,
        "Tự sửa thì chữ ký đã hỏng. Đây là lỗi của nơi cấp, người mang giấy không có lỗi.",
    ),
)

# %% [markdown]
# Chuyện này có thật. Mẫu hộ chiếu Việt Nam duy nhất mà chúng tôi tìm thấy trong bộ mẫu thử công khai của EU có đúng lỗi ấy.
# Ở đây chúng tôi dựng lại lỗi với người bịa ra; mẫu thật ghi tên một người nên không đưa vào bài.
#
# Vì vậy: **chữ ký đúng chưa phải là hộ chiếu đúng.** Chữ ký trả lời "ai nói". Nội dung trả lời "nói gì".
#
# Bảng mã để đối chiếu:

# %% folded=true
import pandas as pd

from sosach.signing.passport.codes import vaccines

bang_ma = pd.DataFrame(
    [(v.name, v.product, v.mp, v.manufacturer, v.ma) for v in vaccines().values()],
    columns=["Vắc xin", "Sản phẩm", "Mã sản phẩm", "Nhà sản xuất", "Mã nhà sản xuất"],
)
bang_ma.style.hide(axis="index").set_properties(**{"text-align": "left"})

# %% folded=true
xem_ho_chieu("qua_han")

# %% folded=true
cau_hoi(
    "Câu 6. Hộ chiếu hết hạn hôm qua, mọi điều khác đều tốt. Kết luận?",
    ("Mã QR tốt, mới quá một ngày", False, "Hạn là hạn. Một ngày cũng là quá."),
    (
        "Hộ chiếu đã hết hạn",
        True,
        "Không phải chữ ký sai, không phải nội dung sai. Xin cấp lại là được.",
    ),
    ("Chữ ký không đúng", False, "Chữ ký vẫn đúng. Hạn của hộ chiếu và chữ ký là hai việc."),
)

# %% [markdown]
# ## 6. Nhớ
#
# * Bốn chặng: Đúng, đủ mũi, đã ký, chờ cấp. Chặng đầu tiên chưa thông là câu trả lời.
# * Trả lời người dân: vướng ở đâu, ai làm, trạm đã làm gì.
# * Bốn câu ở quầy: đúng người, còn hạn, chữ ký tin được, nội dung hợp nhau.
# * Chữ ký đúng chưa phải là nội dung đúng.
#
# ## Làm bài tập
#
# [Mở bài tập: hộ chiếu vắc xin và mã QR](../exercises/k2_15_ho_chieu_va_ma_qr/k2_15_ho_chieu_va_ma_qr.ipynb)
#
# **Bài tiếp theo:** [Bài 16. Sự cố khi ký](16_su_co_khi_ky.ipynb), dành cho anh/chị muốn đi xa hơn.

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Ta làm lại từ đầu hộ chiếu của chị Hạnh: chữ ký thật, ảnh QR thật. Rồi đọc ảnh ấy như máy ở quầy.

# %%
import tempfile
from pathlib import Path

from sosach.course.signing.station import NOW, here
from sosach.signing.faults.passport_office import Holder, Office
from sosach.signing.passport.qr import png, read_file
from sosach.signing.passport.verifying import peek, verify

tram = here(Path.cwd())
chi_hanh = next(n for n in tram.subjects() if n["ma_ho_so"] == "HSMAU1301")
hai_mui = tuple(m for m in tram.doses() if m["ma_ho_so"] == "HSMAU1301")
noi_cap = Office(tram.pki, Holder(chi_hanh, hai_mui), NOW)
anh = Path(tempfile.mkdtemp()) / "ho_chieu.png"
anh.write_bytes(png(noi_cap.passport.text))

doc_duoc = read_file(anh)
print(doc_duoc[:60] + "...")
print(peek(doc_duoc).content["nam"], peek(doc_duoc).content["v"][0], sep="\n")

# %% [markdown]
# Dòng trên mới chỉ là *đọc*. Còn *tin* hay không thì phải hỏi người ký là ai.

# %%
ket_qua = verify(anh, noi_cap.trust, NOW)
print(ket_qua.verdict.text())

# %% [markdown]
# Cuối cùng, cả danh mục lỗi cài sẵn: mỗi hộ chiếu một lỗi, máy kiểm tra kết luận từng cái.

# %%
from sosach.signing.faults.passports import PASSPORT_FAULTS

danh_muc = pd.DataFrame(
    [(loi.title, loi.plant(noi_cap).verdict().as_json()["vi"]) for loi in PASSPORT_FAULTS],
    columns=["Lỗi", "Kết luận"],
)
gom = danh_muc.groupby("Kết luận")["Lỗi"].agg(["size", "; ".join])
gom.columns = ["Số lỗi", "Gồm"]
gom.style.set_properties(**{"text-align": "left", "white-space": "normal"})
