"""QR codes: drawn right, read back by other programs, found in photos."""

import io
import random
import subprocess

import numpy as np
import pytest
import segno
from PIL import Image, ImageFilter

from sosach.signing.passport.base45 import ALPHABET
from sosach.signing.passport.qr import png, read_file, svg

#: HC1 texts of ES256 and of PS256 have about these lengths
LENGTHS = (580, 882)


def text_of(length, seed=0):
    """Return a text with the letters of a passport."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    return "HC1:" + "".join(rng.choices(ALPHABET, k=length - 4))


def zbar(path):
    """Read codes with another program than ours."""
    done = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.rstrip("\n")


def module_matrix(data):
    """Return the modules of a PNG with 4 dots each and a quiet zone of 4."""
    dots = np.asarray(Image.open(io.BytesIO(data)).convert("L")) < 128
    return dots[16:-16:4, 16:-16:4]


@pytest.mark.parametrize("length", LENGTHS)
def test_png_read_by_zbar(tmp_path, length):
    """Zbar reads what zxing-cpp has drawn, letter by letter."""
    for seed in range(5):
        text = text_of(length, seed)
        (tmp_path / "qr.png").write_bytes(png(text))

        assert zbar(tmp_path / "qr.png") == text


@pytest.mark.parametrize("length", LENGTHS)
def test_png_is_the_smallest_alphanumeric_code(length):
    """The code has the version that the alphanumeric mode needs at level Q, as segno computes it."""
    text = text_of(length)
    wanted = segno.make(text, error="q", mode="alphanumeric", boost_error=False)

    assert module_matrix(png(text)).shape == (wanted.symbol_size(border=0)[0],) * 2
    assert wanted.designator == {580: "19-Q", 882: "23-Q"}[length]


def test_png_modules_differ_by_the_mask_alone():
    """Module by module it is one of the eight legal codes, or differs from segno by its pad byte."""
    text = text_of(582)  # segno pads this length as everybody does
    drawn = module_matrix(png(text))
    masks = [
        np.array(
            [
                list(row)
                for row in segno.make(
                    text, error="q", mode="alphanumeric", boost_error=False, mask=mask
                ).matrix
            ]
        )
        for mask in range(8)
    ]

    assert any((drawn == mask).all() for mask in masks)


def test_png_size_on_paper():
    """At 300 dots per inch a PS256 code is 37 mm wide, its diagonal within 35 to 60 mm (HCERT)."""
    picture = Image.open(io.BytesIO(png(text_of(882))))
    inches = (picture.width - 2 * 4 * 4) / picture.info["dpi"][0]

    assert 36.5 < inches * 25.4 < 37.5
    assert 35 < inches * 25.4 * 2**0.5 < 60


@pytest.mark.parametrize("draw", [png, svg])
@pytest.mark.parametrize("text", ["hc1:abc", "HC1:Đ", "HC1:ABC\n", "HC1:" + "A" * 5000])
def test_draw_refused(draw, text):
    """What has no place in the alphanumeric mode, or in any code, is not drawn."""
    with pytest.raises(ValueError, match=r".+"):
        draw(text)


def test_svg_same_again():
    """The same text gives the same picture, with nothing in it that leads outside."""
    drawn = svg(text_of(580))

    assert drawn == svg(text_of(580))
    assert drawn.startswith("<svg")
    assert "href" not in drawn


def perspective(picture, skew):
    """Return a picture seen from the side, as a telephone held at an angle sees it."""
    width, height = picture.size
    d = skew * width
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    seen = [(d, d / 2), (width - d / 3, d), (width - d, height - d / 2), (d / 2, height - d)]
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    matrix = np.linalg.solve(np.array(rows, float), np.array(values, float))
    return picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, matrix, Image.Resampling.BICUBIC, fillcolor=170
    )


def photo(text, rotate=0, skew=0.0, blur=0.0, noise=0.0, grid=0.0):
    """Return a JPEG photo of a code on a screen."""
    code = Image.open(io.BytesIO(png(text, 6))).convert("L")
    scene = Image.new("L", (int(code.width * 1.5),) * 2, 190)
    scene.paste(code, (code.width // 4, code.width // 4))
    scene = perspective(scene, skew).rotate(
        rotate, Image.Resampling.BICUBIC, expand=True, fillcolor=170
    )
    light = np.asarray(scene.filter(ImageFilter.GaussianBlur(blur)), float)
    y, x = np.mgrid[: light.shape[0], : light.shape[1]]
    shade = light * (1 - 0.3 * x / light.shape[1]) + grid * np.sin(0.9 * x + 0.35 * y)
    grain = np.random.default_rng(1).normal(0, noise, light.shape)
    file = io.BytesIO()
    Image.fromarray(np.clip(shade + grain, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=60)
    return file.getvalue()


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"rotate": 17},
        {"rotate": 90},
        {"rotate": 200, "skew": 0.03},
        {"skew": 0.08},
        {"blur": 2},
        {"noise": 12},
        {"grid": 25},
        {"rotate": 30, "skew": 0.05, "blur": 1.5, "noise": 8, "grid": 10},
    ],
    ids=str,
)
def test_read_file_photo_of_a_screen(tmp_path, length, how):
    """Turned, skewed, blurred, noisy, with the grid of a screen: the code is read."""
    (tmp_path / "photo.jpg").write_bytes(photo(text_of(length), **how))

    assert read_file(tmp_path / "photo.jpg") == text_of(length)


def test_read_file_text(tmp_path):
    """A file with the text is read too; the end of its line does not belong to it."""
    (tmp_path / "a.txt").write_bytes(b"HC1:ABC \r\n")

    assert read_file(tmp_path / "a.txt") == "HC1:ABC "


def side_by_side(*texts):
    """Return one picture with several codes."""
    codes = [Image.open(io.BytesIO(png(text))).convert("L") for text in texts]
    whole = Image.new("L", (sum(c.width for c in codes), max(c.height for c in codes)), 255)
    left = 0
    for code in codes:
        whole.paste(code, (left, 0))
        left += code.width
    file = io.BytesIO()
    whole.save(file, "PNG")
    return file.getvalue()


def test_read_file_two_passports(refused, tmp_path):
    """Which of two passports is meant is not guessed."""
    (tmp_path / "two.png").write_bytes(side_by_side(text_of(580, 1), text_of(580, 2)))

    assert refused(read_file, tmp_path / "two.png").code == "QR_MANY"


def test_read_file_passport_beside_another_code(tmp_path):
    """A code that is no passport does no harm beside one, nor the same passport twice."""
    text = text_of(580)
    (tmp_path / "two.png").write_bytes(side_by_side(text, "HELLO", text))

    assert read_file(tmp_path / "two.png") == text


def test_read_file_other_code(tmp_path):
    """A code that is no passport is read, so that the prefix can be named."""
    (tmp_path / "other.png").write_bytes(png("HELLO WORLD"))

    assert read_file(tmp_path / "other.png") == "HELLO WORLD"


def picture(size, kind="PNG", colour=255):
    """Return an empty picture."""
    file = io.BytesIO()
    Image.new("L", size, colour).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "IMAGE_BROKEN"),
        (b"\x89PNG\r\n\x1a\n", "IMAGE_BROKEN"),
        (b"<svg></svg>", "IMAGE_BROKEN"),
        (b"%PDF-1.7", "IMAGE_BROKEN"),
        (picture((300, 300))[:60], "IMAGE_BROKEN"),
        (picture((20_000, 20_000)), "IMAGE_BROKEN"),
        (picture((1, 1)), "QR_NONE"),
        (picture((1, 30_000)), "QR_NONE"),
        (picture((400, 300), "GIF"), "QR_NONE"),
        (picture((400, 300), "JPEG", 0), "QR_NONE"),
    ],
    ids=["empty", "head", "svg", "pdf", "cut", "bomb", "dot", "line", "gif", "black"],
)
def test_read_file_refused(refused, tmp_path, data, code):
    """What is no picture, a bomb of pixels, or shows no code is told apart."""
    (tmp_path / "picture").write_bytes(data)

    assert refused(read_file, tmp_path / "picture").code == code


def test_read_file_too_large(refused, tmp_path):
    """A file of more than 32 MB is not read."""
    with (tmp_path / "large.png").open("wb") as file:
        file.truncate(33 * 2**20)

    assert refused(read_file, tmp_path / "large.png").code == "IMAGE_BROKEN"


def test_read_file_turned_by_the_camera(tmp_path):
    """A camera may say in the file how it was held."""
    code = Image.open(io.BytesIO(png(text_of(580)))).convert("L").rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    code.save(tmp_path / "turned.jpg", exif=exif)

    assert read_file(tmp_path / "turned.jpg") == text_of(580)
