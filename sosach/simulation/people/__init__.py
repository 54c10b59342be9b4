"""Who answers a station: police, sites, citizens and the ministry. They look at the truth alone."""

from __future__ import annotations
