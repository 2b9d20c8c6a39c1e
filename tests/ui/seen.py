"""What a person would read on a page that was run without a browser."""

from typing import Any

from streamlit.testing.v1 import AppTest

from workbench.ui import feedback

HOSTILE = "![x](http://t/a.png) :red[x] <script>alert(1)</script> $x^2$"
MARKDOWN = ("markdown", "caption", "subheader", "info", "error", "warning", "success")


def words(app: AppTest) -> str:
    """All that Streamlit takes for Markdown, as it was handed over."""
    shown = [element.value for kind in MARKDOWN for element in app.get(kind)]
    return "\n".join([*shown, *(link.proto.label for link in app.get("page_link"))])


def texts(app: AppTest) -> list[str]:
    """All that Streamlit shows as it is."""
    return [element.value for element in app.text]


def assert_literal(app: AppTest, hostile: str = HOSTILE) -> None:
    """The hostile text is on the page, and nowhere as Markdown."""
    assert not app.exception
    assert hostile not in words(app)
    assert hostile in texts(app) or feedback.literal(hostile) in words(app)


def link(app: AppTest, label: str) -> Any:
    """The page link of this label."""
    return next(link.proto for link in app.get("page_link") if link.proto.label == label)


def button(app: AppTest, label: str) -> Any:
    """The button of this label."""
    return next(button for button in app.button if button.label == label)


def field(app: AppTest, label: str) -> Any:
    """The field of this label."""
    typed = [*app.text_area, *app.text_input, *app.date_input, *app.checkbox]
    fields = [*typed, *app.selectbox, *app.multiselect]
    return next(field for field in fields if field.label == label)
