"""Feedback pages by nbconvert: templates are compiled once, and no page is parsed again."""

# mypy: disable-error-code="misc,no-untyped-call"
# nbconvert ships no types

from __future__ import annotations

from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat.notebooknode import NotebookNode

__all__ = ["PageExporter"]


class _Compiled(BytecodeCache):
    """Templates compiled by this process; a template that has changed is compiled anew."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


class PageExporter(HTMLExporter):
    """An exporter of whole pages that shows nothing of a notebook's own cells."""

    def from_notebook_node(  # type: ignore[override]
        self,
        nb: NotebookNode,
        resources: dict[str, Any] | None = None,
        **kw: Any,  # noqa: ANN401 - nbconvert's own signature
    ) -> tuple[str, dict[str, Any]]:
        """Return the page as the template draws it: there are no cells whose HTML to mend."""
        page: tuple[str, dict[str, Any]] = TemplateExporter.from_notebook_node(
            self, nb, resources, **kw
        )
        return page

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.bytecode_cache = _compiled
        return environment
