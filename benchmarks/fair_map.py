"""How fast the map of a fair opens and moves on a slow phone: ``benchmarks/fair_map.py http://localhost:8000/ciie/``.

Chromium with a processor four times slower than this one and a phone's screen opens the map of a running site, and then
drags its plan for two seconds. Goals: everything that is sent below 300 kB, the first plan within a second, 50 frames a
second. Figures of a busy machine are lower bounds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from itertools import pairwise
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

SLOWER = 4
PHONE = {"width": 390, "height": 844}
# Counts frames for two seconds while the plan follows a finger that goes round.
DRAG = """() => new Promise((done) => {
  const plan = document.querySelector(".fairmap svg");
  const edge = plan.getBoundingClientRect();
  const at = (turn) => ({
    pointerId: 1, bubbles: true, isPrimary: true, clientX: edge.x + edge.width * (0.5 + 0.3 * Math.cos(turn)),
    clientY: edge.y + edge.height * (0.5 + 0.3 * Math.sin(turn)),
  });
  plan.setPointerCapture = () => undefined;
  plan.dispatchEvent(new PointerEvent("pointerdown", at(0)));
  const begun = performance.now();
  const times = [];
  const frame = (now) => {
    times.push(now);
    plan.dispatchEvent(new PointerEvent("pointermove", at((now - begun) / 300)));
    if (now - begun < 2000) requestAnimationFrame(frame);
    else {
      plan.dispatchEvent(new PointerEvent("pointerup", at(0)));
      done(times);
    }
  };
  requestAnimationFrame(frame);
})"""


def measure(page: Page, slow: CDPSession, url: str) -> dict[str, Any]:
    """The figures of one visit; ``url`` is the address of an edition."""
    sent: list[float] = []
    slow.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    slow.send("Network.enable")
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url.rstrip("/") + "/map/")
    page.locator(".fairmap.ready .stand").first.wait_for(state="attached")
    page.wait_for_timeout(1_000)
    drawn = page.evaluate("performance.getEntriesByName('map-drawn')[0].startTime")
    kilobytes = sum(sent) / 1000
    for _ in range(3):
        page.get_by_role("button", name="Closer").click()
    times = page.evaluate(DRAG)
    gaps = sorted(after - before for before, after in pairwise(times))
    data = page.evaluate("fetch(document.getElementById('fair-map').dataset.map).then((r) => r.json())")
    return {
        "halls": len(data["halls"]),
        "stands": sum(len(hall["stands"]) for hall in data["halls"]),
        "sent_kb": round(kilobytes, 1),
        "first_plan_ms": round(drawn),
        "frames_per_s": round(1000 * len(gaps) / sum(gaps), 1),
        "p95_frame_ms": round(gaps[int(0.95 * len(gaps))], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="address of a running site's edition, as http://localhost:8000/ciie/")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    browser_path = shutil.which("chromium")
    if browser_path is None:
        sys.exit("Chromium is missing: install it and run this again.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport=PHONE, device_scale_factor=2, has_touch=True).new_page()
        found = measure(page, page.context.new_cdp_session(page), given.url)
        browser.close()
    print(json.dumps(found) if given.json else "\n".join(f"{name:14} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
