### English. Sentences are short and plain; every refusal says what to do next.
### Marks like **bold** only where the text is shown as rich text, never on buttons, titles or toasts.

## Dates, lengths, zones (patterns are those of the Unicode CLDR, read by Babel)

format-day = EEE, MMM d
format-day_year = EEE, MMM d, y
format-weekday = EEEE
format-time = HH:mm
format-full = { $day }, { $time }
format-range = { $start }–{ $end }
format-zone = { $city } time
length-minutes = { $minutes } min
length-hours = { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
length-hours_minutes = { $hours } h { $minutes } min
length-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}

## Shared turns of phrase

kit-field = **{ $label }** { $value }
kit-line = { $text }
people-one = { $name }
people-others = { $count ->
    [one] { $count } other
   *[other] { $count } others
}
time-zone = All times: { $zone }
time-reader = On your clock: { $time }
time-all_day = { $day }, all day
time-at = { $when }

standing-free = Free: { $names }
standing-tentative = Maybe: { $names }
standing-busy = Busy: { $names }
standing-off_hours = Outside working hours: { $names }
standing-unknown = Calendar not readable: { $names }

chart-caption = { $when } · { $zone }
chart-row = { $who }: { $taken }
chart-taken = { $times } { $state }
chart-free = free
chart-busy = busy
chart-tentative = maybe
chart-unknown = unknown
chart-off_hours = outside working hours
chart-hidden = { $count ->
    [one] { $count } more person is not in the picture
   *[other] { $count } more people are not in the picture
}
legend-free = <font color='green'>■</font> free
legend-tentative = <font color='wathet'>■</font> maybe
legend-busy = <font color='indigo'>■</font> busy
legend-unknown = <font color='grey'>■</font> unknown
legend-proposed = <font color='orange'>■</font> offered

receipt-line = I understood: { $parts }
receipt-part = { $what } “{ $words }”
receipt-when = time
receipt-people = people
receipt-title = topic
receipt-length = length
receipt-room = room
receipt-no_room = I don’t book rooms yet: once the meeting stands, add one in the calendar.
receipt-other = also
correct-title = Not quite right?
correct-when = Another time
correct-people = Other people
correct-what = Another title
correct-once = Just once

## Offering times

slots-title = Pick a time: { $title }
slots-summary = Times for { $title }
slots-subtitle = { $people } · { $length }
slots-pick = Book { $when }
slots-at = { $when } — { $people }
slots-taken = **{ $when }** is taken: { $names } { $count ->
    [one] is
   *[other] are
} busy then.
slots-instead = These times are free instead:
slots-no_other = Nothing else nearby suits everybody. Try other times, or another length.
slots-anyway = Book it anyway
slots-anyway_confirm = { $names } { $count ->
    [one] is
   *[other] are
} busy on { $when }. Book it all the same?
slots-others = Other times
slots-length = Length
slots-minutes = { $length }
slots-cancel = Cancel
slots-only = Only { $name } can book this.

## Why a time is offered, why there is none, and what to give up

reason-all_free = { $n ->
    [one] free
   *[other] all { $n } are free
}
reason-most_free = { $free } of { $total } are free
reason-busy = busy: { $names }
reason-unknown = calendar not readable: { $names }
reason-tentative = maybe: { $names }
reason-off_hours = outside working hours: { $names }
reason-lunch = lunch break: { $names }
reason-near_asked = { $minutes } { $way ->
    [earlier] earlier
   *[later] later
} than asked
reason-after_busy = right after a meeting of { $names }
reason-earliest = the earliest
reason-compromise = a compromise

shortage-window_past = That time is already over.
shortage-window_short = { $minutes } don’t fit into { $window }.
shortage-all_shown = You have seen all times that suit everybody.
shortage-everyone_busy = Nobody has { $minutes } free in that time.
shortage-organizer_busy = You are busy all that time.
shortage-someone_busy = { $names } { $count ->
    [one] is
   *[other] are
} busy all that time.
shortage-no_common_time = Everybody has time, but never { $minutes } together. The fullest calendar: { $names }.
shortage-off_hours = Everybody is free only outside the working hours of { $names }.
shortage-unknown = I can’t read the { $count ->
    [one] calendar
   *[other] calendars
} of { $names }, so I can’t tell what suits.
shortage-only_maybe = There is no sure time: { $names } would have to move something.
relax-shorter = Only { $minutes } ({ $slots ->
    [one] { $slots } time
   *[other] { $slots } times
})
relax-optional = Without { $names } if need be ({ $slots ->
    [one] { $slots } time
   *[other] { $slots } times
})
relax-later = { $date } instead ({ $slots ->
    [one] { $slots } time
   *[other] { $slots } times
})

