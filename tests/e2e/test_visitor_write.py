"""Writing: what is shown is kept, whatever the letters are and whatever the network does."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.support.settled import draft_answer, drafted, until_asked

Visit = Callable[..., Page]
Screen = Callable[[Page, str], None]


def write(page: Page, text: str) -> None:
    page.locator(".door--write").click()
    page.get_by_label("What you want to say").fill(text)
    page.get_by_role("button", name="Done").click()


def test_struck_words_are_counted_as_the_kiosk_counts(visit: Visit, screen: Screen) -> None:
    """An emoji is two units in the browser and one at the kiosk; nobody's word may slip."""
    page = visit()
    write(page, "🙂🙃 Nobody answers 👩‍🚒 mails, ever.")
    screen(page, "preview")
    page.locator(".word", has_text="mails,").click()
    page.locator(".word", has_text="ever.").click()
    with page.expect_request("**/keep") as kept:
        page.get_by_role("button", name="Keep").click()
    text = "🙂🙃 Nobody answers 👩‍🚒 mails, ever."
    [[start, end]] = kept.value.post_data_json["struck"]
    assert text[start:end] == "mails, ever."
    screen(page, "kept")


def test_a_drag_strikes_every_word_it_passes(visit: Visit, screen: Screen) -> None:
    page = visit()
    write(page, "the soup is often too cold")
    screen(page, "preview")
    words = page.locator(".word")
    page.mouse.move(*centre(words.nth(1).bounding_box()))
    page.mouse.down()
    page.mouse.move(*centre(words.nth(3).bounding_box()), steps=6)
    page.mouse.up()
    struck = page.locator(".word[aria-pressed=true]")
    assert struck.all_inner_texts() == ["soup", "is", "often"]
    words.nth(2).click()
    assert struck.all_inner_texts() == ["soup", "often"]


def test_details_are_gone_from_the_preview_and_change_goes_back_to_the_text(
    visit: Visit, screen: Screen
) -> None:
    page = visit()
    write(page, "Write to anna.berg@example.org, please.")
    screen(page, "preview")
    assert page.locator(".word.placeholder").all_inner_texts() == ["an e-mail address"]
    assert "anna" not in page.locator("strike-words").inner_text()
    page.get_by_role("button", name="Change it").click()
    screen(page, "write")
    expect(page.get_by_label("What you want to say")).to_have_value(
        "Write to anna.berg@example.org, please."
    )


def test_a_cut_connection_at_keep_is_tried_again_and_kept_once(
    visit: Visit, screen: Screen
) -> None:
    """The kiosk kept it, the answer got lost, the second try gives the same four words."""
    page = visit(expects_errors=True)
    write(page, "The stairs are slippery.")
    screen(page, "preview")
    answers: list[str] = []

    def cut_once(route: Route) -> None:
        answer = route.fetch()
        answers.append(answer.json()["receipt"])
        if len(answers) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/keep", cut_once)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Trying again; nothing is lost.")).to_be_visible()
    screen(page, "kept")
    assert len(set(answers)) == 1
    assert " ".join(page.locator(".kept__word").all_inner_texts()) == answers[0]


def test_a_refusal_is_one_plain_sentence_and_nothing_is_lost(visit: Visit, screen: Screen) -> None:
    page = visit(expects_errors=True)
    sentence = "The kiosk has no room left, so nothing was kept. Please tell a facilitator."
    page.route(
        "**/keep",
        lambda route: route.fulfill(
            status=507, content_type="application/problem+json", json={"detail": sentence}
        ),
    )
    write(page, "The stairs are slippery.")
    screen(page, "preview")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
    assert page.locator("strike-words").inner_text() == "The stairs are slippery."
    page.unroute("**/keep")
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")


def test_a_kiosk_that_does_not_answer_costs_no_word(visit: Visit, screen: Screen) -> None:
    page = visit(expects_errors=True)
    page.route("**/api/drafts", lambda route: route.abort())
    write(page, "Still here?")
    alert = page.get_by_role("alert").filter(has_text="The kiosk does not answer.")
    expect(alert).to_be_visible(timeout=60_000)
    screen(page, "write")
    expect(page.get_by_label("What you want to say")).to_have_value("Still here?")
    page.wait_for_timeout(6_000)  # longer than there used to be tries
    page.get_by_label("What you want to say").press_sequentially(" Then louder.")
    expect(page.get_by_role("button", name="Done")).to_be_disabled()  # it is on its way already
    page.unroute("**/api/drafts")
    screen(page, "preview")  # by itself
    assert alert.count() == 0
    expect(page.locator("strike-words")).to_have_text("Still here? Then louder.")


