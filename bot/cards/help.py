"""What one can say to the bot, with examples to tap, and what to do with a command it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards.actions import ShowHelp
from bot.cards.kit import Button, Buttons, Card, Divider, Element, Markdown, Note
from bot.cards.words import LONGEST_NAME, clipped
from bot.domain.intent import Ask
from bot.i18n import T

NEAREST = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing a person can ask: its command, what it does, and how people say it in their language."""

    command: str
    title: T
    text: T
    examples: T


TOPICS: Mapping[str, Topic] = {
    "meet": Topic("/meet", T("help.meet_title"), T("help.meet"), T("help.meet_examples")),
    "find": Topic("/find", T("help.find_title"), T("help.find"), T("help.find_examples")),
    "free": Topic("/free", T("help.free_title"), T("help.free"), T("help.free_examples")),
    "undo": Topic("/undo", T("help.undo_title"), T("help.undo"), T("help.undo_examples")),
    "settings": Topic("/settings", T("help.settings_title"), T("help.settings"), T("help.settings_examples")),
    "login": Topic("/login", T("help.login_title"), T("help.login"), T("help.login_examples")),
    "help": Topic("/help", T("help.help_title"), T("help.help"), T("help.help_examples")),
}


def help_card(topic: str | None = None) -> Card:
    """Everything at a glance, or one topic at length; an unknown topic shows everything."""
    if topic is not None and (known := TOPICS.get(topic.removeprefix("/"))):
        return _topic(known)
    body: list[Element] = [Markdown(T("help.intro"))]
    body += [_line(each) for each in TOPICS.values()]
    body += [Divider(), _more(), Note(T("help.footer"))]
    return Card(T("help.title"), body)


def greeting_card(name: str | None = None) -> Card:
    """Hello, and the first thing to try."""
    hello = T("greeting.hello", name=clipped(name, LONGEST_NAME)) if name else T("greeting.hello_all")
    body: list[Element] = [Markdown([hello, T("greeting.what")]), Markdown(T("help.meet_examples")), _more()]
    return Card(T("greeting.title"), body)


def unknown_command(name: str, nearest: Sequence[str]) -> Card:
    """The commands that look like it, each with an example. ``nearest`` are names of commands, best first."""
    known = [topic for each in [*nearest, *TOPICS] if (topic := TOPICS.get(each.removeprefix("/")))]
    known = list(dict.fromkeys(known))[:NEAREST]
    body: list[Element] = [Markdown(T("help.unknown", name=clipped(name, LONGEST_NAME)))]
    body += [_line(each) for each in known]
    return Card(T("help.unknown_title"), [*body, _more()], template="orange")


def not_understood_card() -> Card:
    """Nothing to arrange was found in the words: the things that can be asked, each with examples."""
    body: list[Element] = [
        Markdown(T("help.not_understood")),
        *_first_things(),
        _more(),
    ]
    return Card(T("help.not_understood_title"), body, template="orange")


def not_yet_card(ask: Ask) -> Card:
    """Understood, but not something this version does: which wish it was, and what works instead."""
    wish = Markdown(T("help.not_yet", wish=T(f"wish.{ask}")))
    return Card(T("help.not_yet_title"), [wish, *_first_things(), _more()], template="orange")


def _topic(topic: Topic) -> Card:
    body: list[Element] = [Markdown(topic.text), Markdown([T("help.say"), topic.examples]), Buttons([_all()])]
    return Card(T("help.topic_title", title=topic.title), body, subtitle=T("help.command", command=topic.command))


def _first_things() -> list[Markdown]:
    return [_line(TOPICS[name]) for name in ("meet", "free")]


def _line(topic: Topic) -> Markdown:
    return Markdown([T("help.line", command=topic.command, title=topic.title), topic.examples])


def _all() -> Button:
    return Button(T("help.all"), ShowHelp(), element_id="help_all")


def _more() -> Buttons:
    return Buttons([Button(topic.title, ShowHelp(name), element_id=f"help_{name}") for name, topic in TOPICS.items()])
