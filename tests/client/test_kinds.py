from __future__ import annotations

import pytest

from studio.client.kinds import once_each


class _Counted(str):
    """A text that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        _Counted.compared += 1
        return super().__eq__(other)

    __hash__ = str.__hash__


def test_a_long_list_is_compared_once_through() -> None:
    _Counted.compared = 0
    values = tuple(_Counted(number) for number in range(1000))
    assert once_each(values) == values
    assert _Counted.compared < 1000


def test_a_value_that_is_there_twice_is_told() -> None:
    with pytest.raises(ValueError, match='"b" is in the list twice'):
        once_each(("a", "b", "c", "b"))
