# %% [markdown]
# # Bài 12. Chứng thư số và token
#
# **DỮ LIỆU GIẢ LẬP.** Đơn vị, người và token trong bài đều là bịa. Chứng thư ở đây chỉ dùng đào tạo, không có giá trị pháp lý.
#
# *Sau bài này anh/chị làm được:*
#
# * đọc một chứng thư số: của ai, ai cấp, còn hiệu lực không, đơn vị mình có dùng được không;
# * chọn đúng bước tiếp theo khi PIN sai, token khóa, token mất, chứng thư hết hạn;
# * tìm ra vì sao một trạm có token mà vẫn chưa ký được mũi nào.
#
# Thời gian: 15 phút. Dựa trên NĐ 130/2018/NĐ-CP (hiệu lực ngày 15/11/2018), CV 1908/BYT-CNTT ngày 15/4/2022,
# và hướng dẫn dùng token công vụ của tỉnh Tuyên Quang.
#
# **Việc đầu tiên:** trên thanh menu, bấm **Chạy**, rồi **Chạy tất cả các ô** (tiếng Anh: **Run**, **Run All Cells**).

# %% [markdown]
# ## 1. Tình huống
#
# Thứ Ba, ngày 10/5/2022, Trạm Y tế Phường Hoa Mai. Trong ngăn kéo có một token còn nguyên trong phong bì. Chị trưởng trạm nói:
#
# > "Token về cả tuần rồi. Bà con hỏi hộ chiếu vắc xin mỗi ngày. Mà mình chưa ký được mũi nào.
# > Em mở ra xem giúp chị, nó vướng ở đâu."
#
# Trạm Hoa Mai không phải trạm duy nhất. Đây là con số HCDC công bố, tính đến ngày 7/5/2022:

# %% folded=true
from sosach.course import man_hinh_token, so_do, xem_chung_thu
from sosach.review import cau_hoi

so_do(
    ("312", "phường, xã, thị trấn"),
    ("273", "đã có token"),
    ("133", "đã ký"),
    noi="→",
)

# %% [markdown]
# Có token rồi mà 140 nơi vẫn chưa ký. Con số không nói vì sao. Cuối bài ta sẽ quay lại câu hỏi này.

# %% [markdown]
# ## 2. Trong token có gì?

# %% folded=true
so_do(
    ("Khóa bí mật", "nằm trong token, không chép ra được; dùng để ký"),
    ("Chứng thư số", "ai xem cũng được; nói khóa này của đơn vị nào"),
    ("PIN", "mật khẩu mở token; chỉ người giữ token biết"),
    ("PUK", "mã mở khóa khi PIN bị khóa; cất riêng"),
)

# %% [markdown]
# Token giống con dấu để trong két. Chứng thư là mẫu dấu đã đăng ký. PIN là chìa khóa két.
# Ký số là dùng con dấu ấy: ai có chữ ký của trạm và chứng thư của trạm đều kiểm tra lại được.
#
# Ta cùng đọc chứng thư của trạm Hoa Mai.

# %% folded=true
xem_chung_thu("tram")

# %% [markdown]
# Ta hỏi lần lượt bốn câu:
#
# 1. **Của ai?** Của *đơn vị* Trạm Y tế Phường Hoa Mai. Đúng trạm mình.
# 2. **Ai cấp?** Nơi cấp có trong danh mục được tin cậy.
# 3. **Hôm nay có nằm giữa hai ngày không?** Có: từ ngày 20/04/2022, và còn lâu mới hết.
# 4. **Có bị thu hồi không?** Không có tên trong danh sách thu hồi.
#
# Bốn câu đều ổn. Chứng thư này **dùng được**.

