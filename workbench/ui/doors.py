"""The pages at the door as HTML: what is put into them is text, whatever it says."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from starlette.responses import HTMLResponse

from workbench.ui.components import asset
from workbench.workflow.accounts import MAX_DISPLAY_CHARACTERS, MAX_NAME_CHARACTERS
from workbench.workflow.passwords import MAX_CHARACTERS, MIN_CHARACTERS

ICON = Path(__file__).parent / "components" / "icon.svg"


def page(title: str, *parts: str, status: int = 200) -> HTMLResponse:
    """A page of these parts, which are HTML."""
    icon = quote(ICON.read_text(encoding="utf-8"))
    html = Template(asset("entrance.html")).substitute(
        title=escape(title), icon=icon, body="\n".join(part for part in parts if part)
    )
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


def form(action: str, button: str, *fields: str) -> str:
    """A form that is sent to a path of ours."""
    inside = "\n".join(field for field in fields if field)
    sent_by = f"<button>{escape(button)}</button>"
    return f'<form method="post" action="{escape(action)}">{inside}{sent_by}</form>'


def error(sentence: str) -> str:
    """What could not be done, said first."""
    return f'<p role="alert">{escape(sentence)}</p>' if sentence else ""


def text(sentence: str, *, quiet: bool = False) -> str:
    """A paragraph."""
    return f"<p{' class=quiet' if quiet else ''}>{escape(sentence)}</p>"


def link(words: str, address: str, *, button: bool = False) -> str:
    """A link; as a button where it is what one does here."""
    looks = ' class="button plain"' if button else ""
    return f'<a href="{escape(address)}"{looks}>{escape(words)}</a>'


def hidden(name: str, value: str) -> str:
    """What the form brings along."""
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def name_field(sent: Mapping[str, str], *, new: bool = False) -> str:
    """The name to sign in with; for a new one it says what is taken."""
    about = (
        "Letters, digits, dots, hyphens, no spaces. Exports name you so: it may be a pseudonym."
        if new
        else ""
    )
    return _field("Name", "name", sent.get("name", ""), "username", about, most=MAX_NAME_CHARACTERS)


def shown_name_field(sent: Mapping[str, str]) -> str:
    """The name that others on the workbench see."""
    about = "How others on this workbench see you; your name if empty."
    value = sent.get("display_name", "")
    return _field(
        "Shown name", "display_name", value, "name", about, most=MAX_DISPLAY_CHARACTERS, must=False
    )


def password_field() -> str:
    """The password that somebody has."""
    return _field("Password", "password", "", "current-password", kind="password")


def old_password_field() -> str:
    """The password that is to be changed."""
    return _field("Present password", "old", "", "current-password", kind="password")


def new_password_fields() -> str:
    """A new password, twice, so that a slip is noticed."""
    about = f"At least {MIN_CHARACTERS} characters; a few words in a row are easy to remember."
    return "\n".join(
        (
            _field("New password", "password", "", "new-password", about, kind="password"),
            _field("The same again", "again", "", "new-password", kind="password"),
        )
    )


def _field(
    title: str,
    name: str,
    value: str,
    filled: str,
    about: str = "",
    *,
    kind: str = "text",
    most: int = MAX_CHARACTERS,
    must: bool = True,
) -> str:
    """A field with its label; `filled` says to the browser what it may fill in by itself."""
    more = " required" if must else ""
    more += ' autocapitalize="none" spellcheck="false"' if name == "name" else ""
    said = f'<small id="about-{name}">{escape(about)}</small>' if about else ""
    more += f' aria-describedby="about-{name}"' if about else ""
    return (
        f'<div class="field"><label><span>{escape(title)}</span><input name="{name}" type="{kind}" '
        f'value="{escape(value)}" autocomplete="{filled}" maxlength="{most}"{more}></label>'
        f"{said}</div>"
    )
