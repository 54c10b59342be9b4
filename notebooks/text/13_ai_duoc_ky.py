# %% [markdown]
# # Bài 13. Ai được ký, ký những gì
#
# **DỮ LIỆU GIẢ LẬP.** Người, mũi tiêm, đơn vị và token trong bài đều là bịa. Chữ ký ở đây không có giá trị pháp lý.
#
# *Sau bài này anh/chị làm được:*
#
# * nói ngay một mũi hôm nay ký được hay chưa, và vướng ở đâu;
# * chọn đúng token cho đúng mũi;
# * ký một lô, gặp token bị rút giữa chừng thì ký tiếp mà không ký hai lần.
#
# Thời gian: 15 phút. Dựa trên CV 1908/BYT-CNTT ngày 15/4/2022, CV 1815/BYT-CNTT ngày 8/4/2022 và QĐ 5772/QĐ-BYT ngày 20/12/2021.
# Nên học sau bài 12: anh/chị cần một token đã đổi PIN.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Token đã mở được. Chị trưởng trạm Hoa Mai mở danh sách mũi chờ ký, rồi dặn:
#
# > "Trên màn hình có nút ký tất cả. Em đừng bấm vội.
# > Ký là mình chịu trách nhiệm từng mũi. Mũi nào ký được thì ký hết trong hôm nay. Mũi nào chưa thì nói chị biết vì sao."
#
# Có hai chữ ký khác nhau trên con đường ra hộ chiếu. Trạm chỉ làm chữ ký thứ nhất.

# %% folded=true
from sosach.course import man_hinh_ky, so_do
from sosach.review import cau_hoi

so_do(
    ("Hồ sơ Đúng", "công an đã đối chiếu xong"),
    ("Ký từng mũi", "đơn vị đã nhập mũi, bằng token của đơn vị"),
    ("Ký hộ chiếu", "Cục Y tế dự phòng, ký tập trung"),
    ("Mã QR", "người dân xem trên điện thoại"),
    noi="→",
)

# %% [markdown]
# ## 2. Một mũi làm mẫu
#
# Mở danh sách của ngày 10/5/2022. Có những mũi ký được, và những mũi chưa, kèm lý do. Ta đọc trước, chưa bấm ký.

# %% folded=true
man_hinh_ky()

# %% [markdown]
# Xem mũi thứ nhất: chị Nguyễn Thị Hạnh, AstraZeneca, ngày 02/08/2021. Ta hỏi lần lượt bốn câu:
#
# 1. **Người này đã xác minh chưa?** Trạng thái *Đúng*. Được.
# 2. **Mũi do ai nhập?** Trạm ta. Được.
# 3. **Còn gì treo không?** Hồ sơ không nghi trùng, mũi không tạm giữ, các ô của mũi đủ và hợp lý. Được.
# 4. **Ký chưa?** Chưa. Vậy **ký hôm nay**.
#
# Chỉ cần một câu trả lời "chưa" là mũi ở lại. Bây giờ anh/chị đọc lý do của những mũi chưa ký được.

