"""How long to wait for a server, and when to ask it again."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from maillage.errors import TransientError

Result = TypeVar("Result")


@dataclass(frozen=True)
class Patience:
    """In seconds. `total` is for one file, or one page, at one attempt; `longest_wait` between two attempts."""

    attempts: int = 5
    first_wait: float = 1.0
    longest_wait: float = 120.0
    connect: float = 10.0
    read: float = 30.0
    total: float = 900.0
    sleep: Callable[[float], None] = time.sleep


def retry(attempt: Callable[[], Result], patience: Patience) -> Result:
    """The result of the first attempt that is neither broken off nor put off; the last error when none is.

    Between two: what Retry-After says, else 1, 2, 4… seconds and a random part. A server that asks for more
    than `longest_wait` is not waited for.
    """
    first = patience.first_wait
    jittered = wait_exponential_jitter(initial=first, max=patience.longest_wait, jitter=first)

    def wait(state: RetryCallState) -> float:
        asked = _server_wait(state.outcome.exception() if state.outcome else None)
        return jittered(state) if asked is None else asked

    def may_pass(error: BaseException) -> bool:
        return isinstance(error, TransientError) and (_server_wait(error) or 0) <= patience.longest_wait

    return Retrying(
        stop=stop_after_attempt(patience.attempts),
        wait=wait,
        retry=retry_if_exception(may_pass),
        sleep=patience.sleep,
        reraise=True,
    )(attempt)


def _server_wait(error: BaseException | None) -> float | None:
    asked = error.places.get("retry_after") if isinstance(error, TransientError) else None
    return float(asked) if isinstance(asked, int | float) else None