# %% [markdown]
# ## 3. Quy tắc
#
# | Câu hỏi | Dùng được khi | Không được thì |
# |---|---|---|
# | Của ai? | của đơn vị đã nhập mũi tiêm | không dùng; cất đi, dùng token của trạm |
# | Ai cấp? | nơi cấp có trong danh mục | không dùng |
# | Còn hiệu lực? | hôm nay nằm từ ngày đầu đến ngày cuối | hết hạn: xin cấp mới. Chưa đến ngày: chờ, hoặc xem lại đồng hồ máy |
# | Bị thu hồi? | không có trong danh sách thu hồi | xin cấp mới |
#
# Danh sách thu hồi ghi theo **số seri**, không theo tên: so từng chữ số. Trùng tên mà khác số thì không phải chứng thư của mình.
# Đồng hồ máy lệch vài phút không sao; lệch cả ngày, cả năm thì phải chỉnh trước khi ký (quy ước của khóa học).
#
# Căn cứ: đơn vị nhập mũi nào thì ký mũi ấy, kiểm tra và ký hằng ngày (CV 1908/BYT-CNTT ngày 15/4/2022).
# Chữ ký phải được tạo khi chứng thư còn hiệu lực, khóa do người ký giữ một mình (NĐ 130/2018/NĐ-CP, Điều 9) (\*).
#
# **Còn token?**
#
# | Thấy | Bước tiếp theo | Theo đâu |
# |---|---|---|
# | PIN giao kèm 12345678 | đổi PIN trước khi ký | hướng dẫn của nơi cấp: PIN giao kèm bắt buộc phải đổi |
# | Sai một, hai lần | dừng lại, xem Telex và Caps Lock, rồi mới thử | nguyên nhân hay gặp, theo bài hướng dẫn của efyca.vn |
# | Token đã khóa | làm văn bản đề nghị mở khóa, người đại diện của đơn vị ký tên, đóng dấu | hướng dẫn của nơi cấp |
# | Mất token, hoặc người khác cầm cả token lẫn PIN | báo ngay nơi cấp để thu hồi (\*) | quy ước của khóa học |
# | Token hỏng | xin cấp mới | quy ước của khóa học |
#
# Token **chuyên dùng công vụ** khóa sau **3 lần** sai liên tiếp, PIN dài 4 đến 16 ký tự (hướng dẫn của tỉnh Tuyên Quang).
# Nên đặt PIN từ 8 ký tự, có chữ hoa, chữ thường và chữ số.
# Token **công cộng** (VNPT, Viettel, FPT...) thường khóa sau **5 lần**: sai ba lần vẫn còn hai lượt. Trạm có loại nào thì xem giấy giao kèm loại ấy.
#
# > **2022 / nay.**
# > *2022:* Luật Giao dịch điện tử 2005 và NĐ 130/2018.
# > *Nay:* Luật Giao dịch điện tử 20/2023/QH15 (hiệu lực 1/7/2024) (\*).
# > Chữ ký điện tử và dịch vụ tin cậy theo NĐ 23/2025 ngày 10/4/2025, trừ chữ ký số chuyên dùng công vụ. Loại công vụ theo NĐ 68/2024 (\*).
# > Dấu (\*): theo hiểu biết của khóa học, chưa đối chiếu lại văn bản.

# %% [markdown]
# ## 4. Thử ngay: mở token mới
#
# Token dưới đây còn như lúc mới giao: PIN giao kèm là 12345678. Anh/chị làm ba việc:
#
# 1. Gõ PIN giao kèm. Đọc xem màn hình nói gì.
# 2. Đổi sang PIN của mình, từ 8 ký tự.
# 3. Gõ PIN mới. Token sẵn sàng ký.

# %% folded=true
man_hinh_token("moi")

# %% folded=true
cau_hoi(
    "Câu 1. PIN giao kèm vẫn mở được token. Vì sao phải đổi trước khi ký?",
    (
        "Vì PIN số thì yếu hơn PIN chữ",
        False,
        "Đúng là yếu hơn, nhưng chưa phải lý do chính.",
    ),
    (
        "Vì ai cũng biết PIN ấy",
        True,
        "12345678 in sẵn cho mọi token. Còn PIN ấy thì ai cầm được token là ký được thay trạm.",
    ),
    (
        "Không cần, token đã nằm trong ngăn kéo có khóa",
        False,
        "Ngăn kéo giữ cái token. PIN giữ chữ ký. Thiếu một trong hai là hở.",
    ),
)

# %% [markdown]
# **Đọc chứng thư.** Ba chứng thư sau đều mang tên quen thuộc. Anh/chị đọc từng cái, rồi trả lời.

# %% folded=true
xem_chung_thu("ca_nhan")