# %% [markdown]
# ## 3. Quy tắc
#
# | Câu hỏi | Ký được khi | Chưa ký được thì | Theo đâu |
# |---|---|---|---|
# | Người | công dân Việt Nam: CCCD/CMND đã xác minh *Đúng*. Người nước ngoài tiêm ở Việt Nam: có số hộ chiếu, không đối chiếu dân cư | chờ công an đối chiếu; thiếu số hộ chiếu thì bổ sung | CV 1908 |
# | Đơn vị | mũi do chính đơn vị mình nhập | để đơn vị ấy ký, mình báo cho họ | Bộ Y tế, ngày 8/4/2022 |
# | Mũi | đủ các ô; không nghi trùng, không tạm giữ | làm rõ trước (bài 7, bài 8) | CV 1908: đơn vị chịu trách nhiệm về tính chính xác; việc chặn khi nghi trùng là quy ước của khóa học |
# | Chữ ký cũ | mũi chưa ký | không ký lần nữa | quy ước của khóa học |
# | Token | của đơn vị, chứng thư còn hiệu lực hôm nay | xem lại bài 12 | NĐ 130/2018/NĐ-CP (\*) |
#
# **Khi nào ký?** Mũi mới tiêm: nhập và ký ngay trong ngày (CV 1815). Mũi cũ: kiểm tra và ký hằng ngày (CV 1908).
#
# **Điện thoại, địa chỉ, số lô có chặn không?** Thiếu điện thoại hay địa chỉ thì vẫn ký được: nền tảng không chặn theo các ô ấy.
# Nhưng số lô và ngày tiêm *nằm trong nội dung được ký*. Ký xong mới sửa thì phải ký lại (quy ước của khóa học).
#
# **Trẻ em** ký như người lớn: hồ sơ Đúng, mũi do trạm nhập thì ký.
#
# **Ký thay.** Một tỉnh có thể giao một nơi ký tập trung, như Sở Y tế hoặc CDC, theo báo VietNamNet.
# Trong khóa học, ký thay phải có văn bản ủy quyền. Đọc ba điều: giao cho đơn vị nào, còn hạn hôm nay không, cho những mũi tiêm trong đợt nào.
# Thiếu một điều thì không ký thay.
#
# **Hai hồ sơ giống tên** mà cả hai đều *Đúng* và khác số: hai người khác nhau, ký bình thường (bài 7).
# **Mũi tiêm ở nơi khác** hay ở điểm không có trong danh mục cơ sở: không ký, hỏi cho rõ trước (bài 8).
#
# > **2022 / nay.**
# > *10/2021:* chủ tịch xã ký dữ liệu mũi tiêm (CV 8938/BYT-DP ngày 21/10/2021).
# > *Từ 4/2022:* đơn vị nào nhập thì đơn vị ấy ký.
# > *Nay:* chiến dịch năm 2022 đã xong. Chữ ký số của đơn vị theo NĐ 68/2024 (công vụ) (\*) hoặc NĐ 23/2025 (công cộng).
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.

# %% [markdown]
# ## 4. Anh/chị thử ngay