nothing-title = No time for everybody: { $title }
nothing-relax = This would help:
nothing-elsewhere = Or look at another time:

## Asking back

choices-title = Which time: { $title }
choices-ask = That could mean more than one time. Which one is it?
choices-pick = { $when }

ask-title = One more thing: { $title }
ask-when = When should { $people } meet ({ $length })?
ask-when_alone = When should it be ({ $length })?
ask-this_afternoon = This afternoon
ask-tomorrow_morning = Tomorrow morning
ask-tomorrow_afternoon = Tomorrow afternoon
ask-next_week = Next week
ask-picker = Date and time
ask-exact = Look at this time
ask-people = Who should come?
ask-people_picker = Pick people
ask-people_send = Invite them
ask-everyone = Everybody here
ask-alone = Just me
ask-what = What is it about?
ask-title_hint = For example: plan review
ask-title_send = Use this title
ask-only = Only { $name } can answer here.

## The meeting

meeting-working_title = Booking: { $title }
meeting-working_button = Booking…
meeting-booked_title = Booked: { $title }
meeting-summary = Booked: { $title }, { $when }
meeting-undone_title = Taken back: { $title }
meeting-undone = The meeting is out of everybody’s calendar.
meeting-cancelled_title = Cancelled: { $title }
meeting-cancelled = This meeting was deleted from the calendar.
meeting-dropped_title = Dropped: { $title }
meeting-dropped = Nothing was booked. Tap below to look again, or just ask me anew.
meeting-when = **{ $when }** · { $length }
meeting-people = Who:
meeting-repeats = Repeats:
meeting-join = Join video call
meeting-open = Open in calendar
meeting-refresh = Refresh answers
meeting-undo = Undo
meeting-undo_confirm = Delete “{ $title }” from everybody’s calendar?
meeting-again = Find another time
meeting-invited = Booked by { $name }. Answer in your calendar.

joined-accept = <font color='green'>✓</font> Coming ({ $count }): { $names }
joined-tentative = <font color='orange'>?</font> Maybe ({ $count }): { $names }
joined-waiting = <font color='grey'>…</font> No answer yet ({ $count }): { $names }
joined-decline = <font color='red'>✗</font> Not coming ({ $count }): { $names }

repeats-daily = { $every ->
    [one] every day
   *[other] every { $every } days
}
repeats-workdays = every weekday, Monday to Friday
repeats-weekday = { $day }
repeats-weekly = { $every ->
    [one] every week
   *[other] every { $every } weeks
}
repeats-weekly_on = { $every ->
    [one] every week on { $days }
   *[other] every { $every } weeks on { $days }
}
repeats-monthly = { $every ->
    [one] every month
   *[other] every { $every } months
}
repeats-yearly = { $every ->
    [one] every year
   *[other] every { $every } years
}
repeats-until = { $often }, until { $day }
repeats-other = as a series

## Who is free

free-title = { $count ->
    [one] When { $names } is free
   *[other] When everybody is free: { $names }
}
free-window = { $when } · { $zone }
free-times = { $count ->
    [one] Free:
   *[other] Free for everybody:
}
free-times_for = { $count ->
    [one] Free for { $length } or more:
   *[other] Free for everybody, for { $length } or more:
}
free-day = **{ $day }**  { $times }
free-none = { $count ->
    [one] No free time here. Try a longer stretch, like “next week”.
   *[other] No time here suits everybody. Try a longer stretch, like “next week”.
}
free-more = …and { $count } more.
free-unknown = { $names }: calendar not readable, so not counted.
free-privacy = Only busy and free are shown, never what people are doing.

## Help

help-title = What I can do
help-intro = I find a time that suits everybody and book it. Mention me in a group or write to me directly.
help-line = **{ $command }** { $title }
help-command = { $command }
help-say = You can say:
help-all = All topics
help-topic_title = Help: { $title }
help-footer = Nothing is written to a calendar before you tap to book.
help-meet_title = Book a meeting
help-meet = Tell me who and when. I look at everybody’s free time, offer a few slots and book the one you tap. You are always invited; without a length it takes 30 minutes.
help-meet_examples =
    · /meet @Bob 30 min tomorrow morning
    · Coffee with @Alice on Friday at 3pm
    · Find 45 minutes with @Alice and @Bob next week