# %% folded=true
cau_hoi(
    "Câu 2. Chị Mận làm ở trạm đã nhiều năm, token của chị đang mở sẵn. Ký nhờ bằng token ấy được không?",
    (
        "Được, chị Mận là người của trạm",
        False,
        "Chứng thư cá nhân chỉ nói đây là chị Mận, không nói đây là trạm. Chữ ký sẽ bị coi là sai đơn vị ký.",
    ),
    (
        "Không dùng chứng thư này",
        True,
        "Mũi do trạm nhập thì ký bằng chứng thư của trạm (CV 1908).",
    ),
    (
        "Được, nếu chị Mận đồng ý cho mượn PIN",
        False,
        "Cho mượn PIN là lỗi hay gặp nhất. Khóa phải do người ký giữ một mình.",
    ),
)

# %% folded=true
xem_chung_thu("sap_het_han")

# %% folded=true
cau_hoi(
    "Câu 3. Chứng thư này hết hạn vào tuần sau. Hôm nay có ký được không?",
    (
        "Ký được, và nhắc chị trưởng trạm xin gia hạn",
        True,
        "Hôm nay vẫn nằm trong hiệu lực. Chữ ký làm hôm nay không hỏng khi chứng thư hết hạn về sau.",
    ),
    (
        "Không, chờ chứng thư mới cho chắc",
        False,
        "Bà con chờ thêm cả tuần mà không vì lý do gì. Hết hạn tuần sau thì hôm nay còn hạn.",
    ),
    (
        "Ký bù cả những ngày sau luôn",
        False,
        "Chỉ ký những mũi đã có và đã kiểm tra. Không có chuyện ký trước.",
    ),
)

# %% folded=true
xem_chung_thu("chua_hieu_luc")

# %% folded=true
cau_hoi(
    "Câu 4. Máy báo chứng thư chưa đến ngày. Anh/chị làm gì trước?",
    (
        "Chỉnh lùi đồng hồ máy cho vừa ngày",
        False,
        "Ký với đồng hồ sai thì chữ ký mang ngày sai, về sau không ai tin được.",
    ),
    (
        "Xem đồng hồ máy: đúng giờ rồi thì chờ đến ngày",
        True,
        "Đồng hồ sai thì chỉnh lại. Đồng hồ đúng thì chờ ngày bắt đầu hiệu lực.",
    ),
    (
        "Xin cấp chứng thư khác",
        False,
        "Chứng thư không hỏng. Vài hôm nữa là dùng được.",
    ),
)

# %% [markdown]
# ## 5. Cái bẫy: gõ đúng mà vẫn sai
#
# Token của trạm đã đổi PIN. Giấy niêm phong ghi PIN là `Vacxin2022`. Ô PIN chỉ hiện dấu chấm, nên không ai thấy mình đã gõ gì.
# Trên màn hình dưới đây, bộ gõ Telex đang **bật**. Anh/chị gõ PIN, xem còn mấy lần. Rồi tắt Telex và gõ lại.

# %% folded=true
man_hinh_token("tram", telex=True)

# %% [markdown]
# Với Telex, phím `x` sau chữ `a` biến thành dấu ngã: `Vacxin2022` thành `Vãcin2022`. Tay gõ đúng, máy nhận sai.
# Token không biết lỗi tại ai. Nó chỉ đếm: một lần sai.
#
# **Quy tắc ba nhịp** (quy ước của khóa học):
#
# * Sai lần thứ nhất: bỏ tay khỏi bàn phím. Xem Telex, xem Caps Lock, xem có nhầm token không.
# * Sai lần thứ hai: gõ thử PIN vào một tệp trắng để nhìn thấy chữ, xóa tệp không lưu, rồi mới gõ lại.
# * Còn một lượt mà vẫn không chắc: dừng. Hỏi người giữ PIN. Đừng dùng lượt cuối để đoán.

# %% folded=true
cau_hoi(
    "Câu 5. Token công vụ, đã sai 2 lần liên tiếp. Anh/chị vừa thấy Telex đang bật. Làm gì?",
    (
        "Tắt Telex, rồi nhập lại PIN",
        True,
        "Đã rõ nguyên nhân và vẫn còn một lượt. Chỉnh bàn phím rồi nhập lại là đúng.",
    ),
    (
        "Làm văn bản đề nghị mở khóa",
        False,
        "Token chưa khóa. Làm văn bản là mất thêm mấy ngày không cần thiết.",
    ),
    (
        "Thử các PIN khác",
        False,
        "Chỉ còn một lượt. Sai nữa là khóa.",
    ),
)

