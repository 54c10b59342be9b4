"""Feedback pages by nbconvert, whose templates are compiled once instead of once for everybody."""

# mypy: disable-error-code="misc,no-untyped-call"
# nbconvert ships no types

from __future__ import annotations

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter

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
    """An `HTMLExporter` that remembers compiled templates."""

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.bytecode_cache = _compiled
        return environment
