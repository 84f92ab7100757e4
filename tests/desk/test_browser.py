"""The pages in a real browser: accessible, nothing overflows, nothing is refused, keys suffice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, served
from made_book import END, HASHED, MadeBook, contacts_only, empty_overview, overview
from reader import NAME, PASSWORD

from goodwill.settings import Settings, write

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "/",
    "problems": "/problems/",
    "problem": "/problems/1/",
    "broken promise": "/problems/promises/delivery/",
    "promises": "/promises/",
    "themes": "/themes/",
    "theme": "/themes/0/",
    "edit of a theme": "/themes/0/preview/?kind=mute",
    "audit of a theme": "/themes/0/audit/",
    "chain": "/chain/?from=2025-01-01",
    "metrics": "/metrics/?channel=email",
    "processes": "/processes/",
    "ledger of promises": "/promises/?state=all",
    "alerts": "/alerts/",
    "fixes": "/fixes/",
    "fix": "/fixes/000000000000/",
    "value": "/value/",
    "ledger": "/ledger/",
    "customer": "/customers/shop:10023/",
    "customer by a hash": f"/customers/{HASHED}/",
    "finding a customer": "/customers/",
    "records": "/records/messages/?theme_id=3&offset=110",
    "search": "/search/?q=parcl&channel=email",
    "today": "/today/",
    "what one answers for": "/owned/",
    "the team": "/team/",
    "follow-ups, and what they did": "/follow-ups/?show=open",
    "follow-up": "/follow-ups/1/",
    "follow-up that was closed": "/follow-ups/2/?template=ask",
    "rules": "/rules/",
    "rollouts": "/fixes/rollouts/?theme=1&on=2025-09-01&waves=3&weeks=6",
    "own account": "/account/",
    "looks into the vault": "/vault/looks/",
    "customers who may be one": "/customers/candidates/",
    "settings": "/settings/",
    "help": "/help/",
    "one of the docs": "/help/settings/",
    "a part of the company": "/?from=2025-01-01&to=2025-02-01&against=year",
    "people": "/people/",
    "log": "/people/log/",
    "nothing there": "/nowhere/",
}
WIDTHS, LOOKS = (1280, 360), ("light", "dark")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.driver.quit()


@pytest.fixture(scope="module")
def base(desk_folder: Path) -> Iterator[str]:
    if not (desk_folder / "goodwill.toml").exists():  # the page of settings reads the file itself
        write(desk_folder, Settings(book_id="0" * 16, name="Harbour & Pine"))
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def followed(base: str) -> Iterator[None]:
    """Follow-ups of fixed numbers, enough of them to say what following up did."""
    from django.core.management.color import no_style
    from django.db import connection

    from goodwill.desk.followups.models import CLOSED, HELD, OPEN, FollowUp, Step

    FollowUp.objects.all().delete()
    long = "x" * 60 + " and a note whose words go on for as long as people write: " + "very " * 30
    FollowUp.objects.bulk_create(
        FollowUp(
            pk=n, customer_id="shop:17850", problem=f"theme:{n}", label="parcel is late",
            kinds="broken_promise silent", by_rule=True,
            state={1: OPEN, 2: CLOSED}.get(n, HELD if n % 2 else OPEN),
            opened_at=END - timedelta(days=100), since=END - timedelta(days=100),
            due_at=END, closed_at=END if n == 2 else None, value=100 * n, watched_days=100.0,
            bought_at=END - timedelta(days=50) if n % 3 else None,
        )
        for n in range(1, 41)
    )  # fmt: skip
    with connection.cursor() as cursor:  # PostgreSQL counts by itself, and begins at 1
        for statement in connection.ops.sequence_reset_sql(no_style(), [FollowUp]):
            cursor.execute(statement)
    for kind, text in (("opened", ""), ("note", long), ("promise", "a call"), ("owner", "")):
        promised = END + timedelta(days=3) if kind == "promise" else None
        Step.objects.create(follow_up_id=1, kind=kind, text=text, promised_by=promised)
    yield
    FollowUp.objects.all().delete()


@pytest.fixture
def browser(chromium: Browser, base: str, client: Any, book: MadeBook, followed: None) -> Browser:
    """Ada's browser, signed in, at 1280 in light."""
    book.older = 4
    chromium.sign_in(base, client.cookies["sessionid"].value)
    chromium.window(1280, "light")
    return chromium


