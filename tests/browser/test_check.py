"""The page that checks code: what it finds, and that nothing leaves it."""

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import markup
import pytest
import scanner
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from support import ROOT

from book.model import Catalog
from browser.watching import watch_errors, watch_requests
from exports import bundle
from theme import checker

# The worker of the page is no other than the search's: pages here have theirs.
pytestmark = pytest.mark.search

#: Two violations in four lines that follow a comment.
CODE = """from dbos import DBOS, Queue

reports = Queue("reports")


@DBOS.workflow()
def report() -> None:
    open("report.txt", "w")
"""
#: Milliseconds that a thousand lines may take; an idle machine needs less than 60.
LIMIT = 300
#: Asks a worker of its own, with rules that the test chooses.
ASKING = """
async ([base, rules]) => {
  const get = async (path) => (await fetch(base + path)).arrayBuffer();
  const worker = new Worker(base + "worker.js");
  const [parser, grammar] = [await get("parser.wasm"), await get("python.wasm")];
  worker.postMessage({parser, grammar, rules}, [parser, grammar]);
  let turn = 0;
  window.ask = (source) => new Promise((resolve, reject) => {
    const own = ++turn;
    worker.onmessage = ({data}) => {
      if (data.error) reject(new Error(data.error));
      else if (data.turn === own && data.found) resolve(data);
    };
    worker.postMessage({turn: own, source});
  });
}
"""


@pytest.fixture
def check(new_context: Callable[..., BrowserContext], address: str) -> Iterator[Page]:
    """The page, ready; an error of its scripts fails the test."""
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    watch_errors(page, errors)
    page.goto(f"{address}check/")
    expect(page.locator(".check output")).to_contain_text("No findings in 1 line.")
    yield page
    assert not errors


def prepared(page: Page, address: str, rules: list[dict[str, Any]]) -> None:
    page.evaluate(ASKING, [f"{address}{checker.FOLDER}/", rules])


def found_by_the_page(page: Page, source: str) -> list[tuple[str, int, int]]:
    answer = page.evaluate("(source) => ask(source)", source)
    return sorted(
        (each["id"], each["line"], each["column"]) for each in answer["found"]
    )


def found_by_the_command(
    rules: Path, sources: dict[str, str], folder: Path
) -> dict[str, list[tuple[str, int, int]]]:
    found: dict[str, list[tuple[str, int, int]]] = {name: [] for name in sources}
    for name, source in sources.items():
        (folder / f"{name}.py").write_bytes(source.encode())
    for each in scanner.scan(rules, [folder]):
        found[each.path.stem].append((each.check, each.line, each.column))
    return {name: sorted(each) for name, each in found.items()}


def documents(catalog: Catalog) -> list[dict[str, Any]]:
    return [
        bundle.document(catalog, each, scanner.edition()) for each in catalog.checks
    ]


def test_findings_follow_what_is_typed(check: Page, site_url: str) -> None:
    source = check.get_by_label("Python code")
    source.fill(CODE)
    status = check.locator(".check output")
    expect(status).to_have_text("2 findings in 9 lines.")
    items = check.locator(".check-findings > li")
    expect(items).to_have_count(2)
    expect(items.first).to_have_class("error")
    expect(items.first.locator("pre")).to_have_text('reports = Queue("reports")')
    link = items.first.get_by_role("link")
    expect(link).to_have_text("queue-basics")
    assert link.evaluate("(link) => link.href").endswith("/rules/queue-basics/")
    assert check.locator(".check-gutter a").all_inner_texts() == ["3", "8"]
    # The line's button selects the place in the code.
    items.first.get_by_role("button").press("Enter")
    chosen = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert source.evaluate(chosen) == 'Queue("reports")'
    # What is mended is gone.
    source.fill(CODE.replace('Queue("reports")', '"reports"'))
    expect(status).to_have_text("1 finding in 9 lines.")
    source.fill("")
    expect(status).to_contain_text("No findings in 1 line. That is no proof")
    expect(items).to_have_count(0)


def test_findings_are_copied_for_a_review(check: Page, site_url: str) -> None:
    check.get_by_label("Python code").fill(CODE)
    check.get_by_role("button", name="Copy findings as Markdown").click()
    copied = check.evaluate("navigator.clipboard.readText()")
    lines = copied.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["- Line 3", "- Line 8"]
    assert lines[0].endswith(f"[queue-basics]({site_url}rules/queue-basics/)")


def test_a_file_is_opened_or_dropped(check: Page, tmp_path: Path) -> None:
    path = tmp_path / "app.py"
    # As on Windows.
    path.write_bytes(CODE.replace("\n", "\r\n").encode())
    check.get_by_label("Open a file").set_input_files(path)
    expect(check.locator(".check output")).to_have_text("2 findings in 9 lines.")
    check.evaluate(
        """(code) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([code], "other.py"));
          const options = {dataTransfer, bubbles: true, cancelable: true};
          const event = new DragEvent("drop", options);
          document.querySelector(".check textarea").dispatchEvent(event);
        }""",
        "import dbos\n\nq = dbos.Queue('q')\n",
    )
    expect(check.locator(".check output")).to_have_text("1 finding in 4 lines.")