# %% folded=true
cau_hoi(
    "Câu 1. Anh Lê Hoàng Nam có hai mũi Moderna. Mũi 1 do Trạm Y tế Phường Hoa Đào nhập, mũi 2 do trạm ta. Hồ sơ Đúng. Ký mũi nào?",
    (
        "Cả hai, anh Nam ở phường ta",
        False,
        "Anh Nam ở phường ta, nhưng phiếu của mũi 1 nằm ở Hoa Đào. Ai nhập thì người ấy ký.",
    ),
    (
        "Chỉ mũi 2",
        True,
        "Mũi 2 do trạm ta nhập, hồ sơ Đúng. Mũi 1 thì báo trạm Hoa Đào ký.",
    ),
    (
        "Chưa ký mũi nào, chờ Hoa Đào",
        False,
        "Hai mũi, hai đơn vị, hai chữ ký. Mũi của mình không phải chờ mũi của người khác.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 2. Chị Kim Soo Jin, quốc tịch Hàn Quốc, có số hộ chiếu. Trạng thái là Chưa gửi. Mũi do trạm ta nhập. Ký được không?",
    (
        "Chưa, vì chưa Đúng",
        False,
        "Người nước ngoài dùng số hộ chiếu, không đối chiếu với dân cư (CV 1908).",
    ),
    (
        "Ký được",
        True,
        "Có số hộ chiếu là đủ. Người thiếu số hộ chiếu, như chị Anna Schmidt, thì bổ sung trước.",
    ),
    (
        "Đưa vào danh sách gửi công an đối chiếu",
        False,
        "Dữ liệu dân cư không có người nước ngoài. Gửi đi cũng không ai trả lời được.",
    ),
)

# %% folded=true
cau_hoi(
    "Câu 3. Em Vũ Gia Bảo, 13 tuổi, hồ sơ Đúng, hai mũi Pfizer do trạm nhập. Ký được không?",
    (
        "Chưa, vì là trẻ em",
        False,
        "Không văn bản nào cấm ký mũi của trẻ em. Điều kiện vẫn là bốn câu hỏi.",
    ),
    ("Ký được cả hai mũi", True, "Hồ sơ Đúng, mũi của trạm, không treo, chưa ký."),
    (
        "Ký bằng tên mẹ em",
        False,
        "Chữ ký là của trạm, trên mũi của em Bảo. Không liên quan đến mẹ em.",
    ),
)

# %% [markdown]
# **Ký từng lô.** Ở màn hình dưới đây, anh/chị nhập PIN `Vacxin2022`, rồi bấm ký. Mỗi lô là bốn mũi.
#
# Sau lô thứ hai, token sẽ bị rút ra, như khi ai đó vướng chân vào dây. Anh/chị ký cho đến khi bị ngắt.
# Sau đó cắm lại, nhập PIN lại, rồi ký tiếp. Đếm xem có mũi nào bị ký hai lần không.
# Muốn xem lại từ đầu thì bấm **Làm lại**.

# %% folded=true
man_hinh_ky(rut_sau=2)

# %% [markdown]
# Lô nào xong thì nằm chắc trên đĩa. Lô dở thì coi như chưa ký. Cắm lại là ký tiếp đúng chỗ dừng: không mất, không trùng.

# %% [markdown]
# ## 5. Cái bẫy: hồ sơ Đúng mà chưa ký được
#
# Anh Đỗ Minh Quân: trạng thái *Đúng*, mũi do trạm nhập, token của trạm. Mọi thứ xanh cả.
# Nhưng màn hình nói anh Quân có thể còn một hồ sơ khác.

# %% folded=true
cau_hoi(
    "Câu 4. Anh/chị làm gì với mũi của anh Quân?",
    (
        "Ký, vì trạng thái đã Đúng",
        False,
        "Đúng chỉ nói *người* khớp dân cư, không nói mũi này chỉ có một. Ký rồi mới gộp thì phải ký lại.",
    ),
    (
        "Chưa ký, làm rõ hồ sơ nghi trùng trước",
        True,
        "Gộp xong (bài 7), giữ đủ các mũi, rồi ký một lần cho đúng.",
    ),
    (
        "Xóa hồ sơ kia rồi ký",
        False,
        "Hồ sơ kia có thể giữ một mũi mà hồ sơ này không có. Xóa là mất mũi.",
    ),
)

# %% [markdown]
# Bẫy thứ hai: **mọi mũi trên màn hình không phải là mọi mũi của mình**. Danh sách của phường có cả mũi do bệnh viện,
# do phường khác nhập. Cắm token của mình mà ký mũi của họ thì chữ ký *đúng kỹ thuật* nhưng *sai đơn vị*. Người dân vẫn không có hộ chiếu.
#
# Bẫy thứ ba: mũi 2 của anh Bùi Quốc Khánh ghi ngày 22/08/2022, trong khi hôm nay là 10/05/2022. Máy đã chặn lại.

# %% folded=true
cau_hoi(
    "Câu 5. Anh/chị làm gì với mũi 2 của anh Khánh?",
    (
        "Sửa thành 22/08/2021 cho máy nhận, rồi ký",
        False,
        "Có lẽ đúng, nhưng 'có lẽ' thì chưa ký được. Người ký chịu trách nhiệm về nội dung (CV 1908).",
    ),
    (
        "Chưa ký, tra phiếu, sửa theo phiếu rồi ký",
        True,
        "Ngày ở tương lai là không thể. Phiếu của trạm cho biết ngày đúng (bài 8). Mũi 1 thì ký luôn hôm nay.",
    ),
    (
        "Chờ đến ngày 22/08/2022 thì ký",
        False,
        "Mũi đã tiêm rồi, chỉ ngày bị ghi sai. Chờ cũng không làm cho ngày đúng lên.",
    ),
)

# %% [markdown]
# Máy chỉ biết những điều máy được dạy. Ngày sai mà vẫn hợp lý thì máy không thấy: chỉ người cầm phiếu mới thấy.
#
# **Nói thật về cách ký ở đây.** Trong trang này và trong gói bài của lớp, khóa bí mật không bao giờ nằm trong trang.
# Ở đó anh/chị **quyết định** ký mũi nào, bằng token nào. Việc ký diễn ra nơi có token: trên máy chạy sổ tay này.
# Làm bài bằng trang mở không cần mạng hay bằng Excel thì bài nộp ghi lại quyết định của anh/chị, và được chấm theo quyết định ấy.

# %% [markdown]
# ## 6. Nhớ
#
# * Bốn câu trước khi ký: người xác minh chưa, mũi của ai, còn gì treo không, ký chưa.
# * Người nước ngoài: có số hộ chiếu là đủ. Trẻ em: như người lớn.
# * Mũi của đơn vị khác thì báo đơn vị ấy, không ký thay.
# * Hồ sơ Đúng mà còn nghi trùng thì chưa ký.
# * Mũi ký được thì ký trong ngày. Không bấm *ký tất cả* mà không đọc.
#
# ## Làm bài tập
#
# [Mở bài tập: ai được ký, ký những gì](../exercises/k2_13_ai_duoc_ky/k2_13_ai_duoc_ky.ipynb)
#
# **Bài tiếp theo:** [Bài 14. Kiểm tra chữ ký](14_kiem_tra_chu_ky.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Mỗi câu hỏi thành một cột đúng sai; ký được khi mọi cột đều đúng. Các mũi dưới đây là của trạm mẫu ở trên.

# %%
from pathlib import Path

import pandas as pd

from sosach.course.signing.station import NOW, here, told

tram = here(Path.cwd())
nguoi = pd.DataFrame(tram.subjects()).set_index("ma_ho_so")
nguoi = nguoi.rename(columns={"trang_thai": "trang_thai_nguoi"})
mui = pd.DataFrame(tram.doses())
mui = mui.join(nguoi[["ho_ten", "so_giay_to", "trang_thai_nguoi"]], on="ma_ho_so")

nghi_trung = [p.record for p in told().people if p.double]
mui["nguoi"] = mui["trang_thai_nguoi"].eq("DUNG") | (
    mui["trang_thai_nguoi"].eq("NGUOI_NUOC_NGOAI") & mui["so_giay_to"].ne("")
)
mui["don_vi"] = mui["don_vi_nhap"].eq(told().unit)
mui["khong_treo"] = ~mui["ma_ho_so"].isin(nghi_trung) & mui["trang_thai"].ne("PHAI_KY_LAI")
mui["chua_ky"] = mui["trang_thai"].ne("DA_KY_CO_SO")
mui["ngay"] = pd.to_datetime(mui["ngay_tiem"], format="%d/%m/%Y") <= f"{NOW:%Y-%m-%d}"
cau = ["nguoi", "don_vi", "khong_treo", "chua_ky", "ngay"]
mui["ky_duoc"] = mui[cau].all(axis=1)
mui[["ho_ten", "mui", *cau, "ky_duoc"]]

# %% [markdown]
# Bây giờ ký thật những mũi ấy bằng token ảo của trạm, vào một thư mục tạm. Rồi kiểm tra lại từng chữ ký, như người ngoài sẽ làm.
# Cột thứ ba cho thấy điều gì xảy ra nếu sau khi ký ai đó đổi loại vắc xin.

# %%
import tempfile

from sosach.course.signing.station import PIN
from sosach.signing.dose_checks import DoseChecker, View
from sosach.signing.dose_signing import Desk, sign_doses
from sosach.signing.doses import with_subjects

ky_duoc = set(mui.loc[mui["ky_duoc"], "ma_mui"])
dong = [d for d in with_subjects(tram.doses(), tram.subjects()) if d["ma_mui"] in ky_duoc]

tram.renew("tram")  # token vừa giao, đủ lượt thử
token = tram.token("tram")
token.login(PIN)
lo_ky = Path(tempfile.mkdtemp())
*_, xong = sign_doses(dong, Desk(token, lo_ky, tram.trust, NOW, size=4))
print(f"Đã ký {xong.signed} mũi trong {len(xong.batches)} lô.")

kiem_tra = DoseChecker(lo_ky, View(tram.trust, NOW))
pd.DataFrame(
    {
        "ma_mui": [d["ma_mui"] for d in dong],
        "ket_luan": [kiem_tra.verdict(d).as_json()["vi"] for d in dong],
        "neu_doi_vac_xin": [
            kiem_tra.verdict({**d, "ten_vac_xin": "Abdala"}).as_json()["vi"] for d in dong
        ],
    }
)
