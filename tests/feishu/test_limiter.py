"""Waiting in line. Time is a number here, and sleeping moves it."""

from __future__ import annotations

from bot.feishu.limiter import RATES, LocalLimiter, Rate


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


def limiter(time: Time, *rates: Rate) -> LocalLimiter:
    return LocalLimiter({"api": rates} if rates else None, monotonic=time, sleep=time.sleep)


async def sent(limiter: LocalLimiter, time: Time, key: str, count: int) -> list[float]:
    """When each of ``count`` calls may go, in seconds from now, if all are asked for one after another."""
    start, times = time.now, []
    for _ in range(count):
        await limiter.wait(key)
        times.append(round(time.now - start, 6))
    return times


async def test_a_burst_goes_at_once_and_the_rest_in_step() -> None:
    time = Time()
    assert await sent(limiter(time, Rate(10, 1.0, 3)), time, "api:x", 6) == [0, 0, 0, 0.1, 0.2, 0.3]


async def test_keys_do_not_wait_for_each_other() -> None:
    time = Time()
    line = limiter(time, Rate(1, 1.0, 1))
    assert await sent(line, time, "api:x", 1) == [0]
    assert await sent(line, time, "api:y", 1) == [0]
    assert await sent(line, time, "api:x", 1) == [1]


async def test_a_quiet_time_gives_the_burst_back() -> None:
    time = Time()
    line = limiter(time, Rate(10, 1.0, 3))
    await sent(line, time, "api:x", 10)
    time.now += 5
    assert await sent(line, time, "api:x", 4) == [0, 0, 0, 0.1]


async def test_a_refusal_holds_everybody_for_as_long_as_it_asks() -> None:
    time = Time()
    line = limiter(time, Rate(10, 1.0, 3))
    await line.hold("api:x", 7)
    assert await sent(line, time, "api:x", 2) == [7, 7.1]


async def test_never_more_than_the_platform_takes_in_any_second_or_minute() -> None:
    time = Time()
    times = await sent(limiter(time), time, "api:x", 1500)
    assert most_within(times, 1.0) <= 50
    assert most_within(times, 60.0) <= 1000


async def test_never_more_than_five_messages_a_second_to_a_chat() -> None:
    time = Time()
    times = await sent(limiter(time), time, "chat:oc_1", 50)
    assert most_within(times, 1.0) <= 5
    assert times[:2] == [0, 0]


async def test_an_unknown_family_does_not_wait() -> None:
    time = Time()
    assert await sent(limiter(time), time, "other:x", 3) == [0, 0, 0]


def test_the_rates_stay_below_the_platforms_figures() -> None:
    second, minute = RATES["api"]
    assert second.count + second.burst <= 50
    assert minute.count + minute.burst <= 1000


def most_within(times: list[float], window: float) -> int:
    return max(sum(1 for other in times if time <= other < time + window) for time in times)
