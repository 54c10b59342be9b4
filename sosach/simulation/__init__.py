"""The platform, the police, the sites, the ministry and the people around a ward station.

`World` alone holds the truth; everything that staff do is one call of it.
"""

from __future__ import annotations
