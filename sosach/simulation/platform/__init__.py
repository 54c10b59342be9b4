"""The immunisation platform: its store, its states, what staff do there and what it refuses."""

from __future__ import annotations
