"""Invitations: who is added to and taken from an event, and what they answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bot.emulator.events import Attendee, Event, Series
from bot.emulator.kernel import Refusal

if TYPE_CHECKING:
    from bot.emulator.calendars import Calendar, Calendars

Json = dict[str, Any]
MOST_ATTENDEES = 3000


class Invitations:
    """One place for everything that changes an event's list of participants."""

    def __init__(self, calendars: Calendars) -> None:
        self.calendars = calendars

    def person(self, open_id: str, **fields: Any) -> Attendee:
        return Attendee("user", open_id, **fields)

    def group(self, chat_id: str, **fields: Any) -> Attendee:
        """A group with its people of this moment, each of whom answers alone."""
        members = dict.fromkeys(self.calendars.world.chats[chat_id].members, "needs_action")
        return Attendee("chat", chat_id, members=members, **fields)

    def invite(self, series: Series, event: Event, invited: Iterable[Attendee]) -> None:
        """Add participants; who is there already stays as they were, unless they had been refused."""
        fresh: list[Attendee] = []
        for attendee in invited:
            known = event.attendees.get(attendee.attendee_id)
            if known is not None and not (known.kind == "resource" and known.rsvp == "decline"):
                known.optional = attendee.optional
                continue
            event.attendees[attendee.attendee_id] = attendee
            fresh.append(attendee)
        if len(event.attendees) > MOST_ATTENDEES:
            for attendee in fresh:
                del event.attendees[attendee.attendee_id]
            raise Refusal(190002, msg=f"an event has at most {MOST_ATTENDEES} attendees")
        self._answer_for_organizer(event, fresh)
        self.video(event)
        self.calendars.book.touch(series, event, "update", fresh=self.homes(fresh))
        for attendee in fresh:
            if attendee.kind == "resource":
                self.calendars.rooms.request(series, event, attendee)
        self._fill_meeting_chat(event, fresh)

    def _answer_for_organizer(self, event: Event, fresh: Iterable[Attendee]) -> None:
        """People are asked, except the one whose event it is."""
        organizer = self.calendars.calendars[event.calendar_id].owner
        for attendee in fresh:
            if attendee.kind == "user" and attendee.id in (organizer, event.creator):
                attendee.rsvp = "accept"
            elif attendee.members and organizer in attendee.members:
                attendee.members[organizer] = "accept"

    def video(self, event: Event) -> None:
        """A Feishu meeting appears with the first attendee, unless another kind or none was asked for."""
        vchat = event.extra.setdefault("vchat", {"vc_type": "vc"})
        if vchat["vc_type"] == "vc" and "meeting_url" not in vchat:
            number = self.calendars.world.ids.digits("video", 9)
            event.extra["vchat"] = {**vchat, "meeting_url": f"https://vc.feishu.cn/j/{number}"}

    def _fill_meeting_chat(self, event: Event, fresh: Iterable[Attendee]) -> None:
        chat = self.calendars.world.chats.get(event.meeting_chat or "")
        if chat is not None:
            people = [who for one in fresh for who in (one.members or ([one.id] if one.kind == "user" else []))]
            chat.members.extend(who for who in dict.fromkeys(people) if who not in chat.members)

    def homes(self, attendees: Iterable[Attendee]) -> list[Calendar]:
        """The calendars an invitation reaches."""
        found: list[Calendar] = []
        for attendee in attendees:
            if attendee.kind == "user":
                found.append(self.calendars.primary(attendee.id))
            elif attendee.kind == "resource":
                found.append(self.calendars.rooms.calendar(attendee.id))
            else:
                found.extend(self.calendars.primary(who) for who in attendee.members or ())
        return found

    def remove(self, series: Series, event: Event, attendee_ids: Iterable[str]) -> None:
        """Take participants off the list; the event leaves their calendars."""
        removed = [event.attendees.pop(one) for one in attendee_ids if one in event.attendees]
        if removed:
            self.calendars.book.touch(series, event, "update", gone=self.homes(removed))
            for attendee in removed:
                if attendee.kind == "resource":
                    self.calendars.notices.room(attendee.id, self.calendars.rooms.rooms[attendee.id].name)

    def leave(self, series: Series, event: Event, who: str) -> None:
        """Somebody takes an invitation off their own calendar."""
        home = self.calendars.primary(who)
        for attendee in list(event.attendees.values()):
            if attendee.kind == "user" and attendee.id == who:
                del event.attendees[attendee.attendee_id]
            elif attendee.members:
                attendee.members.pop(who, None)
        self.calendars.book.touch(series, event, "update", gone=[home])

    def answer(self, series: Series, event: Event, who: str, status: str) -> None:
        """Somebody accepts, declines or is not sure; for a series it holds for its exceptions too."""
        asked = False
        for one in series if event is series.master else [event]:
            for attendee in one.attendees.values():
                if attendee.kind == "user" and attendee.id == who:
                    attendee.rsvp, asked = status, True
                elif attendee.members and who in attendee.members:
                    attendee.members[who], asked = status, True
        if not asked:
            raise Refusal(193002)
        self.calendars.book.touch(series, event, "rsvp", answers={who: status})

    def moved(self, series: Series, event: Event) -> None:
        """A new time asks everybody again, and the rooms first of all."""
        for attendee in event.attendees.values():
            if attendee.kind == "resource":
                self.calendars.rooms.request(series, event, attendee)