# %% [markdown]
# Còn đây là token đã qua lần sai thứ ba. Anh/chị cứ thử gõ PIN đúng, rồi thử mở bằng PUK.

# %% folded=true
man_hinh_token("khoa")

# %% folded=true
cau_hoi(
    "Câu 6. Token đã khóa, trạm không giữ PUK. Bước tiếp theo là gì?",
    (
        "Gõ thử lần nữa, lần này thật chậm",
        False,
        "Đã khóa thì gõ đúng cũng không mở. Thử nữa chỉ thêm hại.",
    ),
    (
        "Làm văn bản đề nghị mở khóa, người đại diện ký tên, đóng dấu",
        True,
        "Chỉ nơi cấp, hoặc người giữ PUK, mở được. Việc của trạm là gửi văn bản sớm.",
    ),
    (
        "Đoán PUK",
        False,
        "PUK cũng đếm lượt. PUK khóa thì chỉ còn cách mang token đến nơi cấp.",
    ),
    (
        "Báo nơi cấp thu hồi chứng thư",
        False,
        "Token vẫn trong tay mình, không ai lấy. Thu hồi là phải xin cấp lại từ đầu.",
    ),
)

# %% [markdown]
# ## 6. Vì sao 133 trong 273?
#
# Không có báo cáo nào nói vì sao 140 nơi có token mà chưa ký. Ta không đoán thay họ. Ta chỉ biết những chỗ có thể tắc:

# %% folded=true
so_do(
    ("Máy nhận token", "trình điều khiển, cổng cắm"),
    ("Mở được", "PIN đã đổi, chưa khóa"),
    ("Chứng thư dùng được", "đúng đơn vị, còn hiệu lực"),
    ("Chức năng ký nhận", "đúng loại chữ ký, đúng tài khoản"),
    ("Có mũi để ký", "hồ sơ Đúng, mũi của trạm"),
    noi="→",
)

# %% [markdown]
# Tắc một chỗ là không có chữ ký nào ra. Ba chỗ báo chí và văn bản có nhắc:
#
# * **Chức năng ký.** Lúc đầu chỉ ký được tệp PDF và chỉ nhận chứng thư của Viettel, theo báo VietNamNet. Bộ Y tế yêu cầu phải ký được dữ liệu JSON.
# * **Không có mũi để ký.** Chỉ ký được mũi của hồ sơ đã Đúng. Hồ sơ chưa sạch thì token tốt cũng nằm chờ.
# * **Token khóa hoặc nhầm token.** Telex, Caps Lock, cắm nhầm token: những nguyên nhân hay gặp nhất.
#
# Vậy câu hỏi đúng cho chị trưởng trạm không phải *"Có token chưa?"* mà là ***"Hôm nay ký thử được một mũi chưa?"***
# Ký được một mũi là biết cả năm chỗ đều thông. Nhận token hôm nào thì thử ngay hôm ấy (quy ước của khóa học).

# %% folded=true
cau_hoi(
    "Câu 7. Trạm có token, PIN đã đổi, chứng thư còn hạn. Danh sách chờ ký trống trơn. Tắc ở đâu?",
    ("Ở token", False, "Token mở được, chứng thư tốt. Token không làm ra mũi để ký."),
    (
        "Ở dữ liệu: chưa có hồ sơ nào đủ điều kiện",
        True,
        "Quay lại khóa 1: lập danh sách, nhờ công an đối chiếu, cập nhật. Hồ sơ Đúng rồi mới có mũi để ký.",
    ),
    ("Ở nơi cấp chứng thư", False, "Nơi cấp không biết trạm có mũi nào."),
)

# %% [markdown]
# **Nói thật về bài này.**
#
# * Cài trình điều khiển token **không** được mô phỏng. Việc ấy mỗi hãng một khác; hãy làm theo giấy hướng dẫn của hãng.
# * Token ở đây là token ảo, nằm trong một thư mục. Nó dạy cách dùng, không dạy bảo mật: ai chép được thư mục thì thử PIN bao nhiêu lần cũng được.
# * Khóa bí mật không bao giờ nằm trong trang anh/chị đang xem. Trang chỉ chuyển phím anh/chị bấm đến nơi có token.
# * Chứng thư đào tạo không có giá trị pháp lý. Đừng đem chữ ký ở đây dùng vào việc gì khác.