def test_a_draft_that_took_too_long_is_previewed_anew(visit: Visit, screen: Screen) -> None:
    """The kiosk forgets drafts after minutes; the page still has the words and shows them."""
    page = visit(expects_errors=True)
    with page.expect_response("**/api/drafts") as made:
        write(page, "A long think.")
    screen(page, "preview")
    assert draft_answer(page, drafted(made.value), "DELETE") == 204
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("we made the preview again")).to_be_visible()
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")


def test_the_room_left_is_told_only_near_the_limit(visit: Visit) -> None:
    page = visit()
    page.locator(".door--write").click()
    field, left = page.get_by_label("What you want to say"), page.locator("#note-left")
    field.fill("a" * 8_000)
    expect(left).to_be_empty()
    field.fill("a" * 9_990)
    expect(left).to_have_text("Characters left: 10")
    field.fill("a" * 9_998 + "🙂🙂🙂")
    expect(left).to_have_text("Characters too many: 1. Please shorten your text.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="Done")).to_be_disabled()


def test_a_feeling_goes_along_and_can_be_taken_off_again(visit: Visit, screen: Screen) -> None:
    page = visit()
    write(page, "It was a long week.")
    screen(page, "preview")
    page.locator(".choice", has_text="Tired").click()
    page.locator(".choice", has_text="Hopeful").click()
    assert page.locator("input[name=feeling]:checked").count() == 1
    with page.expect_request("**/keep") as kept:
        page.get_by_role("button", name="Keep").click()
    assert kept.value.post_data_json["feeling"] == "hopeful"


def test_a_silence_is_held_for_a_breath_then_left_and_can_be_taken_back(
    visit: Visit, screen: Screen
) -> None:
    page = visit()
    page.get_by_role("button", name="I would rather not say yet").click()
    screen(page, "quiet")
    leave = page.get_by_role("button", name="Leave this silence here?")
    expect(leave).to_be_hidden()
    leave.click()
    screen(page, "kept")
    page.get_by_role("button", name="Take it back now").click()
    page.get_by_role("button", name="Yes, take it back").click()
    screen(page, "forgotten")


def test_another_language_asks_before_it_forgets_the_words(visit: Visit, screen: Screen) -> None:
    """Whoever looks for their language in the middle of a text does not lose it by that."""
    page = visit()
    page.locator(".door--write").click()
    field = page.get_by_label("What you want to say")
    field.fill("The night shift is short again, and nobody says why.")
    page.get_by_role("link", name="Polski").click()
    page.get_by_role("button", name="Not yet").click()
    expect(field).to_have_value("The night shift is short again, and nobody says why.")
    page.get_by_role("link", name="Polski").click()
    page.get_by_role("button", name="Yes, forget it").click()
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    screen(page, "start")


def test_a_feeling_leads_on_and_goes_along_with_what_is_made_of_it(
    visit: Visit, screen: Screen
) -> None:
    page = visit()
    page.get_by_role("button", name="Worried").click()
    screen(page, "more")
    expect(page.locator(".more__feeling")).to_have_text("Worried")
    page.locator(".way--write").click()
    page.get_by_label("What you want to say").fill("The stairs are slippery.")
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    expect(page.locator("input[name=feeling]:checked")).to_have_value("worried")


def test_a_question_chosen_before_a_door_stands_on_the_way_and_is_ticked(
    visit: Visit, screen: Screen
) -> None:
    """As with a second question; nothing of it is left on the start once one has begun."""
    page = visit()
    page.evaluate(SECOND_QUESTION)
    page.get_by_role("button", name="What else?").click()
    page.locator(".door--write").click()
    screen(page, "write")
    expect(page.locator("[data-screen=write] .screen__question")).to_have_text("What else?")
    assert page.locator("[data-ask][aria-pressed=true]").count() == 0
    page.get_by_label("What you want to say").fill("The stairs are slippery.")
    page.get_by_role("button", name="Done").click()
    screen(page, "preview")
    expect(page.locator("input[name=question]:checked")).to_have_value("1")


SECOND_QUESTION = """() => {
  document.querySelector("draft-preview").ask(["What should we know?", "What else?"])
  const more = document.createElement("button")
  Object.assign(more, {type: "button", className: "button", textContent: "What else?"})
  more.dataset.ask = "1"
  document.querySelector(".start__ask").append(more)
}"""


def test_something_good_leads_on_too(visit: Visit, screen: Screen) -> None:
    page = visit()
    page.get_by_role("button", name="Something good").click()
    screen(page, "more")
    with page.expect_request("**/api/items") as kept:
        page.get_by_role("button", name="Just leave it").click()
    assert kept.value.post_data_json["feeling"] == "good"
    screen(page, "kept")


def test_two_quick_touches_keep_one_feeling(visit: Visit, screen: Screen) -> None:
    """While the kiosk is slow the button shows it, and a second touch does not count."""
    page = visit()
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    page.route("**/api/items", wait)
    page.get_by_role("button", name="Tired").click()
    leave = page.get_by_role("button", name="Just leave it")
    leave.click()
    expect(leave).to_have_attribute("aria-busy", "true")
    leave.click()
    until_asked(page, waiting)
    page.wait_for_timeout(300)
    [only] = waiting
    assert only.request.post_data_json["feeling"] == "tired"
    only.continue_()
    screen(page, "kept")


def test_a_take_back_without_an_answer_is_no_promise_and_leaves_the_words(
    visit: Visit, screen: Screen
) -> None:
    page = visit(expects_errors=True)
    page.get_by_role("button", name="Something good").click()
    page.get_by_role("button", name="Just leave it").click()
    screen(page, "kept")
    page.route("**/api/receipt", lambda route: route.abort())
    page.get_by_role("button", name="Take it back now").click()
    page.get_by_role("button", name="Yes, take it back").click()
    alert = page.get_by_role("alert").filter(has_text="it may not be taken back yet")
    expect(alert).to_be_visible(timeout=60_000)
    expect(page.get_by_text("This page stays for ten minutes").first).to_be_visible()
    page.unroute("**/api/receipt")
    page.get_by_role("button", name="Take it back now").click()
    page.get_by_role("button", name="Yes, take it back").click()
    screen(page, "forgotten")


def test_four_words_find_it_and_take_it_back(visit: Visit, screen: Screen) -> None:
    """They show a state, never the words that were kept."""
    page = visit()
    write(page, "The roof leaks.")
    screen(page, "preview")
    page.get_by_role("button", name="Keep").click()
    screen(page, "kept")
    words = " ".join(page.locator(".kept__word").all_inner_texts())
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="I have four words").click()
    page.get_by_label("Word 1").fill(words.upper().replace(" ", ",  "))  # pasted, say
    fields = [page.get_by_label(f"Word {number}") for number in (1, 2, 3, 4)]
    assert " ".join(each.input_value() for each in fields) == words
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("It is here, sealed with the others.")).to_be_visible()
    assert "roof" not in page.locator("main").inner_text()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("button", name="Yes, take it back").click()
    screen(page, "forgotten")
    page.get_by_role("button", name="Back to the start").click()
    page.get_by_role("button", name="I have four words").click()
    look = page.get_by_role("button", name="Look")
    place = look.bounding_box()
    for number, word in enumerate(words.split()):
        expect(fields[number]).to_be_focused()
        page.keyboard.type(word[:2])
        offered = page.get_by_role("option")
        expect(offered.first).to_have_text(re.compile(f"^{word[:2]}"))
        assert offered.count() <= 6
        assert look.bounding_box() == place  # nothing moves
        page.keyboard.type(word[2:-1])
        keys = offered.all_inner_texts().index(word) + 1
        for _each in range(keys):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    assert " ".join(each.input_value() for each in fields) == words
    look.click()
    expect(page.get_by_text("Nothing is kept under these words.")).to_be_visible()


def test_the_address_never_tells(visit: Visit, screen: Screen) -> None:
    page = visit()
    write(page, "Nothing to see.")
    screen(page, "preview")
    assert re.fullmatch(r"http://[^/]+/", page.url)


def centre(box: dict[str, float] | None) -> tuple[float, float]:
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