def test_a_rule_opens_its_own_program(
    check: Page, address: str, catalog: Catalog
) -> None:
    check.goto(f"{address}rules/queue-basics/")
    check.get_by_role("link", name="Try it").first.click()
    expect(check.locator(".check-findings > li").first).to_contain_text("queue-basics")
    source = catalog.rule("queue-basics").snippet("incorrect").whole_file
    assert check.get_by_label("Python code").input_value() == source
    # Another one is loaded from the list, which has every program that a check finds.
    chooser = check.get_by_label("Load an incorrect program")
    offered = chooser.locator("option").evaluate_all("(all) => all.map((o) => o.value)")
    assert offered == ["", *checker.examples_of(catalog)]
    chooser.select_option("step-basics/incorrect")
    expect(check.locator(".check-findings > li").first).to_contain_text("step-basics")


def test_nothing_is_asked_for_while_code_is_typed(check: Page) -> None:
    asked: list[str] = []
    watch_requests(check, ("data:",), asked)
    source = check.get_by_label("Python code")
    source.press_sequentially("from dbos import Queue\nq = Queue('q')")
    expect(check.locator(".check output")).to_have_text("1 finding in 2 lines.")
    source.fill(CODE)
    expect(check.locator(".check output")).to_have_text("2 findings in 9 lines.")
    assert not asked


def test_the_worker_asks_nobody() -> None:
    """Our source has no way out, and takes away those of the parser's loader."""
    for name in ("engine.js", "worker.js"):
        code = (checker.SOURCES / name).read_text("utf-8")
        code = re.sub(r"(?m)^\s*//.*$", "", code)
        taken = re.search(
            r"for \(const name of \[([^\]]*)\]\)\s+self\[name\] = undefined", code
        )
        if name == "worker.js":
            assert taken
            assert set(re.findall(r'"(\w+)"', taken[1])) == {
                "EventSource",
                "WebSocket",
                "XMLHttpRequest",
                "fetch",
                "importScripts",
            }
            code = code.replace(taken[0], "")
        assert not re.search(
            r"\b(import|importScripts|fetch|XMLHttpRequest|WebSocket|EventSource|"
            r"sendBeacon|WebTransport|RTCPeerConnection)\b",
            code,
        ), name


