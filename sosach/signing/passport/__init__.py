"""The vaccination passport: what Viet Nam issued in 2022, in the container of the EU DCC.

Import the module that is needed:

===============  ================================================================
`entry`          from a record and its signed doses to the content
`issuing`        content -> signature -> ``HC1:`` text; `batch` for many
`qr`, `page`     pictures and paper; pictures back to text
`verifying`      text or picture -> verdict by stages; `rules` for countries
===============  ================================================================

Below them: `base45`, `cbor`, `cose`, `hc1`, `claims` (the container), `trust`, `schema`, `codes`,
`content`, `certlogic` (what is checked).
"""
