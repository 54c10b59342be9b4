"""Files that come and go: lists as xlsx, CSV and PDF, and reading what Excel made of them."""

from __future__ import annotations