def test_the_page_finds_what_the_command_finds(
    check: Page,
    address: str,
    catalog: Catalog,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """Rule, line and column, over all snippets."""
    prepared(check, address, documents(catalog))
    wanted: dict[Path, list[tuple[str, int, int]]] = {}
    rules = scanner.write_bundle(catalog, tmp_path / "rules.yml")
    for each in scanner.scan(rules, [ROOT / "snippets"]):
        wanted.setdefault(each.path, []).append((each.check, each.line, each.column))
    different, lines, milliseconds = [], 0, 0.0
    for snippet in catalog.snippets:
        answer = check.evaluate("(source) => ask(source)", snippet.source)
        found = [(each["id"], each["line"], each["column"]) for each in answer["found"]]
        if sorted(found) != sorted(wanted.get(snippet.path, [])):
            different.append(snippet.path.relative_to(ROOT))
        lines += len(snippet.lines)
        milliseconds += answer["milliseconds"]
    assert not different
    each_thousand = milliseconds / lines * 1000
    record_property(
        "summary", f"checks in the page: {each_thousand:.0f} ms per 1,000 lines"
    )
    assert each_thousand <= LIMIT


def variants(source: str) -> dict[str, str]:
    """The source as other people's editors may leave it, and broken."""
    half = len(source) // 2
    return {
        "crlf": source.replace("\n", "\r\n"),
        "tabs": source.replace("    ", "\t"),
        "emoji": re.sub(r'"(\w)', '"\N{OWL}é\\1', source),
        "cut": source[:half],
        "doubled": source[:half] + source,
        "unclosed": source.replace(")", "", 3),
        "empty": "",
        "no_end": source.rstrip("\n"),
        "ignored": re.sub(r"(?m)^( +)(\w)", r"\1# ast-grep-ignore\n\1\2", source),
    }


def test_odd_code_gives_the_same_findings(
    check: Page, address: str, catalog: Catalog, tmp_path: Path
) -> None:
    prepared(check, address, documents(catalog))
    names = [
        "queue-basics/incorrect",
        "step-basics/incorrect",
        "advanced-async/incorrect",
    ]
    sources = {
        f"{name.partition('/')[0]}_{kind}": text
        for name in names
        for kind, text in variants(
            (ROOT / f"snippets/{name}.py").read_text("utf-8")
        ).items()
    }
    rules = scanner.write_bundle(catalog, tmp_path / "rules.yml")
    (tmp_path / "sources").mkdir()
    wanted = found_by_the_command(rules, sources, tmp_path / "sources")
    found = {name: found_by_the_page(check, text) for name, text in sources.items()}
    assert found == wanted


def mutated(rule: Any, chance: random.Random) -> Any:
    """The rule with one part of it changed or gone, somewhere inside."""
    if isinstance(rule, list):
        at = chance.randrange(len(rule))
        if len(rule) > 1 and chance.random() < 0.4:
            return [*rule[:at], *rule[at + 1 :]]
        return [*rule[:at], mutated(rule[at], chance), *rule[at + 1 :]]
    if isinstance(rule, dict):
        key = chance.choice(list(rule))
        rest = {name: value for name, value in rule.items() if name != key}
        has_more = bool(
            set(rest) & {"kind", "pattern", "regex", "all", "any", "matches"}
        )
        if has_more and key not in ("kind", "pattern") and chance.random() < 0.5:
            return rest
        if key == "stopBy":
            return {**rest, key: "end"}
        return {**rule, key: mutated(rule[key], chance)}
    return rule


def test_changed_checks_give_the_same_findings(
    check: Page, address: str, catalog: Catalog, tmp_path: Path
) -> None:
    """The evaluator means what ast-grep means, also where no check of ours goes."""
    chance = random.Random(7)
    changed: list[dict[str, Any]] = []
    for number, each in enumerate(documents(catalog)):
        # Without a kind of nodes ast-grep refuses a rule.
        if "kind" in each["rule"]:
            kind = {"kind": each["rule"]["kind"]}
            rule = {"all": [kind, mutated(each["rule"], chance)]}
            each.pop("constraints", None)
            changed.append({**each, "id": f"changed-{number}", "rule": rule})
    path = tmp_path / "rules.yml"
    path.write_text(yaml.safe_dump_all(changed, sort_keys=False), "utf-8")
    prepared(check, address, changed)
    files = [each.path for each in catalog.snippets][::9]
    wanted: dict[Path, list[tuple[str, int, int]]] = {file: [] for file in files}
    for each in scanner.scan(path, files):
        wanted[each.path].append((each.check, each.line, each.column))
    for file, expected in wanted.items():
        found = found_by_the_page(check, file.read_text("utf-8"))
        assert found == sorted(expected), file
    assert sum(map(len, wanted.values())) > 100


def paste(page: Page, code: str) -> None:
    """As a paste: all at once."""
    page.get_by_label("Python code").evaluate(
        "(area, code) => {"
        " area.value = code; area.dispatchEvent(new Event('input')); }",
        code,
    )


def test_long_code_does_not_freeze_the_page(check: Page) -> None:
    """The page answers meanwhile, and shows what came last."""
    source = check.get_by_label("Python code")
    paste(check, "\n".join(CODE.replace("report", f"report_{n}") for n in range(600)))
    check.wait_for_timeout(250)
    # A frozen page would answer after the check.
    start = time.perf_counter()
    assert check.evaluate("1 + 1") == 2
    assert time.perf_counter() - start < 1
    source.fill(CODE)
    expect(check.locator(".check output")).to_have_text("2 findings in 9 lines.")
    check.wait_for_timeout(300)
    expect(check.locator(".check output")).to_have_text("2 findings in 9 lines.")


def test_long_code_is_counted_whole(check: Page) -> None:
    count = 560
    code = "\n".join(CODE for _ in range(count))
    paste(check, code)
    lines = code.count("\n") + 1
    assert lines >= 5000
    expect(check.locator(".check output")).to_have_text(
        f"{2 * count} findings in {lines} lines.", timeout=30_000
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_findings_are_accessible(
    new_context: Callable[..., BrowserContext], address: str, scheme: Any
) -> None:
    page = new_context(color_scheme=scheme).new_page()
    page.goto(f"{address}check/?example=queue-basics/incorrect")
    expect(page.locator(".check-findings > li").first).to_be_visible()
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_scrolls_sideways(
    new_context: Callable[..., BrowserContext], address: str, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{address}check/?example=step-basics/incorrect")
    expect(page.locator(".check-findings > li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_host_that_sends_the_policy_lets_it_work(
    new_context: Callable[..., BrowserContext], host_address: str
) -> None:
    page = new_context().new_page()
    errors: list[str] = []
    watch_errors(page, errors)
    page.goto(f"{host_address}check/?example=queue-basics/incorrect")
    expect(page.locator(".check-findings > li").first).to_be_visible()
    assert not errors


def test_no_page_runs_webassembly_itself(check: Page) -> None:
    """The worker may, where the page's own policy forbids it."""
    allowed = check.evaluate(
        "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))"
        ".then(() => true, () => false)"
    )
    assert not allowed


def test_without_script_there_is_the_command(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{address}check/")
    expect(page.locator(".check")).to_be_hidden()
    expect(page.get_by_text("uvx --from ast-grep-cli").first).to_be_visible()


def test_only_this_page_loads_it(site: Path) -> None:
    for path in site.rglob("*.html"):
        scripts = markup.values(markup.load(path), "script[src]", "src")
        loads = any(script.endswith("assets/check.js") for script in scripts)
        assert loads == (path == site / "check/index.html"), path


def test_the_rules_of_the_page_are_those_of_the_file(site: Path) -> None:
    rules = json.loads((site / checker.FOLDER / "rules.json").read_text("utf-8"))
    text = (site / bundle.PATH).read_text("utf-8")
    assert rules == list(yaml.safe_load_all(text))