def check(browser: Browser, path: str) -> None:
    """Hold a page to the bars at each width and in each look."""
    for width in WIDTHS:
        browser.window(width, "light")
        browser.open(path)
        for look in LOOKS:
            browser.window(width, look)
            browser.until("!document.querySelector('[data-chart]:not([data-drawn])')")
            assert browser.axe() == [], f"{path} at {width}, {look}"
            assert browser.overflow() <= 0, f"{path} at {width}, {look}"
    said = browser.complaints()
    assert [line for line in said if "status of 404" not in line or path != "/nowhere/"] == []


def test_it_works(browser: Browser) -> None:
    browser.open("/")
    assert browser.driver.title == "Overview · Harbour & Pine"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_accessible_and_fits_and_breaks_no_policy(browser: Browser, page: str) -> None:
    check(browser, PAGES[page])


@pytest.mark.parametrize("state", ["never refreshed", "empty", "contacts only"])
def test_so_does_the_overview_of_a_thin_book(browser: Browser, book: MadeBook, state: str) -> None:
    made = {"never refreshed": None, "empty": empty_overview(), "contacts only": contacts_only()}
    book.seen = made[state]
    check(browser, "/")


def test_so_does_signing_in(chromium: Browser, base: str, stranger: Any) -> None:
    chromium.sign_in(base, "")
    check(chromium, "/sign-in/")


def test_opened_figures_fit_wherever_they_stand(browser: Browser, book: MadeBook) -> None:
    assert book.seen is not None
    known = replace(book.seen.chain[1], key="x")
    whole = [link if link.people else replace(known, label=link.label) for link in book.seen.chain]
    book.seen = overview(chain=tuple(whole))
    for path in ("/", "/problems/1/", "/customers/shop:10023/"):
        for width in (1280, 1000, 760, 360):
            browser.window(width, "light")
            browser.open(path)
            opened, wide = browser.run(
                """
                const page = document.scrollingElement, wide = [];
                const all = [...document.querySelectorAll(".fig details")];
                for (const each of all) {
                  each.open = true;
                  const panel = each.parentElement.querySelector(".panel").getBoundingClientRect();
                  if (page.scrollWidth > page.clientWidth || panel.left < 0 || panel.height < 20) {
                    wide.push(each.textContent.trim().replace(/\\s+/g, " "));
                  }
                }
                return [all.length, wide];
                """
            )
            assert opened >= 7
            assert wide == [], f"{path} at {width}"


def test_an_opened_figure_and_an_opened_table_are_accessible(browser: Browser) -> None:
    for width in WIDTHS:
        browser.window(width, "light")
        browser.open("/")
        browser.run("document.querySelector('.gauges .fig details').open = true")
        browser.run("document.querySelector('.as-table').open = true")
        assert browser.axe() == []
        assert browser.overflow() <= 0
    assert browser.complaints() == []


@pytest.mark.parametrize("width", [360, 620, 720, 900, 1024, 1280, 1600])
def test_widths_between_fit_too(browser: Browser, width: int) -> None:
    for path in (*PAGES.values(), "/sign-in/"):
        browser.window(width, "light")
        browser.open(path)
        assert browser.overflow() <= 0, path
        sticking_out = browser.run(
            """
            const main = document.querySelector("main"), box = main.getBoundingClientRect();
            const end = box.right - parseFloat(getComputedStyle(main).paddingRight);
            const parts = [...main.querySelectorAll("section, header, table, dl, figure, form")];
            return parts.filter((e) => !e.closest(".scroll, .panel"))
              .filter((e) => e.getBoundingClientRect().right > end + 1)
              .map((e) => e.className || e.tagName);
            """
        )
        assert sticking_out == [], path


def test_nothing_is_asked_of_anyone_else(browser: Browser) -> None:
    for path in ("/", "/problems/1/"):
        browser.open(path)
        asked = browser.run("return performance.getEntriesByType('resource').map((e) => e.name)")
        assert any("vega-embed" in name for name in asked)
        assert [name for name in asked if not name.startswith(browser.base)] == []


