"""The classifier is indexed once for a state of code and data, and a damaged file is made anew."""

from pathlib import Path

import pytest

from emporion.domain.marketaccess import classification, stored_index
from emporion.kernels.hs.finder import Finder
from emporion.kernels.hs.nomenclature import Nomenclature
from emporion.kernels.text.encoder import SentenceEncoder

BEER = Nomenclature(
    titles={"22": "Beverages", "2203": "Beer; made from malt", "220300": "Beer; made from malt"},
    chinese={}, national={}, lines={}, names=[], words={},
)  # fmt: skip


class Builds:
    """Builds a small finder and counts how often."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> Finder:
        self.count += 1
        return Finder(BEER, None, None, classification.weights())


def test_the_second_process_reads_what_the_first_built(tmp_path: Path) -> None:
    build = Builds()
    first, second = (stored_index.load_or_build(build, tmp_path) for _ in range(2))
    assert build.count == 1
    assert second.find("beer") == first.find("beer") != []
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"no pickle", b"\x80\x05N."])
def test_a_damaged_file_is_built_anew(tmp_path: Path, damage: bytes) -> None:
    build = Builds()
    stored_index.load_or_build(build, tmp_path)
    [file] = tmp_path.iterdir()
    file.write_bytes(damage)
    assert stored_index.load_or_build(build, tmp_path).find("beer") != []
    stored_index.load_or_build(build, tmp_path)
    assert build.count == 2


def test_other_data_have_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = Builds()
    stored_index.load_or_build(build, tmp_path)
    monkeypatch.setattr(stored_index, "SOURCES", ("data/hs",))
    stored_index.load_or_build(build, tmp_path)
    assert build.count == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_written_to_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert stored_index.load_or_build(Builds(), tmp_path / "file").find("beer") != []


def test_the_encoders_model_is_unpacked_once_and_means_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = SentenceEncoder(lambda: stored_index.encoder_model(tmp_path)).encode(["roasted coffee", "咖啡"])
    monkeypatch.setattr(stored_index, "read_model", lambda: pytest.fail("unpacked again"))
    read = SentenceEncoder(lambda: stored_index.encoder_model(tmp_path)).encode(["roasted coffee", "咖啡"])
    assert (read == unpacked).all()
    assert read[0] @ read[1] > 0.5


def test_a_damaged_model_is_unpacked_again(tmp_path: Path) -> None:
    stored_index.encoder_model(tmp_path)
    [file] = tmp_path.iterdir()
    file.write_bytes(b"no pickle")
    assert SentenceEncoder(lambda: stored_index.encoder_model(tmp_path)).encode(["tea"]).shape == (1, 512)
    assert file.stat().st_size > 1000
