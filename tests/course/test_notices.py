from sosach.course.notices import Steps, ThongBao


def test_notice_escapes():
    """Whatever a learner typed comes back as text, wherever it stands."""
    bad = "<script>"
    html = ThongBao(bad, [bad], hints=[Steps(bad, [(bad, bad)])])._repr_html_()

    assert bad not in html
    assert html.count("&lt;script&gt;") == 5


def test_notice_as_text():
    """Without a browser the same sentences stand one below the other, with a mark."""
    notice = ThongBao("Xong.", ["Dòng."], kind="duoc", hints=[Steps("Hồ sơ", [("Gợi ý", "Nhìn.")])])

    assert str(notice) == repr(notice) == "✓ Xong.\nDòng.\nHồ sơ\n  Gợi ý: Nhìn."
