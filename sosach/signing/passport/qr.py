"""QR codes of passports: one as SVG, thousands as PNG, and pictures back to text.

zxing-cpp draws and reads (C++); segno draws the single SVG.  Codes are alphanumeric with error
correction Q, as HCERT 1.0.8, 4.2.2 recommends.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import segno
import zxingcpp
from PIL import Image, ImageFilter

from sosach.signing.passport.base45 import ALPHABET
from sosach.signing.passport.hc1 import PREFIX
from sosach.signing.storage import read_limited
from sosach.signing.verdicts import Finding, SigningError

__all__ = ["SCALE", "png", "read_file", "svg"]

#: dots per module: at 300 dots per inch a code of 117 modules is 40 mm wide (HCERT: 35 to 60)
SCALE = 4
DPI = 300
LEVEL = "Q"
#: bytes and pixels of the largest picture that is read: a photo of 50 megapixels
LARGEST, MOST_PIXELS = 32 * 2**20, 50_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
#: longest side of a picture in which codes are looked for at once
SIDE = 2400
_ALPHABET = frozenset(ALPHABET)
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def _demand_alphanumeric(text: str) -> None:
    if not _ALPHABET.issuperset(text):
        message = "a passport's text has the characters of Base45 alone"
        raise ValueError(message)


def svg(text: str) -> str:
    """Draw one code as SVG.

    Parameters
    ----------
    text : str
        ``HC1:`` text.

    Returns
    -------
    str
        An SVG element, black on white, with a quiet zone of 4 modules.

    Raises
    ------
    ValueError
        If a character is outside the alphanumeric mode, or the text is too long for a code.
    """
    _demand_alphanumeric(text)
    code = segno.make(text, error=LEVEL, mode="alphanumeric", boost_error=False, micro=False)
    return code.svg_inline(border=4, light="white", omitsize=True)


def png(text: str, scale: int = SCALE) -> bytes:
    """Draw one code as PNG, fast enough for hundreds of thousands.

    Parameters
    ----------
    text : str
        ``HC1:`` text.
    scale : int
        Dots per module.

    Returns
    -------
    bytes
        Black and white, 300 dots per inch, with a quiet zone of 4 modules.

    Raises
    ------
    ValueError
        As of `svg`.
    """
    _demand_alphanumeric(text)
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL)
    small = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=True))
    dots = small.convert("1", dither=Image.Dither.NONE).resize(
        (small.width * scale, small.height * scale), Image.Resampling.NEAREST
    )
    file = io.BytesIO()
    dots.save(file, "PNG", compress_level=1, dpi=(DPI, DPI))
    return file.getvalue()


def read_file(path: Path) -> str:
    """Read a passport from a file: its text, or a picture, a scan, a photo of a screen with the code.

    Parameters
    ----------
    path : Path
        Text that begins with ``HC``; or PNG, JPEG, WebP, GIF, BMP or TIFF, at most 32 MB and 50
        megapixels.

    Returns
    -------
    str
        The text of the code; of a code that is no passport if there is no other.

    Raises
    ------
    SigningError
        ``IMAGE_BROKEN``, ``QR_NONE``, ``QR_MANY`` (several passports).
    OSError
        If the file is missing.
    """
    name = str(path)
    too_large = Finding("IMAGE_BROKEN", "image", "file", name, "", f"<= {LARGEST}")
    data = read_limited(path, too_large, LARGEST)
    if data.startswith(b"HC"):
        return data.decode("latin-1").rstrip("\r\n")
    return _find(_open(data, name), name)


def _find(picture: Image.Image, name: str) -> str:
    found: list[str] = []
    for view, binarizer in _views(picture):
        codes = zxingcpp.read_barcodes(view, formats=QR, binarizer=binarizer)
        found = list(dict.fromkeys(code.text for code in codes))
        if found:
            break
    passports = [text for text in found if text.startswith(PREFIX)]
    if not found:
        raise SigningError(Finding("QR_NONE", "image", "file", name))
    if len(passports) > 1:
        raise SigningError(Finding("QR_MANY", "image", "file", name, "", "1", str(len(passports))))
    return passports[0] if passports else found[0]


def _open(data: bytes, name: str) -> Image.Image:
    """Decode a picture to grey; the reader finds codes in any direction."""
    broken = Finding("IMAGE_BROKEN", "image", "file", name, "", ", ".join(FORMATS))
    try:
        with warnings.catch_warnings(action="ignore"):
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise SigningError(broken)
            return picture.convert("L")
    except SigningError:
        raise
    except Exception as error:  # decoders of pictures raise nearly everything
        raise SigningError(broken) from error


def _views(picture: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.Binarizer]]:
    """Yield the picture, then what helped most against blur, noise and the grid of a screen.

    Of 90 synthetic photos the first view reads 39, the second 48, the third 54.
    """
    picture.thumbnail((SIDE, SIDE))  # makes nothing larger
    local, whole = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
    yield picture, local
    yield picture.filter(ImageFilter.UnsharpMask(3, 300, 0)), local
    double = picture.resize((2 * picture.width, 2 * picture.height), Image.Resampling.BICUBIC)
    yield double, whole
    yield double.filter(ImageFilter.UnsharpMask(8, 300, 0)), local