def test_charts_are_drawn_in_the_colours_of_the_look(browser: Browser) -> None:
    line = "document.querySelector('.plot .mark-rect path').getAttribute('fill')"
    browser.open("/")
    light = browser.run(f"return {line}")
    browser.window(1280, "dark")
    browser.until(f"{line} !== {light!r}")
    dark = browser.run(f"return {line}")
    assert light.startswith("rgb") and dark.startswith("rgb")


def test_pictures_that_the_page_draws_itself_are_saved_too(browser: Browser) -> None:
    """The chain and the maps of processes, as PNG and SVG with their words, their table as CSV."""
    kept = """
        const [path, kind, done] = arguments;
        const made = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (blob) => made((window.kept = blob));
        const part = document.querySelector("[data-picture]");
        [...part.querySelectorAll(".take button")].find((e) => e.textContent === kind).click();
        const read = async () => {
            if (!window.kept) return setTimeout(read, 20);
            const bytes = new Uint8Array(await window.kept.arrayBuffer());
            done([window.kept.type, bytes.length, new TextDecoder().decode(bytes)]);
        };
        read();
    """
    for path, words in (("/", "Promise made"), ("/processes/", "Ordered")):
        for kind, type_ in (("PNG", "image/png"), ("SVG", "image/svg+xml"), ("CSV", "text/csv")):
            browser.open(path)
            found = browser.driver.execute_async_script(kept, path, kind)
            assert found[0] == type_ and found[1] > 200, (path, kind)
            assert kind == "PNG" or words in found[2], (path, kind)
            assert kind != "SVG" or "var(" not in found[2] and 'fill="rgb' in found[2]
    assert browser.complaints() == []


def test_a_bar_says_its_numbers_and_its_monday_wherever_the_reader_is(
    browser: Browser, book: MadeBook
) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    zone = "Emulation.setTimezoneOverride"
    browser.driver.execute_cdp_cmd(zone, {"timezoneId": "America/Los_Angeles"})
    try:
        browser.open("/")
        plot = browser.driver.find_element(By.CSS_SELECTOR, ".plot svg")
        browser.run("arguments[0].scrollIntoView({block: 'center'})", plot)
        shown = "document.querySelector('#vg-tooltip-element.visible')"
        for step in range(12):
            ActionChains(browser.driver).move_to_element_with_offset(plot, step, 20).perform()
            if browser.run(f"return {shown} !== null"):
                break
        said = dict(zip(*browser.run(
            f"return ['.key', '.value'].map((c) => [...{shown}.querySelectorAll(c)]"
            ".map((e) => e.innerText))"
        ), strict=True))  # fmt: skip
    finally:
        browser.driver.execute_cdp_cmd(zone, {"timezoneId": ""})
    assert book.seen is not None
    weeks = {f"{w.week.day} {w.week:%b %Y}": w for w in book.seen.weeks}
    week = weeks[said["Week of"]]
    assert (said["Contacts"], said["People"]) == (str(week.events), str(week.people))
    assert browser.complaints() == []


def test_a_figure_is_defined_on_hover_focus_and_tap(browser: Browser) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    browser.open("/")
    gauge = browser.driver.find_element(By.CSS_SELECTOR, ".gauges .fig")
    summary = gauge.find_element(By.TAG_NAME, "summary")
    panel = gauge.find_element(By.CLASS_NAME, "panel")
    title = browser.driver.find_element(By.TAG_NAME, "h1")
    assert not panel.is_displayed()
    # Hover: it shows, it stays while the pointer is on it, and goes with the pointer.
    ActionChains(browser.driver).move_to_element(summary).perform()
    shown = "getComputedStyle(document.querySelector('.gauges .panel'))"
    browser.until(f"{shown}.display !== 'none' && {shown}.opacity === '1'")
    ActionChains(browser.driver).move_to_element(panel).perform()
    assert panel.is_displayed()
    ActionChains(browser.driver).move_to_element(title).perform()
    assert not panel.is_displayed()
    # Focus by key: it shows, and goes with the focus. Opened, its link is the next stop.
    browser.run("arguments[0].focus({focusVisible: true})", summary)
    assert panel.is_displayed()
    ActionChains(browser.driver).send_keys(Keys.TAB).perform()
    assert not panel.is_displayed()
    browser.run("arguments[0].focus({focusVisible: true})", summary)
    ActionChains(browser.driver).send_keys(Keys.ENTER, Keys.TAB).perform()
    assert browser.run("return document.activeElement.textContent").startswith("See the records")
    assert panel.is_displayed()
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    assert browser.run("return document.activeElement === arguments[0]", summary)
    browser.run("document.activeElement.blur()")
    assert not panel.is_displayed()
    # Tap: it stays when the pointer leaves; another tap closes it.
    summary.click()
    ActionChains(browser.driver).move_to_element(title).perform()
    assert panel.is_displayed()
    summary.click()
    ActionChains(browser.driver).move_to_element(title).perform()
    browser.run("document.activeElement.blur()")
    assert not panel.is_displayed()


