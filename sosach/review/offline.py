"""One HTML file that is the whole exercise: it opens by double click, without network or Python."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from string import Template

from sosach.review.bundle import script, style, words
from sosach.review.casefile import CaseFile, as_json

__all__ = ["offline_page"]

#: nothing is fetched, and no script runs but ours, whatever stands in a name
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'"
_PAGE = Template("""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="$policy">
<title>$title</title>
<style>$style</style>
</head>
<body class="sb-page">
<main id="man-hinh"><p class="sb-no-script">$no_script</p></main>
<script type="application/json" id="ho-so">$data</script>
<script type="module">$script</script>
</body>
</html>
""")


def offline_page(case: CaseFile) -> str:
    """Return the offline page of one case file.

    Parameters
    ----------
    case : CaseFile
        A practice set with its key, or a class's without one.

    Returns
    -------
    str
        HTML, to be written as UTF-8. Equal case files give equal pages.
    """
    code = script("offline")
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    # a name with </script> or <!-- in it must not end the element
    data = json.dumps(as_json(case), ensure_ascii=False, separators=(",", ":"))
    return _PAGE.substitute(
        policy=_POLICY.format(hash=digest),
        title=escape(case.title),
        style=style(),
        no_script=words()["no_script"],
        data=data.replace("<", "\\u003c"),
        script=code,
    )
