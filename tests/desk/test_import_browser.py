"""The Import page in a real browser, as a new user walks it: at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, served
from django.test import Client
from importing import desk_over, tickets

import goodwill

pytestmark = pytest.mark.browser
VIEWS = ((360, "light"), (1280, "dark"))
LATE = "My parcel should have come on Monday and nobody answers the phone at all"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    browser = Browser()
    yield browser
    browser.driver.quit()


@pytest.fixture
def real(client: Client, user: Any, tmp_path: Path) -> Iterator[goodwill.Book]:
    """An empty Book that the desk serves; Ada may import."""
    with pytest.MonkeyPatch.context() as patch, desk_over(tmp_path, patch) as book:
        yield book


@pytest.fixture
def browser(chromium: Browser, client: Client, real: goodwill.Book) -> Iterator[Browser]:
    """Ada's browser, signed in, at 1280."""
    with served() as base:
        chromium.sign_in(base, client.cookies["sessionid"].value)
        chromium.window(1280, "light")
        yield chromium


def check(browser: Browser, what: str) -> None:
    """Hold the page that is open to the bars."""
    for width, look in VIEWS:
        browser.window(width, look)
        assert browser.axe() == [], f"{what} at {width}, {look}"
        assert browser.overflow() <= 0, f"{what} at {width}"
    browser.window(1280, "light")
    assert browser.complaints() == [], what


def click(browser: Browser, selector: str) -> None:
    from selenium.webdriver.common.by import By

    browser.driver.find_element(By.CSS_SELECTOR, selector).click()


def shows(browser: Browser, text: str) -> None:
    try:
        browser.until(
            f"document.querySelector('main').innerText.replace(/\\s+/g, ' ').includes({text!r})",
            120,
        )
    except AssertionError:
        raise AssertionError(browser.run("return document.body.innerText")) from None


def test_a_new_user_brings_a_file_in_mends_a_row_parts_two_events_and_finds_them(
    browser: Browser, real: goodwill.Book, tmp_path: Path
) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.select import Select

    driver = browser.driver
    path = tmp_path / "tickets.csv"
    ticket = f"60,29/01/2025 10:00,C-10005,{LATE}\r\n"
    path.write_bytes(tickets(0, 60, {7: "31/02/2025 10:00"}) + ticket.encode())
    reviews = tmp_path / "reviews.csv"
    header = "Review ID,Date,Stars,Review,Reviewer"
    reviews.write_text(f"{header}\nR-1,2025-01-29 15:00:00,1,{LATE}!,jo77\n")
    real.add(reviews, source="reviews")
    browser.open("/")
    shows(browser, "Nothing was refreshed in this Book yet")
    click(browser, "main a.first")
    shows(browser, "Files to import")
    check(browser, "the Import page")

    driver.find_element(By.ID, "files").send_keys(str(path))
    click(browser, ".drop button")
    shows(browser, "Is this right?")  # the page followed the job by itself
    assert browser.run("return document.getElementById('job-said').textContent") in (
        "", "Is this right?",
    )  # fmt: skip
    check(browser, "how a file is read")

    driver.find_element(By.LINK_TEXT, "Correct which column is which").click()
    check(browser, "the correction")
    Select(driver.find_element(By.ID, "contacts.channel")).select_by_value("")
    channel = driver.find_element(By.NAME, "contacts.channel.value")
    channel.clear()
    channel.send_keys("web_form")
    Select(driver.find_element(By.NAME, "contacts.at.order")).select_by_value("dmy")
    for details in driver.find_elements(By.CSS_SELECTOR, ".mapping details:not([open])"):
        browser.run("arguments[0].open = true", details)
    check(browser, "the whole correction")
    click(browser, ".mapping .act button")
    shows(browser, "Read as you said")
    assert "web_form" in driver.find_element(By.CSS_SELECTOR, ".fields").text

    click(browser, ".judge button.first")
    shows(browser, "The pages are new: 60 contacts")
    check(browser, "what became of it")
    job = driver.current_url

    browser.open("/customers/company:C-10005/")
    shows(browser, "The same, told by another source (counted once)")
    pressed = (("These are two", "Said to be"), ("No, it is", "once"), ("These are", "Said to be"))
    for said, then in pressed:
        driver.find_element(By.XPATH, f"//button[contains(., '{said}')]").click()
        shows(browser, then)
    check(browser, "two events")
    driver.find_element(By.LINK_TEXT, "refresh").click()
    shows(browser, "Something was decided since the pages were made")
    driver.get(job)

    driver.find_element(By.PARTIAL_LINK_TEXT, "that could not be taken").click()
    shows(browser, "1 row could not be taken")
    check(browser, "the quarantine")
    click(browser, ".mend tbody th a")
    check(browser, "a row in quarantine")
    driver.back()
    driver.find_element(By.CSS_SELECTOR, ".mend td input:not([type=hidden])").send_keys(
        "03/02/2025 10:00"
    )
    click(browser, ".mend .act button")
    shows(browser, "1 read = 1 new")
    check(browser, "rows tried again")
    click(browser, "main button.first")
    shows(browser, "The pages are new: 62 contacts")

    driver.find_element(By.LINK_TEXT, "See the overview").click()
    shows(browser, "62 new")
    browser.open("/import/")
    check(browser, "the history")
    browser.open("/customers/company:C-10007/")
    shows(browser, "I want my refund, the money is still not back on my account, letter 7")
    browser.open("/customers/company:C-10005/")
    shows(browser, LATE)
    assert "told by another source" not in driver.find_element(By.TAG_NAME, "main").text
    assert real.table("same_event").num_rows == 0
    contacts = real.table("contacts").select(["source", "channel"]).to_pylist()
    assert {row["channel"] for row in contacts if row["source"] == "company"} == {"web_form"}


def test_every_control_of_the_pages_is_reached_by_key_and_seen(
    browser: Browser, real: goodwill.Book, tmp_path: Path
) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    path = tmp_path / "tickets.csv"
    path.write_bytes(tickets(0, 40, {7: "31/02/2025 10:00"}))
    real.add(path)
    for address in ("/import/", "/import/quarantine/"):
        browser.open(address)
        wanted = browser.run(
            """
            const all = [...document.querySelectorAll("a[href], button, input, select, summary")];
            window.wanted = all.filter((e) => e.checkVisibility() && e.type !== "hidden");
            return window.wanted.length;
            """
        )
        reached, unseen = set(), []
        for _ in range(2 * wanted):
            ActionChains(browser.driver).send_keys(Keys.TAB).perform()
            place, mark, text = browser.run(
                """
                const e = document.activeElement, s = getComputedStyle(e);
                return [window.wanted.indexOf(e), s.outlineStyle, e.outerHTML.slice(0, 80)];
                """
            )
            if mark == "none" and text[:5] != "<body":
                unseen.append(text)
            reached.add(place)
            if len(reached - {-1}) == wanted:
                break
        assert unseen == []
        assert reached >= set(range(wanted)), address
