"""What one can say to the bot, with examples to tap, and what to do with a command it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards.actions import ShowHelp
from bot.cards.kit import Button, Buttons, Card, Divider, Element, Markdown, Note
from bot.i18n import T


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing a person can ask: its command, what it does, and how people say it in their language."""

    command: str
    title: T
    text: T
    examples: T


TOPICS: Mapping[str, Topic] = {
    "meet": Topic("/meet", T("help.meet_title"), T("help.meet"), T("help.meet_examples")),
    "free": Topic("/free", T("help.free_title"), T("help.free"), T("help.free_examples")),
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
    hello = T("greeting.hello", name=name) if name else T("greeting.hello_all")
    body: list[Element] = [Markdown([hello, T("greeting.what")]), Markdown(T("help.meet_examples")), _more()]
    return Card(T("greeting.title"), body)


def unknown_command(name: str, nearest: Sequence[str]) -> Card:
    """The commands that look like it, each with an example. ``nearest`` are names of commands, best first."""
    known = [topic for each in nearest if (topic := TOPICS.get(each.removeprefix("/")))]
    body: list[Element] = [Markdown(T("help.unknown", name=name))]
    body += [_line(each) for each in known[:3]]
    return Card(T("help.unknown_title"), [*body, _more()], template="orange")


def _topic(topic: Topic) -> Card:
    body: list[Element] = [Markdown(topic.text), Markdown([T("help.say"), topic.examples]), Buttons([_all()])]
    return Card(T("help.topic_title", title=topic.title), body, subtitle=T("help.command", command=topic.command))


def _line(topic: Topic) -> Markdown:
    return Markdown([T("help.line", command=topic.command, title=topic.title), topic.examples])


def _all() -> Button:
    return Button(T("help.all"), ShowHelp(), element_id="help_all")


def _more() -> Buttons:
    return Buttons([Button(topic.title, ShowHelp(name), element_id=f"help_{name}") for name, topic in TOPICS.items()])