# %% [markdown]
# ## 7. Nhớ
#
# * Đọc chứng thư bằng bốn câu: của ai, ai cấp, còn hiệu lực không, có bị thu hồi không.
# * PIN giao kèm: đổi trước khi ký. PIN không cho mượn, không dán trên máy.
# * Sai PIN: xem Telex và Caps Lock trước khi gõ lại. Khóa rồi thì đừng gõ nữa.
# * Mất token thì báo thu hồi ngay. Khóa token thì xin mở khóa. Hai việc khác nhau.
# * Có token chưa phải là ký được: hãy ký thử một mũi.
#
# ## Làm bài tập
#
# [Mở bài tập: chứng thư số và token](../exercises/k2_12_chung_thu_va_token/k2_12_chung_thu_va_token.ipynb)
#
# **Bài tiếp theo:** [Bài 13. Ai được ký, ký những gì](13_ai_duoc_ky.ipynb)

# %% [markdown]
# ## Dành cho anh/chị biết lập trình (pandas)
#
# Trước hết, xem bộ gõ làm gì với vài PIN. PIN nào không đổi thì gõ được cả khi Telex đang bật.

# %%
import pandas as pd

from generator.vietnamese import from_telex

pin = pd.DataFrame({"go_phim": ["Vacxin2022", "HoaMai#58", "Tram-2022-Q7", "Ngaysinh85"]})
pin["may_nhan"] = pin["go_phim"].map(from_telex)
pin["khong_doi"] = pin["go_phim"] == pin["may_nhan"]
pin

# %% [markdown]
# Dưới đây là khóa và chứng thư thật, do máy anh/chị vừa tạo: một hệ thống cấp chứng thư nhỏ, một token, một lần nhập sai PIN.
# Mọi thứ nằm trong thư mục tạm, chạy xong là hết.

# %%
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from sosach.signing.certificates import kind_of, name_of, subject, unit_of
from sosach.signing.pki import make_pki
from sosach.signing.tokens import init_token
from sosach.signing.verdicts import VIETNAM, SigningError

hom_nay = datetime(2022, 5, 10, 8, 30, tzinfo=VIETNAM)
noi_cap = make_pki(hom_nay - timedelta(days=20))
token = init_token(Path(tempfile.mkdtemp()) / "TYT-HOA-MAI", puk="24681357", tries=3)
chuoi = noi_cap.issue(
    "facility",
    token.public_key(),
    subject("Trạm Y tế Phường Hoa Mai", "TYT-HOAMAI"),
    "cong_vu",
    hom_nay,
)
token.store_certificates(chuoi)
pd.DataFrame(
    [(name_of(c), kind_of(c), unit_of(c), c.not_valid_after_utc.date()) for c in chuoi],
    columns=["chủ thể", "loại", "đơn vị", "hiệu lực đến"],
)

# %%
token.change_pin("12345678", "HoaMai#58")
for go in [from_telex("Vacxin2022"), "hoamai#58", "HoaMai#58"]:
    try:
        token.login(go)
        print(f"{go}: mở được, còn {token.state.tries} lượt")
    except SigningError as loi:
        print(f"{go}: {loi.finding.text()}")

# %% [markdown]
# Còn đây là cả danh mục sự cố của token. Mỗi dòng là một token ảo vừa được tạo, vừa gặp sự cố; cột cuối là điều token trả lời.

# %%
from sosach.course.signing.station import here, told
from sosach.signing.doses import with_subjects
from sosach.signing.faults.scene import Scene
from sosach.signing.faults.tokens import TOKEN_FAULTS

tram = here(Path.cwd())
mui = next(with_subjects(tram.doses(), tram.subjects()))
canh = Scene(tram.pki, hom_nay, mui, told().neighbour, b"", Path(tempfile.mkdtemp()))


def tra_loi(loi):
    """Token nói gì khi gặp sự cố này; không có gì để nói thì là tốt."""
    thay = loi.plant(canh).verdict().findings
    return thay[0].row["vi"].format(found=thay[0].found) if thay else "Tốt"


su_co = pd.DataFrame(
    [(loi.title, loi.planted, tra_loi(loi)) for loi in TOKEN_FAULTS],
    columns=["Sự cố", "Đã làm gì", "Token trả lời"],
)
su_co.style.hide().set_properties(**{"text-align": "left"})
