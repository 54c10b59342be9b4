"""Tokens: where the private key lies, and what must be typed before it signs.

=============  ==================================================================
`interface`    what every token can do and say
`tries`        the counter of wrong PINs, on the disk before each try
`virtual`      a token in a folder, for classrooms without devices
`pkcs11`       a real device, or SoftHSM, by the path of its module
=============  ==================================================================
"""

from __future__ import annotations

from sosach.signing.tokens.interface import Token, TokenState, check_new_pin
from sosach.signing.tokens.virtual import VirtualToken, init_token

__all__ = ["Token", "TokenState", "VirtualToken", "check_new_pin", "init_token"]
