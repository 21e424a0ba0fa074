"""Who holds the device. People are told apart by what CONNECT knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.engine.accounts import Account, hash_password
from studio.engine.identifiers import Identifier
from studio.engine.policy import IdentifierKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.engine.world import World


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who signs in. `phone` is E.164; what is None the person does not have.

    `subscriber` tells whether an operator of the telecom group has the phone's number.
    """

    id: str
    title: str
    phone: str | None = None
    email: str | None = None
    password: str | None = None
    exists: bool = True
    subscriber: bool = True

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """The numbers and addresses on the person's account."""
        pairs = ((IdentifierKind.PHONE, self.phone), (IdentifierKind.EMAIL, self.email))
        return tuple(Identifier(kind, value) for kind, value in pairs if value)


PEOPLE = (
    Person(
        id="full",
        title="Has phone, email and password",
        phone="+4799912345",
        email="user@example.com",
        password="correct horse",  # noqa: S106 - a password to show, of nobody
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
    account = Account(id=account_id, identifiers=person.identifiers, password=stored)
    return world.with_account(account)
