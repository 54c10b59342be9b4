"""How far ward, district and city are: three numbers kept apart, every figure with its rows."""

from __future__ import annotations
