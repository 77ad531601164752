"""English: the words times are said with."""

from __future__ import annotations

from typing import Any

from bot.domain.timelang.lexicon import Table

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_TENS = {20: "twenty", 30: "thirty", 40: "forty|fourty", 50: "fifty"}


def _numbers() -> dict[Any, str]:
    names = dict(enumerate(_ONES.split(), 1)) | dict(_TENS.items())
    names[0] = "zero"
    for tens, text in _TENS.items():
        word = text.split("|")[0]
        for unit, name in enumerate(_ONES.split()[:9], 1):
            names[tens + unit] = f"{word} {name}|{word}-{name}"
    return names


def _ordinals() -> dict[Any, str]:
    names = dict(enumerate(_ORDINALS.split(), 1))
    for unit, name in enumerate(_ORDINALS.split()[:9], 1):
        names[20 + unit] = f"twenty {name}|twenty-{name}"
    names[30] = "thirtieth"
    names[31] = "thirty first|thirty-first"
    names[12] += "|twelvth"
    return names


def _after_tomorrow() -> str:
    leads = ("day after", "the day after", "day following", "the day following")
    words = ("tomorrow", "tmr", "tmrw", "tmw", "tomo", "tommorow", "tomorow", "tommorrow")
    return "|".join(f"{lead} {word}" for lead in leads for word in words)


