#!/usr/bin/env python3
"""Opens reports of `stipple report` in a browser, as a client on a tablet would.

    check_report.py REPORT.html FOLDER

Looks at the slider by key and by pointer, the years and paces, what a screen reader is told, requests and errors (none),
sizes of what is touched, the page without scripts, at three sizes of screen, and on both papers. Screenshots and PDF files
go into FOLDER. Needs chromium and Playwright's Python package; ends with an error where anything is not as it should be.
"""

import pathlib
import re
import shutil
import sys

from playwright.sync_api import sync_playwright

SCREENS = {"tablet": (820, 1180), "phone": (390, 844), "desk": (1280, 800)}
PAPERS = {"A4": (595, 842), "Letter": (612, 792)}


def check(holds, *what):
    if not holds:
        sys.exit("FAILED: " + " ".join(str(w) for w in what))


def watched(page):
    """What a page asks for over a network, and what it complains of."""
    asked, errors = [], []
    page.on("request", lambda r: r.url.startswith(("data:", "file:")) or asked.append(r.url))
    page.on("console", lambda m: m.type in ("error", "warning") and errors.append(m.text))
    page.on("pageerror", lambda e: errors.append(str(e)))
    return asked, errors


def accessible(page):
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (n.get("role", {}).get("value"), n.get("name", {}).get("value", "")) for n in nodes if not n.get("ignored")
    ]


def use(page):
    """The slider and the switches."""
    page.wait_for_function("[...document.images].every(i => i.complete && i.naturalWidth)")
    cut = page.locator("#cut")
    spoken = lambda: int(re.search(r"\d+", cut.get_attribute("aria-valuetext")).group())
    check(spoken() == 50, "the slider starts at", spoken())
    box = page.locator("#stage").bounding_box()
    height = page.viewport_size["height"]
    check(box["y"] + box["height"] / 2 < height, "the slider is not the first thing seen", box)
    cut.focus()
    for key, value in [("End", 100), ("Home", 0), ("ArrowUp", 1), ("PageUp", 11), ("ArrowLeft", 12), ("ArrowRight", 11)]:
        page.keyboard.press(key)
        check(spoken() == value, key, "gives", spoken(), "instead of", value)
    # Nothing of the work is seen at 0, all of it at 100.
    clip = lambda: page.evaluate("getComputedStyle(document.querySelector('.after.on')).clipPath")
    page.keyboard.press("End")
    check(clip() in ("inset(0px 0px 0px calc(0%))", "inset(0px 0px 0px 0%)", "inset(0px)"), clip())
    # By pointer: what is right of the bar is after.
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.75, y)
    page.mouse.down()
    check(abs(spoken() - 25) <= 1, "a press at three quarters gives", spoken())
    page.mouse.move(box["x"] + box["width"] * 0.3, y, steps=4)
    page.mouse.up()
    check(abs(spoken() - 70) <= 1, "a drag to three tenths gives", spoken())
    page.mouse.move(box["x"] + box["width"] * 0.9, y)
    check(abs(spoken() - 70) <= 1, "the slider follows a pointer that is up")
    shown = lambda: page.evaluate("[...document.querySelectorAll('.after.on')].map(f => f.id)")
    check(shown() == ["y0"], shown())
    check(page.evaluate("document.getElementById('paces').disabled"), "paces can be chosen for healed work")
    said = set()
    for years in ("1", "3", "5", "10"):
        page.check(f"[name=years][value='{years}']")
        for pace in ("slow", "typical", "fast"):
            page.check(f"[name=pace][value='{pace}']")
            check(shown() == [f"y{years}-{pace}"], shown(), years, pace)
            said.add(page.locator("#caption").inner_text())
    check(len(said) == 12, "captions", said)
    # Radio buttons by key.
    page.locator("[name=pace][value=slow]").focus()
    page.keyboard.press("ArrowRight")
    check(shown() == ["y10-slow"] or shown() == ["y10-typical"], shown())
    page.locator("[name=years][value='0']").check()


