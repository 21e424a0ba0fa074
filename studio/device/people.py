"""Who holds the device. People are told apart by what CONNECT knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.engine.accounts import Account, Purchase, Subscription, hash_password
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.engine.world import World


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who signs in. `phone` is E.164; what is None the person does not have.

    `subscriber` tells whether an operator of the telecom group has the phone's number;
    `subscriptions` and `purchases` are what the sample services have sold to the person.
    """

    id: str
    title: str
    phone: str | None = None
    email: str | None = None
    password: str | None = None
    exists: bool = True
    subscriber: bool = True
    name: str | None = None
    subscriptions: tuple[Subscription, ...] = ()
    purchases: tuple[Purchase, ...] = ()

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """The numbers and addresses on the person's account."""
        pairs = ((IdentifierKind.PHONE, self.phone), (IdentifierKind.EMAIL, self.email))
        return tuple(Identifier(kind, value) for kind, value in pairs if value)


def _subscription(service: str, title: str, amount: str, every: str, renews: date) -> Subscription:
    return Subscription(
        service=service,
        title=title,
        amount=Decimal(amount),
        currency="NOK",
        recurrence=every,
        renews=renews,
    )


def _purchase(service: str, title: str, amount: str, when: datetime) -> Purchase:
    return Purchase(service=service, title=title, amount=Decimal(amount), currency="NOK", when=when)


def _noon(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


_SUBSCRIPTIONS = (
    _subscription("Strusic", "Strusic Premium", "109.00", "P1M", date(2026, 1, 19)),
    _subscription("All the news", "Weekend edition", "39.00", "P1W", date(2026, 1, 10)),
    _subscription("Hipstagram", "Hipstagram Plus", "249.00", "P1Y", date(2026, 9, 1)),
)
_PURCHASES = (
    _purchase("Strusic", "Strusic Premium, one month", "109.00", _noon(2025, 12, 19)),
    _purchase("Hipstagram", "Filters: Old Film", "25.00", _noon(2025, 11, 30)),
    _purchase("All the news", "Single issue", "29.00", _noon(2025, 11, 8)),
    _purchase("Hipstagram", "Hipstagram Plus, one year", "249.00", _noon(2025, 9, 1)),
)

PEOPLE = (
    Person(
        id="full",
        title="Has phone, email and password",
        phone="+4799912345",
        email="user@example.com",
        password="correct horse",  # noqa: S106 - a password to show, of nobody
        name="Example User",
        subscriptions=_SUBSCRIPTIONS,
        purchases=_PURCHASES,
    ),
    Person(id="phone", title="Has a phone only", phone="+4799900999"),
    Person(
        id="email",
        title="Has email and password",
        email="reader@example.com",
        password="battery staple",  # noqa: S106 - a password to show, of nobody
    ),
    Person(
        id="new", title="New to CONNECT", phone="+4740612345", email="new@example.com", exists=False
    ),
)


def populate(world: World, people: Iterable[Person] = PEOPLE) -> World:
    """Give everybody who exists an account."""
    for person in people:
        if person.exists:
            world = _with_person(world, person)
    return world


def _with_person(world: World, person: Person) -> World:
    world, account_id = world.token()
    world, salt = world.draw(16)
    stored = (
        hash_password(person.password, salt=salt, cost=world.hash_cost) if person.password else None
    )
    account = Account(
        id=account_id,
        identifiers=person.identifiers,
        password=stored,
        name=person.name,
        subscriptions=person.subscriptions,
        purchases=person.purchases,
    )
    return world.with_account(account)
