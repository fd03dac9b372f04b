"""What the tests see of a page is what a browser would make of it."""

import markup
import pytest

PAGE = """<!doctype html>
<title>a &amp; b</title>
<p id="first">one<br>two &lt;&nbsp;<b>three</b></p>
<script>if (1 < 2) "</p>"</script>
<template id="outer" hidden><li><a href="x?a=1&amp;b">in</a>
<template><tr><td id="cell">deep</td></tr></template></li></template>
<pre>
line

</pre>"""


def test_texts_are_without_markup_and_entities() -> None:
    page = markup.parse(PAGE)
    assert markup.texts(page, "title, #first") == ["a & b", "onetwo <\xa0three"]
    assert markup.texts(page, "script") == ['if (1 < 2) "</p>"']
    # A browser leaves out the line break after the tag.
    assert markup.text(markup.one(page, "pre")) == "line\n\n"


def test_what_a_template_holds_is_found_too() -> None:
    page = markup.parse(PAGE)
    assert markup.values(page, "template li > a", "href") == ["x?a=1&b"]
    assert markup.texts(page, "#outer template td") == ["deep"]
    assert markup.values(page, "[id]", "id") == ["first", "outer", "cell"]
    assert markup.values(page, "template[hidden]", "hidden") == [""]


def test_an_element_that_matches_twice_is_found_once() -> None:
    page = markup.parse("<h2>a</h2><p class='x'>b</p><h2>c</h2>")
    assert markup.texts(page, "p, h2, .x, body > *") == ["a", "b", "c"]


def test_what_is_missing_fails() -> None:
    page = markup.parse("<p>a</p> <p>b</p>")
    with pytest.raises(AssertionError, match="2 elements match 'p'"):
        markup.one(page, "p")
    with pytest.raises(AssertionError, match="0 elements match 'b'"):
        markup.one(page, "b")
    with pytest.raises(AssertionError, match="no id: <p>a</p>"):
        markup.values(page, "p", "id")
    first, second = markup.find(page, "p")
    assert markup.after(first).mem_id == second.mem_id
    assert markup.before(second).mem_id == first.mem_id
    with pytest.raises(AssertionError, match="nothing beside <p>b</p>"):
        markup.after(second)
