import io
import zipfile

from sosach.course.files import keep_previous, make_zip


def test_keep_previous_numbers_on(tmp_path):
    """Each version that is replaced gets the next free number; the same content gets none."""
    path, folder = tmp_path / "a.csv", tmp_path / "cu"
    assert keep_previous(path, folder, b"1") is None
    for old, new in ((b"1", b"2"), (b"2", b"3")):
        path.write_bytes(old)
        keep_previous(path, folder, new)
    path.write_bytes(b"3")

    assert keep_previous(path, folder, b"3") is None
    assert [p.read_bytes() for p in sorted(folder.iterdir())] == [b"1", b"2"]


def test_make_zip_depends_on_content_only():
    """The order of the files and the time of day change no byte."""
    packed = make_zip({"b": b"2", "a": b"1"})

    assert packed == make_zip({"a": b"1", "b": b"2"})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a": b"1", "b": b"2"}