@pytest.mark.parametrize("path", ["/", "/problems/1/", "/customers/shop:10023/"])
def test_every_control_is_reached_by_key_in_order_and_seen(browser: Browser, path: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    browser.open(path)
    wanted = browser.run(
        """
        const all = [...document.querySelectorAll("a[href], button, input, summary")];
        window.wanted = all.filter((e) => e.checkVisibility() && e.type !== "hidden");
        return window.wanted.length;
        """
    )
    reached: list[int] = []
    unseen: list[str] = []
    for _ in range(3 * wanted):
        ActionChains(browser.driver).send_keys(Keys.TAB).perform()
        place, mark, text = browser.run(
            """
            const e = document.activeElement, s = getComputedStyle(e);
            return [window.wanted.indexOf(e), s.outlineStyle, e.outerHTML.slice(0, 80)];
            """
        )
        if mark == "none":
            unseen.append(text)
        if place >= 0:
            if reached and place <= reached[-1]:
                break
            reached.append(place)
        if len(reached) == wanted:
            break
    assert sorted(set(unseen)) == []
    assert reached == list(range(wanted))


def test_the_work_is_done_by_keys_alone(browser: Browser, user: Any) -> None:
    """From the overview to a closed follow-up: Tab, Enter and letters, the focus always seen."""
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    from goodwill.desk.followups.models import CLOSED, FollowUp

    ahead = """
        const aim = document.querySelector(arguments[0]), now = document.activeElement;
        const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
        const all = [...document.querySelectorAll(stops)].filter((e) => e.type !== "hidden");
        const from = all.includes(now) ? now : document.querySelector(location.hash || "#main");
        const after = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
        const between = (e) => after(from, e) && (e === aim || after(e, aim));
        return all.filter((e) => e.checkVisibility() && between(e)).length;
    """
    at_aim = """
        const now = document.activeElement;
        return now.matches(arguments[0]) && getComputedStyle(now).outlineStyle !== "none";
    """

    def go(aim: str, *keys: str) -> None:
        steps = browser.run(ahead, aim)
        assert steps, f"{aim} is not ahead"
        ActionChains(browser.driver).send_keys(*[Keys.TAB] * steps).perform()
        for _ in range(12):  # a field of a date has a stop for each of its parts
            if browser.run(at_aim, aim):
                break
            ActionChains(browser.driver).send_keys(Keys.TAB).perform()
        assert browser.run(at_aim, aim), aim
        ActionChains(browser.driver).send_keys(*(keys or (Keys.ENTER,))).perform()

    def there(part: str) -> None:
        browser.until(f"document.readyState === 'complete' && document.querySelector({part!r})")

    made = FollowUp.objects.filter(customer_id="shop:10023")
    browser.open("/")
    ActionChains(browser.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    go(".problems a[href^='/problems/1/']")
    there(".jump")
    ActionChains(browser.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    go(".jump a[href='#worst-title']")
    browser.until("location.hash === '#worst-title'")
    go("#hits-title ~ table a[href='/customers/shop:10023/']")
    there("form.ask.row button")
    ActionChains(browser.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    go("form.ask.row button")
    there("#note")
    assert made.get().owner == user  # who opens one takes it
    ActionChains(browser.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    go("#note", "Called, and the parcel is found.")
    go("button[value=note]")
    browser.until("document.body.innerText.includes('Called, and the parcel is found.')")
    ActionChains(browser.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    go("#owner", "ada")
    go("button[value=give]")
    there("#note")
    ActionChains(browser.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    go("button[value=close]")
    browser.until("document.querySelector('button[value=again]')")
    it = made.get()
    assert (it.state, it.owner) == (CLOSED, user)
    assert {"note", "closed"} <= {step.kind for step in it.steps.all()}
    made.delete()
    assert browser.complaints() == []


def test_the_skip_link_leads_past_the_navigation(browser: Browser) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    browser.open("/")
    ActionChains(browser.driver).send_keys(Keys.TAB, Keys.ENTER).perform()
    assert browser.run("return document.activeElement.id") == "main"


def test_everything_but_charts_works_without_scripts(
    chromium: Browser, base: str, stranger: Any, book: MadeBook
) -> None:
    from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.wait import WebDriverWait

    driver = chromium.driver
    css = By.CSS_SELECTOR

    def await_(condition: Callable[[], Any]) -> Any:
        ignored = [StaleElementReferenceException, NoSuchElementException]
        wait = WebDriverWait(driver, 20, ignored_exceptions=ignored)
        return wait.until(lambda _: condition())

    chromium.sign_in(base, "")
    chromium.window(1280, "light")
    chromium.scripts(False)
    try:
        driver.get(base + "/problems/1/")
        driver.find_element(By.ID, "username").send_keys(NAME)
        driver.find_element(By.ID, "password").send_keys(PASSWORD)
        driver.find_element(css, ".door form button").click()
        await_(lambda: driver.current_url == base + "/problems/1/")
        driver.find_element(css, "button[value=dark]").click()
        await_(lambda: driver.find_elements(css, "html[data-look=dark] .strip"))
        root = driver.find_element(By.TAG_NAME, "html")
        assert root.value_of_css_property("color-scheme") == "dark"
        figure = driver.find_element(css, ".strip .fig")
        figure.find_element(By.TAG_NAME, "summary").click()
        await_(lambda: driver.find_element(css, ".strip .fig .panel a").is_displayed())
        notes = [each.text for each in driver.find_elements(css, "noscript")]
        assert "The chart needs JavaScript. The table holds the same numbers." in notes
        driver.find_element(css, ".as-table > summary").click()
        assert driver.find_element(css, ".as-table tbody th").text == "22 Dec 2025"
        driver.find_element(By.LINK_TEXT, "shop:10023").click()
        await_(lambda: driver.current_url == base + "/customers/shop:10023/")
        driver.find_element(css, "form.ask.row button").click()  # follow up, note, close
        await_(lambda: driver.find_element(By.ID, "note")).send_keys("Called.")
        driver.find_element(css, "button[value=note]").click()
        await_(lambda: "Called." in driver.find_element(css, ".done").text)
        driver.find_element(css, "button[value=close]").click()
        await_(lambda: driver.find_elements(css, "button[value=again]"))
        driver.get(base + "/")
        driver.find_element(css, ".foot .plain").click()
        await_(lambda: driver.current_url == base + "/sign-in/")
    finally:
        chromium.scripts(True)


def test_the_chain_stands_upright_on_a_phone(browser: Browser) -> None:
    tops = "[...document.querySelectorAll('.picture .name')].map((e) => e.%s)"
    browser.open("/")
    wide = browser.run(f"return {tops % 'getBoundingClientRect().left'}")
    assert wide[:7] == sorted(wide[:7])
    browser.window(360, "light")
    browser.open("/")
    tall = browser.run(f"return {tops % 'getBoundingClientRect().top'}")
    assert tall == sorted(tall) and len(tall) == 8
    # The menu is one line there, closed until it is opened; the title stands near the top.
    shows = "return getComputedStyle(document.querySelector('.side nav')).display"
    assert browser.run(shows) == "none"
    top = "return document.querySelector('h1').getBoundingClientRect().top"
    assert browser.run(top) < 320
    browser.driver.add_cookie({"name": "tour", "value": "folded"})
    browser.open("/")
    assert browser.run(top) < 200
    browser.driver.delete_cookie("tour")
    browser.run("document.querySelector('.menu summary').click()")
    assert browser.run(shows) != "none"
    assert browser.run("return getComputedStyle(document.querySelector('.wide')).display") == "none"