help-find_title = Find a time
help-find = I look for times at which everybody is free in the days or hours you name, and say why each is good.
help-find_examples =
    · /find 1h next week @Alice @Bob
    · when can we all meet on Thursday?
help-free_title = See who is free
help-free = I show when people are free or busy, never what they are doing.
help-free_examples =
    · /free @Alice @Bob tomorrow
    · Is @Bob free on Thursday afternoon?
help-undo_title = Take a meeting back
help-undo = I show your latest meeting here again, with its Undo button. Undo takes it out of everybody’s calendar.
help-undo_examples = · /undo
help-settings_title = Your time zone
help-settings = Tell me where you are, and I read and write times on your clock.
help-settings_examples =
    · /settings
    · /settings timezone Asia/Tokyo
help-login_title = Book as yourself
help-login = Log in once, and the meetings you book are your own: in your calendar, with you as the organizer. /logout stops it.
help-login_examples =
    · /login
    · /logout
help-help_title = How it works
help-help = Write /help and a topic, for example /help meet.
help-help_examples =
    · /help
    · /help meet
help-not_understood_title = I didn’t get that
help-not_understood = I arrange meetings and couldn’t find one in there. Try it like this:
help-not_yet_title = Not yet
help-not_yet = I think you want to { $wish }. I can’t do that yet. What I can do:
wish-agenda = see your agenda
wish-search = find a meeting
wish-move = move a meeting
wish-extend = make a meeting longer or shorter
wish-cancel = cancel a meeting
wish-rsvp = answer an invitation
wish-invite = add people to a meeting
wish-uninvite = take people off a meeting
wish-room = book a room
wish-poll = start a poll
wish-remind = set a reminder
wish-meeting_chat = open a meeting chat
wish-minutes = write minutes
wish-timeoff = enter time off
wish-calendars = manage calendars
wish-share = share a calendar
wish-subscribe = subscribe to a calendar
wish-caldav = connect a device by CalDAV
wish-exchange = connect Exchange
help-unknown_title = I don’t know that one
help-unknown = There is no command **{ $name }**. Did you mean one of these?

greeting-title = Hello from Daylark
greeting-hello = Hi { $name }!
greeting-hello_all = Hi everybody!
greeting-what = I find meeting times and book them. For example:

## When something is not possible

problem-title = That doesn’t work yet
problem-or = Or did you mean:
problem-past = That time is already over. Please tell me one that is still to come.
problem-backwards = The end is before the start. Please tell me both times again.
problem-too_long = A meeting can last 24 hours at most. Please tell me a shorter time.
problem-impossible = There is no such date or time. Please tell me another.
problem-contradiction = The weekday and the date don’t match. Please tell me which one you mean.
problem-far = That is too far away for me to plan. Please tell me a nearer date.
problem-unexpected = Something went wrong on my side. Please try again in a moment.
problem-strangers = { $count ->
    [one] I can’t find { $names } here. Mention people with @ so that I get the right one.
   *[other] I can’t find { $names } here. Mention people with @ so that I get the right ones.
}
problem-nothing_to_undo = There is no meeting of yours here to take back. I can only undo what I booked in this chat.
problem-zone = I don’t know a time zone called “{ $name }”. Close ones: { $near }. Write it like this: /settings timezone Asia/Tokyo
error-platform_busy = The calendar is very busy right now. Please try again in a minute.
error-platform_down = The calendar doesn’t answer right now. Please try again in a minute.
error-platform_refused = The calendar said no, and I don’t know why. Please try again, or ask your administrator to look at my log.
error-invalid_request = The calendar didn’t understand me. That is my mistake, please ask your administrator to look at my log.
error-needs_login = Only you can allow this. Please log in first with /login.
error-forbidden = The calendar doesn’t let me do that. Please ask your administrator to check what I am allowed to do.
error-missing_scope = I lack a permission, one of: { $scopes }. An administrator can switch it on in the developer console under Permissions and then publish a new version.
error-not_found = I can’t find that any more. Please ask me again.
error-gone = That was deleted in the meantime. Please ask me again.
error-setup = I am not fully set up yet. Please show this to an administrator: my log says what has to be changed.
error-quota = Your organization has used up this month’s calls. An administrator can raise the plan.
error-login_again = Your login is no longer good. Please log in again with /login.
error-others_login = The person who booked this has to log in again before I can look or change anything.
error-person_unavailable = This account is not active any more.
error-no_such_person = I can’t find one of these people in your organization.
error-no_such_chat = I can’t find this chat.
error-no_such_room = I can’t find this room.
error-no_such_calendar = I can’t find this calendar.
error-not_in_chat = I am not in that group. Please add me first.
error-not_invited = That person or room is not on this meeting.
error-not_subscribed = You are not subscribed to this calendar.
error-calendar_forbidden = I am not allowed to change that calendar. Its owner can share it with me.
error-calendar_gone = This calendar was deleted.
error-event_forbidden = Only the organizer can change this meeting.
error-event_gone = This meeting was deleted.
error-guests_hidden = The organizer has hidden who is invited.
error-invite_forbidden = Only the organizer can invite people to this meeting.
error-uninvite_forbidden = Only the organizer can take people off this meeting.
error-message_gone = That message was recalled or is too old to change.
error-chat_gone = This group was dissolved.
error-muted = I am not allowed to write there.
error-content_risk = The platform refuses these words. Please put it differently.
error-room_forbidden = You can’t book this room.
error-room_taken = This room is already booked then.
error-admin_only = Only an administrator of your organization can do this.
error-chat_owner_only = Only the owner of the meeting chat can do this.
error-no_meeting_chat = This meeting can’t have a chat: it needs at least two people and a guest list that is not hidden.
error-no_minutes = This meeting can’t have minutes: it needs at least one guest, and guests must be able to see each other.
error-timeoff_forbidden = I can only remove a leave that I entered myself.
error-subscriptions_full = You already follow as many calendars as the platform allows. Please leave one first.
error-subscription_refused = This calendar can’t be subscribed to.
error-primary_stays = Your own calendar can’t be left.
notice-title = Daylark
settings-shown = Your time zone is **{ $zone }** ({ $name }). To change it, write /settings timezone and its name, like Asia/Tokyo.
settings-zone_set = Done. I now use **{ $zone }** ({ $name }) for you.

