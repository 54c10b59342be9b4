import json

from sosach.course.lab.lay_out import HERE, lay_out


def test_lay_out(tmp_path):
    """Settings go to the environment, what is switched off to this start; other words stay."""
    environment, config = tmp_path / "venv", tmp_path / "config"
    pack = environment / "lib/site/pack/locale/vi_VN/LC_MESSAGES/jupyterlab.json"
    pack.parent.mkdir(parents=True)
    pack.write_text(json.dumps({"": {"version": "x"}, "Restart": ["Khởi động lại"]}))
    lay_out(environment, config)
    lay_out(environment, config)

    words = json.loads(pack.read_text(encoding="utf-8"))
    assert words["Run All Cells"] == ["Chạy tất cả các ô"]
    assert words["Restart"] == ["Khởi động lại"]
    overrides = environment / "share/jupyter/lab/settings/overrides.json"
    assert json.loads(overrides.read_text())["@jupyterlab/translation-extension:plugin"] == {
        "locale": "vi_VN"
    }
    assert not (environment / "share/jupyter/lab/settings/page_config.json").exists()
    off = json.loads((config / "labconfig/page_config.json").read_text())["disabledExtensions"]
    assert off["@jupyter/nbgrader:create-assignment"] is True


def test_own_words_have_the_shape_of_the_pack():
    """Every word is a list of one translation, or of two where English has a plural."""
    words = json.loads((HERE / "vi.json").read_text(encoding="utf-8"))

    assert all(len(text) in (1, 2) and len(set(text)) == 1 for text in words.values())
