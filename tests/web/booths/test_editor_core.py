"""The pure core of the editor of plans, asked in a browser without a page: shapes, snapping, commands, the draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from emporion import web
from tests.chromium import chromium, open_page

pytestmark = pytest.mark.browser
MODULES = Path(web.__file__).parent / "static/emporion/editor"
TYPES = {".js": "text/javascript", ".html": "text/html"}
# Stands of the small world: A1 and A2 side by side, A3 apart, all 3 m deep; a lounge beneath nothing.
WORLD = """async (body) => {
  const names = ["shapes", "snapping", "commands", "draft", "keys"];
  const loaded = await Promise.all(names.map((name) => import(`/${name}.js`)));
  const [shapes, snapping, commands, draft, keys] = loaded;
  const stand = (x, y, width, number) => ({ kind: "stand", geometry: shapes.rectangle(x, y, width, 3), number,
    stand: "standard", area: "food", locked: false, placed: [] });
  const lounge = { kind: "lounge", geometry: shapes.rectangle(30, 30, 9, 6), name: "Harbour" };
  const things = new Map([["a", stand(3, 3, 3, "A1")], ["b", stand(6, 3, 6, "A2")], ["c", stand(20, 9.2, 3, "A3")],
    ["l", lounge]]);
  let made = 0;
  const newKey = () => `new${++made}`;
  const boxes = ({ name, changes }) => [name, ...changes.map(({ key, after }) =>
    after ? [key, ...Object.values(shapes.boxOf(after))] : [key, null])];
  const numbers = (command) => command.changes.map(({ key, after }) => [key, after && after.number]);
  const all = { shapes, snapping, commands, draft, keys, stand, things, newKey, boxes, numbers };
  return new Function(...Object.keys(all), `return (${body})`)(...Object.values(all));
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as browser:
        opened = open_page(browser)
        opened.route("http://editor.test/**", serve)
        opened.goto("http://editor.test/")
        yield opened


def serve(route: Route) -> None:
    name = route.request.url.rpartition("/")[2]
    body = (MODULES / name).read_text(encoding="utf-8") if name else "<!doctype html><title>core</title>"
    route.fulfill(body=body, content_type=TYPES[".js" if name else ".html"])


@pytest.fixture
def core(page: Page) -> Any:
    """Asks one expression of the modules, over the small world."""
    return lambda body: page.evaluate(WORLD, body)


def test_what_is_at_a_point_is_the_smallest_on_top(core: Any) -> None:
    put = """((zone) => [
      shapes.hit(things, [4, 4]), shapes.hit(things, [31, 31]), shapes.hit(things, [50, 50]),
      shapes.hit(new Map([["z", zone], ...things]), [4, 4]), shapes.hit(new Map([...things, ["z", zone]]), [1, 1]),
      shapes.hit(new Map([["d", { kind: "exit", geometry: shapes.line([0, 9], [0, 12]) }]]), [0.4, 10], 0.5),
      shapes.hit(new Map([["d", { kind: "exit", geometry: shapes.line([0, 9], [0, 12]) }]]), [0.6, 10], 0.5),
    ])({ kind: "zone", geometry: shapes.rectangle(0, 0, 60, 60) })"""
    assert core(put) == ["a", "l", None, "a", "z", "d", None]


def test_a_marquee_takes_what_lies_whole_in_it(core: Any) -> None:
    assert core("shapes.within(things, { x: 2, y: 2, width: 10, depth: 5 })") == ["a", "b"]
    assert core("shapes.within(things, { x: 2, y: 2, width: 9.9, depth: 5 })") == ["a"]


def test_edges_snap_before_aisles_before_the_grid(core: Any) -> None:
    near = "snapping.snapBox({ x: 12.3, y: 3.2, width: 3, depth: 3 }, [shapes.boxOf(things.get('b'))], %s)"
    assert core(near % "{ grid: 1, aisle: 3, reach: 0.5 }") == {
        "dx": -0.3, "dy": -0.2, "guides": [{"axis": "x", "at": 12}, {"axis": "y", "at": 3}],
    }  # fmt: skip
    assert core(near % "{ grid: 1, reach: 0.1 }") == {"dx": -0.3, "dy": -0.2, "guides": []}
    assert core(near % "{ grid: 1, reach: 0.5, free: true }") == {"dx": 0, "dy": 0, "guides": []}
    away = "snapping.snapBox({ x: 15.2, y: 4, width: 3, depth: 3 }, [shapes.boxOf(things.get('b'))], { aisle: 3 })"
    assert core(away)["dx"] == -0.2
    assert core("snapping.snapPoint([11.8, 40.4], [shapes.boxOf(things.get('b'))], { grid: 0.5 }).point") == [12, 40.5]


def test_moving_resizing_and_turning(core: Any) -> None:
    assert core("boxes(commands.move(things, ['a', 'b'], 1.5, -2))") == [
        "move",
        ["a", 4.5, 1, 3, 3],
        ["b", 7.5, 1, 6, 3],
    ]
    assert core("boxes(commands.fit(things, ['b'], { width: 9 }))") == ["resize", ["b", 6, 3, 9, 3]]
    assert core("boxes(commands.fit(things, ['a', 'b'], { x: 13 }))") == [
        "move",
        ["a", 13, 3, 3, 3],
        ["b", 16, 3, 6, 3],
    ]
    assert core("boxes(commands.fit(things, ['b'], { width: -4 }))") == ["resize", ["b", 6, 3, 0.5, 3]]
    assert core("boxes(commands.rotate(things, ['b']))") == ["rotate", ["b", 6, 3, 3, 6]]
    four = "[1, 2, 3, 4].reduce((one) => shapes.turned(one, 90, [7, 7]), things.get('b')).geometry"
    assert core(four) == core("things.get('b').geometry")


def test_copies_get_numbers_and_keys_of_their_own(core: Any) -> None:
    copied = "commands.copy(things, [things.get('a'), things.get('l')], 0, 6, newKey)"
    assert core(f"boxes({copied})") == ["copy", ["new1", 3, 9, 3, 3], ["new2", 30, 36, 9, 6]]
    assert core(f"numbers({copied})[0]") == ["new1", "A4"]
    assert core("['4.1-A099', 'A9', 'Lounge', '007'].map(commands.numberAfter)") == [
        "4.1-A100",
        "A10",
        "Lounge2",
        "008",
    ]


def test_aligning_and_even_spaces(core: Any) -> None:
    assert core("boxes(commands.align(things, ['a', 'c'], 'south'))") == [
        "align",
        ["a", 3, 9.2, 3, 3],
        ["c", 20, 9.2, 3, 3],
    ]
    assert core("boxes(commands.align(things, ['a', 'c'], 'east'))") == [
        "align",
        ["a", 20, 3, 3, 3],
        ["c", 20, 9.2, 3, 3],
    ]
    assert core("boxes(commands.distribute(things, ['c', 'b', 'a'], 'x'))") == [
        "align", ["a", 3, 3, 3, 3], ["b", 10, 3, 6, 3], ["c", 20, 9.2, 3, 3],
    ]  # fmt: skip


def test_numbering_goes_row_by_row_and_passes_over_what_others_have(core: Any) -> None:
    assert core("numbers(commands.number(things, ['c', 'b', 'a'], 'B8'))") == [["a", "B8"], ["b", "B9"], ["c", "B10"]]
    assert core("numbers(commands.number(things, ['c', 'b'], 'A1'))") == [["b", "A2"], ["c", "A3"]]


def test_splitting_keeps_the_number_of_the_first_part(core: Any) -> None:
    cut = "commands.split(things, 'b', 2, true, newKey)"
    assert core(f"boxes({cut})") == ["split", ["b", 6, 3, 2, 3], ["new1", 8, 3, 4, 3]]
    assert core(f"numbers({cut})") == [["b", "A2"], ["new1", "A2B"]]
    assert core("commands.split(things, 'b', 5.8, true, newKey)") is None


def test_only_what_makes_a_rectangle_is_merged(core: Any) -> None:
    assert core("boxes(commands.merge(things, ['a', 'b']))") == ["merge", ["a", 3, 3, 9, 3], ["b", None]]
    assert core("numbers(commands.merge(things, ['a', 'b'], 'largest'))") == [["b", "A2"], ["a", None]]
    # Who stands there keeps the record; the number is still the rule's.
    assert core("numbers(commands.merge(things, ['a', 'b'], 'lowest', (key) => key === 'b'))") == [
        ["b", "A1"],
        ["a", None],
    ]
    assert core("commands.merge(things, ['a', 'c'])") is None
    assert core("commands.merge(things, ['a'])") is None


def test_keys_mean_what_drawing_programs_mean(core: Any) -> None:
    said = """[["ArrowLeft", {}], ["ArrowDown", { shiftKey: true }], ["ArrowRight", { altKey: true }],
      ["z", { ctrlKey: true }], ["Z", { ctrlKey: true, shiftKey: true }], ["D", { metaKey: true }], ["Delete", {}],
      ["Escape", {}], ["s", { ctrlKey: true }], ["ArrowUp", { ctrlKey: true }], ["x", {}]]
      .map(([key, more]) => keys.meaning({ key, ...more }))"""
    assert core(said) == [
        {"name": "step", "x": -1, "y": 0, "free": False}, {"name": "step", "x": 0, "y": 10, "free": False},
        {"name": "step", "x": 0.1, "y": 0, "free": True}, {"name": "undo"}, {"name": "redo"}, {"name": "duplicate"},
        {"name": "delete"}, {"name": "escape"}, None, None, None,
    ]  # fmt: skip


STATE = """({ things: [...things].map(([key, thing]) => ({ key, version: 4, thing })), draft: 1, sequence: 4,
  undo: false, redo: false, findings: [], waiting: [], outline: null, aisles: [], areas: [], facts: {}, live: 1 })"""
MOVES = f"""((one) => {{
  one.put(commands.move(one.things, ["a"], 1, 0), "t1");
  one.put(commands.move(one.things, ["a"], 1, 0), "t2");
  one.put(commands.move(one.things, ["b"], 1, 0), "t3");
  %s
  const x = (key) => one.things.has(key) ? shapes.boxOf(one.things.get(key)).x : null;
  return [x("a"), x("b"), one.pending.map(({{ token, changes }}) => [token, changes[0].version])];
}})(new draft.Draft({STATE}))"""
ANSWER = "{ sequence: 5, draft: 1, objects: [{ key: 'a', version: 5, thing: stand(%d, 3, 3, 'A1') }], result: '%s' }"


def test_commands_show_at_once_and_wait_for_the_server_in_order(core: Any) -> None:
    assert core(MOVES % "") == [5, 7, [["t1", 4], ["t2", None], ["t3", 4]]]
    # What was built on an own command is sent with the version that this one got.
    done = f"one.answered({ANSWER % (4, 'applied')});"
    assert core(MOVES % done) == [5, 7, [["t2", 5], ["t3", 4]]]


def test_a_conflict_shows_what_is_there_and_drops_what_went_on_from_it(core: Any) -> None:
    lost = f"one.answered({ANSWER % (40, 'conflict')});"
    assert core(MOVES % lost) == [40, 7, [["t3", 4]]]


def test_what_others_did_meanwhile_keeps_the_version_that_was_seen(core: Any) -> None:
    news = f"one.receive({ANSWER % (40, '')});"
    # Shown as it will be if the own command is done; the server decides by the version that was seen.
    assert core(MOVES % news) == [5, 7, [["t1", 4], ["t2", None], ["t3", 4]]]


def test_a_command_that_changes_nothing_is_not_sent(core: Any) -> None:
    still = f"((one) => one.put(commands.move(one.things, ['a'], 0, 0), 't'))(new draft.Draft({STATE}))"
    assert core(still) is None