## Acting as yourself

login-title = Log in to Daylark
login-what = Once you are logged in, meetings you book are your own: they are in your calendar, and you are the organizer.
login-button = Log in
login-only_you = This button is yours alone and works for 15 minutes, once. To stop again, write /logout.
login-done_title = You are logged in
login-done = From now on the meetings you book here are your own. To stop again, write /logout.
login-over_title = Not booked yet: { $title }
login-over = Your login has ended, so I can’t write into your calendar, and I won’t book as somebody else without asking. Log in again and then tap “Try again”, or let me organize this meeting myself and invite you.
login-again = Try again
login-book_as_bot = Let Daylark organize it
login-over_then = Write /logout if I should always organize from now on.
login-wrote_privately = I wrote to you privately: the login button is for you alone.
login-out = You are logged out and I have forgotten your tokens. From now on I organize the meetings myself and invite you.
login-was_out = You are not logged in, so there is nothing to forget.
login-off = Logging in is not set up here. Please show this to an administrator: the setting { $setting } is missing.
login-page_title = You are logged in
login-page_problem = That didn’t work
login-welcome = You can close this page and go back to the chat.
login-foreign = This login link is not one of mine, or it is incomplete. Write /login to me in the chat for a new one.
login-expired = This login link is too old. Write /login to me in the chat for a new one.
login-used = This login link was used already. If I still ask you to log in, write /login to me in the chat for a new one.
login-denied = You did not agree, so nothing has changed. If you meant to, write /login to me in the chat and try once more.
login-other_person = This login link belongs to somebody else, and nothing was kept of your login. Write /login to me in the chat for your own.
login-failed = The platform doesn’t answer right now, and nothing was kept. Please write /login to me in the chat in a minute.

## Short words to the person who tapped

toast-working = On it. The card will change in a moment.
toast-not_yours = Only { $name } can decide this one. Mention me to start your own.
toast-stale = This card is out of date. Please use the newest one, or ask me again.
toast-gone = I no longer have this request. Please ask me again.
toast-slot_past = That time is already over. Please pick another.
toast-booked = Booked.
toast-already_booked = This meeting is already booked.
toast-just_taken = { $names } just became busy then. Have a look at the new times.
toast-already_closed = This one is already closed. Nothing was changed.
toast-undone = Taken back. Everybody’s calendar is clean again.
toast-pick_time = Please pick a date and a time first.
toast-login_sent = Please log in first. I wrote to you privately.
toast-login_over = Your login has ended. Nothing was booked yet.
