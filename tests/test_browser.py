"""The page in a browser: it opens, filters filter, keys work, nothing leaves it."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import Select, WebDriverWait

from benchmark import Quote, score
from tests.build import QUOTES, gold, predictions, quote

BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
DRIVER = shutil.which("chromedriver")
pytestmark = [
    pytest.mark.skipif(
        BROWSER is None or DRIVER is None,
        reason="no browser: install Debian's chromium and chromium-driver",
    ),
    pytest.mark.xdist_group("browser"),
]
SCRIPT = "<script>alert(1)</script>"
Open = Callable[[str], WebDriver]


@pytest.fixture(scope="module")
def driver(tmp_path_factory) -> Iterator[WebDriver]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER or ""
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1200,900",
        f"--user-data-dir={tmp_path_factory.mktemp('profile')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    # A driver that is named is not looked for, so nothing is downloaded.
    browser = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield browser
    browser.quit()


@pytest.fixture
def opened(driver: WebDriver, tmp_path: Path) -> Open:
    def open_page(html: str) -> WebDriver:
        path = tmp_path / "report.html"
        path.write_text(html, encoding="utf-8")
        driver.get_log("performance")
        driver.get(path.as_uri())
        return driver

    return open_page


def small_page() -> str:
    answers = [
        predictions(*QUOTES[:2], quote(3, "more rain would come", speaker=SCRIPT)),
        predictions(QUOTES[0], Quote(quote="It never was said."), doc_id="e"),
    ]
    return score(answers, [gold(), gold("e")], draws=20).to_html()


def shows(driver: WebDriver, status: str) -> bool:
    """Whether the line above the list says so, at once or in a moment."""
    WebDriverWait(driver, 5, poll_frequency=0.02).until(
        lambda page: page.find_element(By.ID, "status").text == status,
        f"not {status!r} but {driver.find_element(By.ID, 'status').text!r}",
    )
    return True


def choose(driver: WebDriver, name: str, value: str) -> None:
    Select(driver.find_element(By.NAME, name)).select_by_value(value)


def test_it_opens_and_asks_for_nothing(opened):
    driver = opened(small_page())
    assert len(driver.find_elements(By.CSS_SELECTOR, "details.doc")) == 2
    assert driver.find_element(By.ID, "status").text == "9 quotations in 2 documents"
    asked = [
        message["params"]["request"]["url"]
        for entry in driver.get_log("performance")
        if (message := json.loads(entry["message"])["message"])["method"]
        == "Network.requestWillBeSent"
    ]
    # A browser starts with blank pages of its own ("data:", "chrome:").
    own = ("data:", "chrome:", "about:")
    assert {url.rpartition("/")[2] for url in asked if not url.startswith(own)} == {"report.html"}
    assert not [url for url in asked if url.startswith(("http", "ws", "ftp"))]
    assert driver.get_log("browser") == []


def test_a_script_as_a_speaker_stays_text(opened):
    driver = opened(small_page())
    assert SCRIPT in driver.find_element(By.CSS_SELECTOR, ".items").text
    assert len(driver.find_elements(By.TAG_NAME, "script")) == 2


def test_filters_filter(opened):
    driver = opened(small_page())
    # Document d misses quote 4; e misses 2 to 4.
    choose(driver, "kind", "missed")
    assert shows(driver, "4 quotations in 2 documents")
    choose(driver, "speaker", "Otto Brandt")
    assert shows(driver, "1 quotation in 1 document")
    driver.find_element(By.CSS_SELECTOR, "button[type=reset]").click()
    assert shows(driver, "9 quotations in 2 documents")
    choose(driver, "agency", "Interfax")
    assert shows(driver, "2 quotations in 2 documents")
    choose(driver, "phenomenon", "split_quote")
    assert shows(driver, "2 quotations in 2 documents")
    choose(driver, "kind", "wrong_speaker")
    assert shows(driver, "0 quotations in 0 documents")


def test_keys_move_and_light_up_what_belongs_together(opened):
    driver = opened(small_page())
    mark = driver.find_element(By.CSS_SELECTOR, ".text span[tabindex]")
    driver.execute_script("arguments[0].focus()", mark)
    lit = driver.find_elements(By.CSS_SELECTOR, ".on")
    assert {one.get_attribute("data-items") for one in lit} == {"0"}
    # Content, cue and source in the text, and the card in the list.
    assert len(lit) == 4
    mark.send_keys(Keys.TAB)
    moved = driver.switch_to.active_element
    assert moved.get_attribute("data-items") == "1"


def test_marks_cover_the_words(opened):
    driver = opened(small_page())
    both = driver.find_elements(By.CSS_SELECTOR, ".text .gold.guess")
    assert [one.text for one in both][:2] == ["the dam had held", "We were lucky"]
    assert driver.find_element(By.CSS_SELECTOR, ".text").text == gold().text


def test_a_thousand_documents_are_shown_a_page_at_a_time(opened):
    golds = [gold(f"d{number:04}") for number in range(1000)]
    answers = [predictions(*QUOTES[: number % 5], doc_id=f"d{number:04}") for number in range(1000)]
    driver = opened(score(answers, golds, draws=0).to_html())
    assert len(driver.find_elements(By.CSS_SELECTOR, "details.doc")) == 20
    # Only what is open is laid out.
    assert len(driver.find_elements(By.CSS_SELECTOR, ".both")) == 1
    driver.find_element(By.ID, "on").click()
    assert driver.find_element(By.ID, "place").text == "page 2 of 50"
    assert driver.find_element(By.CSS_SELECTOR, "details.doc b").text == "d0020"
    box = driver.find_element(By.NAME, "document")
    box.send_keys("d0777")
    assert driver.find_element(By.ID, "place").text == "page 1 of 1"


def test_it_fits_a_phone(opened):
    driver = opened(small_page())
    sizes = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sizes)
    try:
        width = driver.execute_script("return document.documentElement.scrollWidth")
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert width <= 390