def touch(page):
    """A finger on the picture."""
    page.evaluate("scrollTo(0, 0)")
    box = page.locator("#stage").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2)
    spoken = page.locator("#cut").get_attribute("aria-valuetext")
    check(abs(int(re.search(r"\d+", spoken).group()) - 80) <= 1, "a tap at a fifth gives", spoken)


def heights(page):
    """Hairlines to compare, where a report has them."""
    slider = page.locator("#height")
    if slider.count() == 0:
        return
    seen = lambda: page.evaluate("[...document.querySelectorAll('#heights-stage .on img')].map(i => i.alt)")
    slider.focus()
    page.keyboard.press("Home")
    first = seen()
    page.keyboard.press("End")
    check(len(first) == 1 and len(seen()) == 1 and first != seen(), "the heights of hairlines", first, seen())
    check(slider.get_attribute("aria-valuetext").endswith("mm"), "a height is not told in millimetres")


def touch_targets(page):
    for target in page.locator(".choice, input[type=range]").all():
        box = target.bounding_box()
        check(box["height"] >= 44 and box["width"] >= 44, "smaller than 44 pixels:", box)


def names(page):
    tree = accessible(page)
    for role in ("slider", "radio", "image", "heading", "table", "group", "status", "main"):
        check(any(r == role for r, _ in tree), "no", role, "among", sorted({str(r) for r, _ in tree}))
    for role, name in tree:
        if role in ("slider", "radio", "image", "heading", "group"):
            check(name or role == "group", role, "without a name")
    check(sum(r == "radio" for r, _ in tree) >= 8, "radio buttons are missing")


def fits(page, what):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    check(wide <= 0, what, "is", wide, "pixels too wide")


def main(report, folder):
    folder.mkdir(parents=True, exist_ok=True)
    address = report.resolve().as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"])
        for name, (width, height) in SCREENS.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, reduced_motion="reduce", has_touch=name != "desk")
            asked, errors = watched(page)
            page.goto(address)
            use(page)
            if name != "desk":
                touch(page)
            heights(page)
            touch_targets(page)
            names(page)
            fits(page, name)
            check(page.locator("html[lang]").count() == 1 and page.locator("img:not([alt])").count() == 0, "lang or alt")
            moves = page.evaluate("document.getAnimations().length")
            check(moves == 0, moves, "animations though the reader asked for none")
            check(not asked and not errors, asked, errors)
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=folder / f"{name}.png")
            page.screenshot(path=folder / f"{name}-whole.png", full_page=True)
            if name == "tablet":
                for paper, (w, h) in PAPERS.items():
                    page.pdf(path=folder / f"{paper}.pdf", format=paper, print_background=False, prefer_css_page_size=False)
                    text = (folder / f"{paper}.pdf").read_bytes()
                    boxes = {tuple(round(float(v)) for v in m.split()) for m in re.findall(rb"MediaBox \[([^\]]+)\]", text)}
                    check(boxes and all(abs(b[2] - w) < 2 and abs(b[3] - h) < 2 for b in boxes), paper, boxes)
                page.emulate_media(media="print")
                check(all(i.is_visible() for i in page.locator("img").all()), "a picture is missing on paper")
                check(not page.locator("#controls").is_visible(), "switches on paper")
            page.close()
        page = browser.new_page(viewport={"width": 820, "height": 1180}, java_script_enabled=False)
        asked, errors = watched(page)
        page.goto(address)
        images = page.locator("img").all()
        check(len(images) >= 15 and all(i.is_visible() for i in images), "without scripts pictures are hidden")
        check(not page.locator("#cut").is_visible(), "without scripts there is a slider that does nothing")
        check(not asked and not errors, asked, errors)
        page.screenshot(path=folder / "no-scripts.png", full_page=True)
        browser.close()
    print(f"{report.name}: slider, years, paces, names, {len(SCREENS)} screens, {len(PAPERS)} papers, no scripts")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
