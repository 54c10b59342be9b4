"""The small picture of a lesson."""

from sosach.course import so_do


def test_so_do_shows_boxes_in_order():
    """The boxes stand in order, the sign only between them; text is no HTML."""
    picture = so_do(("<079>", "khai sinh"), ("0", "nam"), ("85", "năm sinh"), noi="→")
    html = picture._repr_html_()

    assert html.index("&lt;079&gt;") < html.index("nam<") < html.index("năm sinh")
    assert html.count("→") == 2
    assert html.count("<li") == 5


def test_so_do_without_sign():
    """Without a sign nothing stands between the boxes."""
    assert so_do(("a", "b"), ("c", "d"))._repr_html_().count("<li") == 2
