"""What a person does on a page of My CONNECT account, besides what sign-in has events for."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.events import (
    Back,
    Change,
    CheckPassword,
    Continue,
    DismissNotice,
    Resend,
    SubmitCode,
    SubmitIdentifier,
)


@dataclass(frozen=True)
class Edit:
    """Name and language are to be changed."""


@dataclass(frozen=True, kw_only=True)
class Save:
    """Name and language are sent; an empty one is none."""

    name: str
    locale: str


@dataclass(frozen=True)
class Add:
    """One more number or address is to be added."""


@dataclass(frozen=True, kw_only=True)
class Confirm:
    """A number or address that is not proven yet is to be; `handle` names it."""

    handle: str


@dataclass(frozen=True, kw_only=True)
class MakePreferred:
    """A number or address is to be the first of its kind."""

    handle: str


@dataclass(frozen=True, kw_only=True)
class Remove:
    """A number or address is to be removed."""

    handle: str


@dataclass(frozen=True, kw_only=True)
class SubmitPasswords:
    """The current password, empty where there is none, and the new one are sent."""

    current: str
    new: str


@dataclass(frozen=True, kw_only=True)
class OpenService:
    """One of the connected services is to be looked at."""

    client_id: str


@dataclass(frozen=True)
class Withdraw:
    """The access of the service that is looked at is to be taken back."""


AccountEvent = (
    Edit
    | Save
    | Add
    | Confirm
    | MakePreferred
    | Remove
    | SubmitPasswords
    | OpenService
    | Withdraw
    | SubmitIdentifier
    | SubmitCode
    | CheckPassword
    | Resend
    | Continue
    | Change
    | Back
    | DismissNotice
)