WORDS: Table = {
    "num": _numbers() | {60: "sixty", 90: "ninety", 100: "a hundred|one hundred|hundred"},
    "ord": _ordinals(),
    "one": {1: "a|an|another|one more"},
    "couple": {2: "couple|couple of|a couple|a couple of|a pair of"},
    "day": {
        0: "today|tdy|2day|td",
        1: "tomorrow|tmr|tmrw|tomo|tmw|tommorow|tomorow|tommorrow|2moro|2morrow|tom",
        2: "overmorrow|" + _after_tomorrow(),
        -1: "yesterday|yday|ystrday",
        -2: "day before yesterday|the day before yesterday",
    },
    "nextday": {1: "next day|the next day|following day|the following day|day after|the day after"},
    "sameday": {1: "same day|the same day"},
    "daypart": {
        (0, "evening"): "tonight|tonite|2nite|this evening|this night",
        (0, "morning"): "this morning",
        (0, "afternoon"): "this afternoon|this arvo",
        (1, "morning"): "next morning|the next morning|the following morning",
        (-1, "evening"): "last night|last evening|yesterday night",
    },
    "part": {
        "dawn": "early hours|wee hours|small hours|dawn|the early hours",
        "morning": "morning|am|forenoon|early morning|late morning|mid-morning|midmorning|mornin|"
        "early in the morning|late in the morning|"
        "before noon hours",
        "afternoon": "afternoon|arvo|afternoonish|late afternoon|early afternoon|mid-afternoon|aft|"
        "late in the afternoon|early in the afternoon|mid afternoon",
        "evening": "evening|eve|early evening|late evening|evenin|late in the evening|early in the evening",
        "night": "night|nite|late night|nighttime|late at night",
        "lunch": "lunch|lunchtime|lunch time|lunch hour|lunch break",
        "breakfast": "breakfast",
        "dinner": "dinner|supper|dinnertime|dinner time",
        "day": "daytime|business hours|working hours|office hours",
    },
    "parts": {"morning": "mornings", "afternoon": "afternoons", "evening": "evenings", "night": "nights"},
    "hm": {
        (12, 0): "noon|midday|mid-day|noonish|noontime|12 noon|noon time|high noon|twelve noon",
        (24, 0): "midnight|12 midnight|midnite|twelve midnight",
    },
    "eod": {
        1: "eod|cob|eob|close of business|end of day|end of the day|end of business|close of play|"
        "end of play|end of business day"
    },
    "eow": {
        "week": "eow|end of week|end of the week",
        "month": "eom|end of the month|month end|month-end",
        "year": "eoy|end of the year|year end|year-end",
    },
    "quarterend": {1: "eoq|quarter end|quarter-end|end of quarter|end of the quarter"},
    "first": {1: "first thing|first thing in the morning"},
    "afterlunch": {1: "after lunch|anytime after lunch|any time after lunch|right after lunch|straight after lunch"},
    "wd": {
        0: "monday|mon|mondy|mon.",
        1: "tuesday|tue|tues|teusday|tuseday|tusday",
        2: "wednesday|wed|weds|wednsday|wensday|wednesay|wendesday|wedensday",
        3: "thursday|thu|thur|thurs|thrusday|thursdy|thusday",
        4: "friday|fri|firday|fryday",
        5: "saturday|sat|saterday|satuday",
        6: "sunday|sun|sundy",
    },
    "wds": {0: "mondays", 1: "tuesdays", 2: "wednesdays", 3: "thursdays", 4: "fridays", 5: "saturdays", 6: "sundays"},
    "weekends": {1: "weekends"},
    "workdays": {1: "weekdays|workdays|business days|working days|work days"},
    "weekday": {1: "weekday|workday|work day|business day|working day"},
    "weekend": {1: "weekend|week-end|wknd"},
    "month": {
        1: "january|jan",
        2: "february|feb|febuary|feburary",
        3: "march|mar",
        4: "april|apr",
        5: "may",
        6: "june|jun",
        7: "july|jul",
        8: "august|aug",
        9: "september|sept|sep|septemeber|septmber",
        10: "october|oct",
        11: "november|nov",
        12: "december|dec",
    },
    "doubt": {
        1: "may|march|mar|sun|sat|second|jan|mon|wed|fri|apr|dec|jun|tom|tom|am|eve|night|evening|morning|"
        "afternoon|lunch|dinner|breakfast|aft|td|dawn|summer"
    },
    "unit": {
        "second": "second|seconds|sec|secs|s",
        "minute": "minute|minutes|min|mins|minuets|m|minutes'",
        "hour": "hour|hours|hr|hrs|h|hours'|hour's",
        "day": "day|days|d|days'|day's|calendar day|calendar days",
        "week": "week|weeks|wk|wks|w|weeks'|week's",
        "month": "month|months|mo|mos|month's|mth|mths",
        "quarter": "quarter|quarters|qtr|qtrs|qr",
        "year": "year|years|yr|yrs|year's",
        "bday": "business day|business days|working day|working days|workday|workdays|work days|weekday|weekdays",
        "weekend": "weekend|weekends",
        "fortnight": "fortnight|fortnights",
    },
    "period": {
        ("week", 0): "all week|the whole week|the entire week",
        ("month", 0): "all month|the whole month",
    },
    "rel": {
        0: "this|current|the current|this current",
        1: "next|the next|the following|following|the upcoming|upcoming|coming|the coming|this coming|nxt",
        -1: "last|previous|the last|the previous|past|the past|this past|prior",
    },
    "relsoon": {1: "coming|this coming|upcoming|the coming|the upcoming"},
    "weekskip": {1: "week after next|the week after next|week after the next|the week after the next"},
    "monthskip": {1: "month after next|the month after next"},
    "weekendskip": {1: "weekend after next|the weekend after next|weekend after the next|the weekend after the next"},
    "yearskip": {1: "year after next|the year after next"},
    "quarterskip": {1: "quarter after next|the quarter after next"},
    "weekwas": {1: "week before last|the week before last"},
    "nextn": {1: "next|the next|coming|the coming|upcoming|the upcoming|following|the following"},
    "pastn": {-1: "last|the last|past|the past|previous|the previous"},
    "half": {1: "half|half a|half an|a half"},
    "andhalf": {1: "and a half|and half|and an half|& half|n a half"},
    "quarterword": {1: "quarter|a quarter"},
    "andquarter": {1: "and a quarter|and quarter"},
    "threequarter": {
        1: "three quarters|three quarters of an|three quarters of|three-quarters|three-quarters of an|three-quarters of"
    },
    "pastclock": {1: "past|after"},
    "toclock": {-1: "to|before|till|til|of"},
    "oclock": {1: "o'clock|oclock|o clock"},
    "ish": {1: "ish"},
    "mer": {"am": "am|a.m.|a.m|a.m .", "pm": "pm|p.m.|p.m"},
    "sharp": {1: "sharp|ish|or so|on the dot|exactly|hours"},
    "approx": {
        1: "around|about|approximately|approx|circa|roughly|exactly|at around|at about|~|almost|nearly|precisely"
    },
    "approxend": {1: "or so|sharp|on the dot|-ish|ish"},
    "to": {1: "to|till|til|until|untill|thru|through|-|->|--|~|up to|through to"},
    "andto": {1: "and|&"},
    "from": {
        1: "from|since|starting|starting from|beginning|beginning on|starting on|starting at|as of|as from|"
        "start on|start from|effective|beginning from|commencing|no earlier than|not earlier than|not before|"
        "at the earliest|no sooner than"
    },
    "fromsuf": {1: "onwards|onward|and later|or later|and after|and beyond|on wards|forward|at the earliest"},
    "until": {1: "until|till|til|untill|through|thru|up to|up until|ending|ends|ending on"},
    "by": {1: "by|no later than|not later than|due|by the|at the latest|due by"},
    "before": {1: "before|prior to|earlier than|ahead of|b4|sooner than|any time before"},
    "beforesuf": {1: "or earlier|or before|at the latest"},
    "after": {1: "after|later than|past|any time after|anytime after"},
    "between": {1: "between|in between|btw|anytime between"},
    "within": {1: "within|in under|in less than|inside|during the|in the|over the|for the|in"},
    "inwithin": {1: "within|in under|in less than|in no more than|inside of"},
    "in": {1: "in|in about|in around|in another|after|in approximately|in exactly|in just|in like"},
    "ago": {-1: "ago|earlier|before|prior|back"},
    "later": {1: "later|from now|hence|after|out"},
    "fromnow": {1: "from now"},
    "nowon": {1: "from now on|starting now|from now onwards"},
    "fromanchor": {1: "from|after|following|since"},
    "beforeanchor": {-1: "before|prior to|ahead of"},
    "now": {1: "now|right now|immediately|just now|right away|straight away|at this moment|atm"},
    "or": {1: "or|or maybe|or else|/|alternatively|or on|or at"},
    "and": {1: "and|&|,|and on|plus|as well as|and then"},
    "except": {
        1: "but|except|except for|except on|excluding|but not|not on|not|other than|besides|apart from|without|"
        "minus|skipping|skip"
    },
    "exceptsuf": {
        1: "doesn't work|does not work|won't work|is out|doesn't suit|not possible|is bad|is no good|no good|"
        "excluded|not ok"
    },
    "instead": {1: "to|instead to|to be"},
    "every": {1: "every|each|evry|evrey"},
    "everyother": {2: "every other|each other|every second|every alternate|alternate"},
    "freq": {
        ("DAILY", 1): "daily|everyday|each day|every day|every single day|once a day|once per day|once daily",
        ("WEEKLY", 1): "weekly|every week|each week|once a week|once per week|once weekly|per week",
        ("MONTHLY", 1): "monthly|every month|each month|once a month|once per month",
        ("YEARLY", 1): "yearly|annually|every year|each year|once a year|annual|once per year",
        (
            "WEEKLY",
            2,
        ): "biweekly|bi-weekly|fortnightly|every other week|every second week|every two weeks|every fortnight|"
        "every alternate week|bi weekly|once every two weeks|every 2 weeks|each fortnight",
        ("DAILY", 2): "every other day|every second day|every alternate day",
        ("MONTHLY", 2): "bimonthly|bi-monthly|every other month|every second month",
        ("YEARLY", 2): "biennially|every other year|every second year",
        ("MONTHLY", 3): "quarterly|every quarter|each quarter|once a quarter|once per quarter",
        ("MONTHLY", 6): "semiannually|semi-annually|twice a year|every half year|half-yearly",
        ("HOURLY", 1): "hourly|every hour|each hour",
        ("MINUTELY", 1): "every minute",
        ("HOURLY", 2): "every other hour",
        ("MINUTELY", 30): "every half hour|every half an hour|half-hourly",
    },
    "dailywork": {
        1: "every weekday|each weekday|every workday|every working day|every business day|each workday|"
        "every week day|each business day|each working day|every work day"
    },
    "everypart": {"night": "nightly"},
    "everyweekend": {1: "every weekend|each weekend"},
    "freqadj": {1: "daily|weekly|monthly|yearly|annual|quarterly|biweekly|hourly|per week"},
    "timesword": {1: "times|x|time|occurrences|sessions|instances|more times|meetings"},
    "countonce": {1: "once", 2: "twice", 3: "thrice"},
    "edge": {
        "start": "start|beginning|the beginning|the start|start of|beginning of|the beginning of|the start of|top of",
        "early": "early|early in|earlier in",
        "end": "end|the end|end of|the end of|close of",
        "late": "late|late in",
        "mid": "mid|middle|the middle|mid-|middle of|the middle of|mid of",
    },
    "lastord": {1: "last|final|the last|the final"},
    "penult": {
        -2: "2nd to last|second to last|2nd to the last|second to the last|penultimate|next to last|second last"
    },
    "season": {"spring": "spring", "summer": "summer", "autumn": "autumn|fall", "winter": "winter"},
    "halfyear": {1: "first half|h1", 2: "second half|latter half|last half|h2"},
    "quarterno": {1: "q1", 2: "q2", 3: "q3", 4: "q4"},
    "weekno": {1: "cw|kw|calendar week|week no|week number|iso week|wk no"},
    "rest": {1: "rest of|the rest of|remainder of|the remainder of|later"},
    "week of": {
        1: "week of|the week of|week beginning|week starting|week commencing|wk of|the week beginning|the week starting"
    },
    "lead": {1: "ahead|in advance|beforehand"},
    "delay": {1: "delay|postpone|push|push back|push it back|delayed by"},
    "fill": {
        1: "of|on|at|the|in|for|,|on the|at the|in the|during|during the|of the|(|)|[|]|sometime|some time|"
        "anytime|any time|somewhere|around|about|@|:|for the|at around|exactly|at about"
    },
    "idword": {
        1: "room|version|ver|v|port|pr|issue|order|no|no.|number|page|chapter|section|floor|ticket|step|part|"
        "top|level|build|release|ios|android|windows|python|call|ext|extension|id|score|line|"
        "option|phase|sprint|task|bug|case|item|figure|table|grade|class|unit|gate|track|type|rev|revision|"
        "volume|vol|iphone|series|rule|article|apollo|route|bus|flight|building|"
        "batch|dial|desk|seat|table|slide|question|q|rank|tier|zone|area|channel|ch|node|error|code|http|row|"
        "column|col|commit|mr|jira|story|cpu|core|team|group|model|plan|stage|round|version:|postcode|zip|"
        "sku|lot|ref|reference|invoice|po|suite|apt|box|act|scene|season|episode|ep|terminal|platform|exit|"
        "hall|booth|lab|lane|hole|gen|generation|java|node|go|swift|chrome|macos|ubuntu|debian|postgres|mysql"
    },
    "countnoun": {
        1: "people|students|ways|points|items|things|persons|guys|users|customers|bugs|issues|options|reasons|"
        "questions|members|kilograms|kg|percent|pct|dollars|usd|bucks|euros|rmb|yuan|km|miles|meters|"
        "degrees|pages|lines|files|seats|rooms|floors|steps|copies|votes|goals|stars|tickets|tasks|engineers|"
        "devs|interviews|candidates|locations|places|participants|attendees|guests|others|different|new|"
        "more|extra|other|main|key|major|critical|rounds|teams|companies|offices|servers|nodes|requests|"
        "errors|tests|cases|gb|mb|tb|kb|k|million|billion|thousand|hundred|coins|cups|beers|coffees|kids|"
        "cats|dogs"
    },
    "junk": {
        1: "just in time|on time|in time|at a time|time after time|wait a minute|wait a second|just a second|"
        "just a minute|just a moment|one moment|hang on a minute|hold on a second|one sec|a sec|"
        "in a minute|give me a minute|in a second|give me a sec|second thought|on second thought|"
        "first half of the team|day after day|day by day|day to day|day-to-day|"
        "week after week|year after year|day in day out|these days|"
        "have a good weekend|have a great weekend|have a nice weekend|good weekend|nice weekend|"
        "great weekend|your weekend|have a good week|have a great week|morning all|good morning|"
        "good afternoon|good evening|good night|morning all|morning team|happy new year|"
        "merry christmas|happy birthday|happy friday|tgif|happy monday|happy holidays|once in a while|"
        "end of the line|end of line|long time|full time|part time|half time|24/7|"
        "9 to 5 job|first of all|at first|in the first place|second to none|second opinion|"
        "second option|first option|second one|first one|third one|this one|next one|last one|"
        "the second time|first time|second time|third party|first class|second class|second guess|"
        "split second|"
        "day off|dayoff|days off|day job|big day|some day|someday|one day soon|the other day|next time|"
        "last time|next step|next steps|next up|what's next|last minute|last-minute|minute details|"
        "had lunch|for lunch together|happy hour|rush hour|man hours|hour glass|"
        "morning person|night shift|night owl|late night snack|may be|may not|may i|may we|may have|may well|"
        "may or may not|may also|may it|may you|may result|may ask|"
        "march on|march forward|in march order|sun is|the sun|sat down|"
        "sat through|sat with|i sat|he sat|she sat|we sat|they sat|"
        "daily active users|monthly active users|weekly active users|daily report|weekly report|"
        "monthly report|annual report|quarterly report|annual leave|quarterly results|"
        "annual revenue|weekly newsletter|monthly newsletter|"
        "black friday sale|good friday agreement|saturday night live|sunday times|friday night lights|"
        "seven eleven|7-eleven|three sixty|fifty fifty|50-50|one on one|1 on 1|1:1|1-on-1|one-on-one|"
        "face to face|one to one|two two|"
        "a few|few|several|in the long run|in the end|in the meantime|at the moment|for the moment|"
        "half of the|half the|half of|quarter of the|time zone|all day long|all the time|no time|any minute|"
        "every time|each time|once more|once again|twice as|"
        "windows 11|windows 10|forever 21|the 2nd option|2nd option|1st option|the 1st option|area 51|"
        "catch 22|in two minds|one by one|two by two|back to square one|at sixes and sevens|cloud nine|"
        "day one|year one|version one|round two|take two|phase two|phase one|1-on-1s|1:1s|in one go|no one|"
        "any day now|any time now|any minute now|midnight oil|midnight blue|midnight snack|monday blues|"
        "sunday best|casual friday|weekend warrior|weekend warriors|april showers|june bug|june bugs|any one|"
        "which one|that one|each one|good one|one another|one thing|one more thing|at one point|"
        "one of|one by|one or two|two or three"
    },
    "allday": {1: "all day|all-day|full day|whole day|the whole day|entire day"},
    "thistime": {1: "this time"},
    "sametime": {1: "same time|at the same time|the same time"},
}
HOLIDAYS: Table = {
    "hol": {
        "newyear": "new year's day|new years day|new year day|new year's|new years|new year|the new year|new yr",
        "nye": "new year's eve|new years eve|nye|new year eve",
        "xmas": "christmas|christmas day|xmas|xmas day|x-mas",
        "xmas_eve": "christmas eve|xmas eve",
        "boxing": "boxing day",
        "valentine": "valentine's day|valentines day|valentine day|valentine's|valentines|v-day",
        "halloween": "halloween|hallowe'en|all hallows eve|halloween day",
        "allsaints": "all saints' day|all saints day",
        "thanksgiving": "thanksgiving|thanksgiving day|turkey day",
        "blackfriday": "black friday",
        "cybermonday": "cyber monday",
        "easter": "easter|easter sunday|easter day",
        "eastermonday": "easter monday",
        "goodfriday": "good friday",
        "ashwed": "ash wednesday",
        "palmsunday": "palm sunday",
        "mother": "mother's day|mothers day|mothers' day|mother day",
        "father": "father's day|fathers day|fathers' day|father day",
        "independence": "independence day|4th of july|fourth of july|the fourth of july|the 4th of july",
        "us_labor": "labor day|labour day",
        "labour": "may day|international workers' day|international workers day|workers' day",
        "memorial": "memorial day",
        "veterans": "veterans day|veteran's day|veterans' day",
        "columbus": "columbus day|indigenous peoples' day",
        "mlk": "mlk day|martin luther king day|martin luther king jr day|martin luther king's day|mlk",
        "presidents": "presidents day|president's day|presidents' day|washington's birthday",
        "juneteenth": "juneteenth",
        "groundhog": "groundhog day",
        "stpatrick": "st patrick's day|st. patrick's day|st patricks day|saint patrick's day|saint patricks day|"
        "paddy's day",
        "fools": "april fools|april fool's day|april fools day|april fools'|april fool's",
        "earth": "earth day",
        "women": "women's day|international women's day|womens day",
        "children": "children's day|childrens day|international children's day",
        "teacher": "teacher's day|teachers day|teachers' day",
        "pi": "pi day",
        "guyfawkes": "guy fawkes|bonfire night|guy fawkes night|guy fawkes day",
        "canada": "canada day",
        "anzac": "anzac day",
        "australia": "australia day",
        "cincodemayo": "cinco de mayo",
        "spring": "chinese new year|lunar new year|spring festival|cny",
        "lny_eve": "chinese new year's eve|lunar new year's eve|chinese new year eve",
        "lantern": "lantern festival",
        "qingming": "qingming|tomb sweeping day|qingming festival|tomb-sweeping day",
        "dragon": "dragon boat festival|dragon boat day|dragon boat",
        "qixi": "qixi|qixi festival|double seventh festival",
        "midautumn": "mid-autumn festival|mid autumn festival|moon festival|mid-autumn|mooncake festival",
        "doubleninth": "double ninth festival|double ninth|chongyang",
        "national": "national day|chinese national day|golden week",
        "singles": "singles day|singles' day|double 11|double eleven",
        "programmer": "programmer's day|programmers' day",
        "whiteday": "white day",
        "hanukkah": "hanukkah",
        "diwali": "diwali",
        "superbowl": "super bowl|super bowl sunday",
        "bastille": "bastille day",
        "obon": "obon",
        "emancipation": "emancipation day",
        "flag": "flag day",
        "dongzhi": "winter solstice",
        "geshi": "summer solstice",
    },
}
