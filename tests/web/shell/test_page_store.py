"""Pages are stored whole, within bounds, for all processes, and a broken folder is as an empty one."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from emporion.web.shell.page_store import MIB, Files, Memory, PageStore, StoredPage

HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Content-Language", "en"))
HOME = "https://fair.example/ciie/"


def page(text: str, state: str = "1 0/2026-11-29") -> StoredPage:
    return StoredPage.of(text.encode(), HEADERS, fair=1, state=state, expires=None)


@pytest.fixture
def store(tmp_path):
    return PageStore(tmp_path)


def test_a_page_comes_back_as_it_was_stored(store):
    made = page("<h1>Accra 馆</h1>")
    store.put(HOME, made)
    assert store.remembered(HOME) == made
    assert store.files.get(HOME) == made
    assert made.plain.decode() == "<h1>Accra 馆</h1>"


def test_another_process_finds_the_page_in_the_files(store, tmp_path):
    store.put(HOME, page("home"))
    other = PageStore(tmp_path)
    assert other.remembered(HOME) is None
    assert other.shared(HOME) == page("home")
    assert other.remembered(HOME) == page("home")


def test_pages_with_a_query_stay_in_the_process_that_made_them(store, tmp_path):
    store.put(HOME + "exhibitors/?area=automobiles", page("cars"))
    assert store.remembered(HOME + "exhibitors/?area=automobiles") == page("cars")
    assert PageStore(tmp_path).shared(HOME + "exhibitors/?area=automobiles") is None
    assert list(tmp_path.rglob("*")) == []


def test_the_same_text_has_the_same_tag_and_another_text_another():
    assert page("a").etag == page("a").etag != page("b").etag


def test_memory_holds_no_more_than_its_bytes_however_many_addresses_somebody_makes_up():
    memory = Memory(1 * MIB)
    for number in range(5_000):
        memory.put(f"{HOME}exhibitors/?area={number}", page(f"made up {number}"))
    assert memory.bytes <= MIB
    assert 900 < len(memory) < 1_100
    assert memory.get(f"{HOME}exhibitors/?area=4999") == page("made up 4999")
    assert memory.get(f"{HOME}exhibitors/?area=0") is None


def test_made_up_queries_drive_no_page_without_a_query_out(store):
    store.put(HOME, page("home"))
    for number in range(20_000):
        store.put(f"{HOME}?made={number}", page("up"))
    assert store.remembered(HOME) == page("home")


def test_a_page_put_again_is_counted_once():
    memory = Memory(MIB)
    for _ in range(3):
        memory.put(HOME, page("home"))
    assert memory.bytes == page("home").size


@pytest.mark.parametrize("content", [b"", b"no head", b"{}\nbody", b'{"key": 1}\nbody', b"\xff\xfe\nbody", b"[]\n"])
def test_a_file_that_is_none_of_ours_is_no_page(store, content):
    store.put(HOME, page("home"))
    [file] = [one for one in store.files.folder.glob("??/*") if one.is_file()]
    file.write_bytes(content)
    assert store.files.get(HOME) is None


def test_a_folder_that_cannot_be_written_stores_nothing_and_fails_nobody(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    files = Files(tmp_path / "file")
    files.put(HOME, page("home"))
    assert files.get(HOME) is None
    with files.alone(HOME, 0.0) as alone:
        assert alone


def test_files_that_were_written_first_go_when_they_are_too_many(tmp_path):
    files = Files(tmp_path, most_bytes=10_000)
    for number in range(20):
        files.put(f"{HOME}{number}", page(os.urandom(500).hex()))
        os.utime(files._file(f"{HOME}{number}"), (number, number))
    files.sweep()
    left = [number for number in range(20) if files.get(f"{HOME}{number}")]
    assert left == list(range(20 - len(left), 20))
    assert 5 <= len(left) < 15


def test_one_makes_a_page_and_the_others_learn_that_it_is_being_made(store):
    with store.files.alone(HOME, 0.0) as first, ThreadPoolExecutor(1) as pool:
        assert first

        def ask():
            with store.files.alone(HOME, 0.0) as second:
                return second

        assert pool.submit(ask).result() is False
    with store.files.alone(HOME, 0.0) as again:
        assert again


def _hold(folder, ready):
    with Files(folder).alone(HOME, 0.0):
        ready.set()
        signal.pause()


def test_a_maker_that_is_killed_lets_go(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    maker = spawn.Process(target=_hold, args=(tmp_path, ready))
    maker.start()
    assert ready.wait(600)
    with Files(tmp_path).alone(HOME, 0.0) as alone:
        assert not alone
    os.kill(maker.pid, signal.SIGKILL)
    maker.join()
    with Files(tmp_path).alone(HOME, 5.0) as alone:
        assert alone
