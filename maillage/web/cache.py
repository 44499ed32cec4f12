"""What has been made once and may be asked for again: kept up to a size, and made once for all who ask meanwhile."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """The values of a release, which never changes; the ones that were asked for longest ago go first."""

    def __init__(self, most_bytes: int, size: Callable[[Value], int]) -> None:
        self._most, self._size = most_bytes, size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._making: dict[Hashable, asyncio.Task[Value]] = {}
        self._total = 0

    async def get(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, Value]]) -> Value:
        """The value of a key, made when there is none. An error of `make` goes to all who wait, and is not kept."""
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        if key not in self._making:
            self._making[key] = asyncio.create_task(self._make(key, make))
        return await asyncio.shield(self._making[key])  # one who leaves does not stop it for the others

    async def wait(self) -> None:
        await asyncio.gather(*self._making.values(), return_exceptions=True)

    async def _make(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, Value]]) -> Value:
        try:
            value = await make()
        finally:
            del self._making[key]
        self._values[key] = value
        self._total += self._size(value)
        while self._total > self._most:
            _, gone = self._values.popitem(last=False)
            self._total -= self._size(gone)
        return value
