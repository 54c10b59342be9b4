from __future__ import annotations

import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from sosach.grading.markdown import harmless
from tests.grading.payloads import PAYLOADS


@pytest.mark.slow
def test_harmless_in_a_browser(browser):
    """A browser that shows all payloads runs none, asks nobody for anything and clicks in vain."""
    body = "".join(f"<div>{markdown2html_mistune(harmless(t))}</div>" for t in PAYLOADS.values())
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(f"<script>ran = 0; canary = () => ran++</script>{body}")
    for link in page.query_selector_all("a:not([href^=http])"):
        link.click(no_wait_after=True)
    page.wait_for_timeout(200)

    assert page.evaluate("ran") == 0
    assert asked == []
    page.evaluate("canary()")
    assert page.evaluate("ran") == 1
