from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from sosach.grading.markdown import harmless
from tests.grading.payloads import PAYLOADS

#: what may come out of a trainee's Markdown, and with which attributes
PLAIN = "p br hr em strong del blockquote pre code dl dt dd table thead tbody tr"
TAGS = {
    **{tag: set() for tag in PLAIN.split()},
    "th": {"style"},
    "td": {"style"},
    "a": {"href"},
    "input": {"class", "type", "disabled", "checked"},
    "ul": {"class"},
    "li": {"class"},
    "ol": {"start"},
}


class Page(HTMLParser):
    """Collects every tag with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep a tag."""
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data):
        """Keep what a browser may take for the end of something."""
        self.found.append(("comment", {}))

    handle_decl = handle_pi = unknown_decl = handle_comment


def faults(html):
    """Return the tags and attributes that a trainee's text may not become."""
    for tag, attributes in Page(html).found:
        if not set(attributes) <= TAGS.get(tag, set()) or tag not in TAGS:
            yield tag, attributes
        if not attributes.get("href", "https://").startswith(("https://", "http://", "mailto:")):
            yield tag, attributes


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_harmless_payloads(text):
    """What nbgrader's own renderer makes of a payload holds no tag, address or name of its choice."""
    assert list(faults(markdown2html_mistune(harmless(text)))) == []


def test_faults_sees_the_raw_payloads():
    """The check is none that cannot fail: most payloads are caught by it when left as they are."""
    caught = 0
    for text in PAYLOADS.values():
        try:
            caught += bool(list(faults(markdown2html_mistune(text))))
        except Exception:
            caught += 1  # a picture that is nowhere stops the whole page

    assert caught > 50


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_harmless_twice(text):
    """Doing it again changes nothing: it is done at intake and once more before marking."""
    assert harmless(harmless(text)) == harmless(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Nhóm **a**: *thiếu* số", "<p>Nhóm <strong>a</strong>: <em>thiếu</em> số</p>"),
        ("- một\n- hai", "<ul>\n<li>một</li>\n<li>hai</li>\n</ul>"),
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("`HS01`", "<p><code>HS01</code></p>"),
        (
            "https://example.org/x",
            '<p><a href="https://example.org/x">https://example.org/x</a></p>',
        ),
    ],
)
def test_harmless_keeps_honest_text(text, html):
    """Stress, lists, signs and web addresses look as they were written."""
    assert markdown2html_mistune(harmless(text)).strip() == html


@given(st.text(st.sampled_from("<>&;:[]()!`~#$\\|*_-=\n\t \"'javscript:123lt#x{}\u202e\x00á")))
def test_harmless_any_text(text):
    """No text of the characters that Markdown is made of becomes more than text."""
    once = harmless(text)

    assert harmless(once) == once
    assert list(faults(markdown2html_mistune(once))) == []
