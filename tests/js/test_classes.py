"""Pages and style sheets name the same classes: no dead rule, no name without a look."""

from tests.support import css_classes


def test_pages_and_sheets_know_the_same_classes() -> None:
    """What nobody uses goes; what has no look was meant to have one, or is a slip of the pen."""
    assert css_classes.of_this_tree() == []


def test_a_class_that_only_one_side_knows_is_found() -> None:
    css = """
    /* .told { } */
    @media (max-width: 3.5rem) { .used, .dead:hover > b { inset: 0.5rem } }
    .seed--1 { color: red } .block__part { color: red }
    """
    html = """
    {# class="told" #}
    <p class="used{% if x %} bare{% endif %} seed--{{ number }} block"></p>
    <i class="lost--{{ number }} block__part found"></i>
    """
    js = 'place.querySelector(".found"); place.classList.add("forgotten")'
    assert css_classes.faults(css, html, js) == [
        ".dead has a look, and nothing is called so",
        '"bare" is given to an element, and has no look',
        '"forgotten" is given to an element, and has no look',
        '"lost--*" is given to an element, and has no look',
    ]
