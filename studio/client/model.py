"""What does the owner of a service decide? The client file as frozen values.

Attributes are named as the keys of the file. The text below a field is written for a service
owner: it becomes the description in the JSON Schema and the tool tip in the window. A field that
is read and kept, and changes nothing yet, says so in the schema: `"x-effect": "none yet"`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from studio.client import choices, kinds
from studio.client.colour import parse_paint
from studio.engine.detection import SdkOptions
from studio.engine.policy import (
    ClientPolicy,
    Consent,
    IdentifierKind,
    Level,
    Prompt,
    StartFields,
    Verification,
)

if TYPE_CHECKING:
    from pydantic.config import JsonDict

_HEADER = "#007cb0"
_LATER: JsonDict = {"x-effect": "none yet"}


class Section(BaseModel):
    """A part of the client file; it knows its keys and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class RedirectUris(Section):
    """Addresses of the service that sign-in returns to."""

    staging: kinds.Several[kinds.RedirectUri] = ()
    """Addresses for trying out, such as http://localhost:8081/callback."""
    production: kinds.Several[kinds.RedirectUri] = ()
    """Addresses of the service in use: https or the app's own scheme."""


class PostLogoutRedirectUris(Section):
    """Addresses of the service that sign-out returns to."""

    staging: kinds.Several[kinds.ReturnAddress] = Field(default=())
    """Addresses for trying out."""
    production: kinds.Several[kinds.ReturnAddress] = Field(default=())
    """Addresses of the service in use."""


class Registration(Section):
    """Who the service is, and where it may be answered."""

    id: kinds.ClientId
    """The client_id of the authorisation request; it is unique and does not change."""
    name: kinds.Line
    """The name people read on the pages and in messages; no other service has it."""
    organisation: kinds.Line | None = Field(default=None, json_schema_extra=_LATER)
    """The organisation that answers for the service."""
    product: kinds.Line | None = Field(default=None, json_schema_extra=_LATER)
    """The product's name inside of the organisation."""
    description: kinds.Message | None = Field(default=None, json_schema_extra=_LATER)
    """What the service does, in a sentence or two."""
    contact: kinds.Email | None = Field(default=None, json_schema_extra=_LATER)
    """The e-mail address of the technical contact."""
    platform: Annotated[choices.Platform, kinds.one_of(choices.Platform)] = Field(
        default=choices.Platform.WEB
    )
    """Where the service runs."""
    application_type: Annotated[choices.ApplicationType, kinds.one_of(choices.ApplicationType)] = (
        choices.ApplicationType.WEB
    )
    """Whether it is a web site or an application on a device."""
    confidential: kinds.Flag = False
    """Whether the service can keep a secret: a server can, an app or a page cannot."""
    scopes: kinds.Several[kinds.Scope] = ("openid",)
    """What the service may ask for; openid is always among them."""
    redirect_uris: RedirectUris
    """Where sign-in returns to; one address at least."""
    post_logout_redirect_uris: PostLogoutRedirectUris = PostLogoutRedirectUris()
    """Where sign-out returns to; needed for single sign-on on the web."""
    backchannel_logout_uri: kinds.BackchannelAddress | None = Field(default=None)
    """Where the service is told that a person has signed out elsewhere."""
    terms_uri: kinds.WebAddress | None = None
    """The service's terms, linked from the pages."""
    privacy_uri: kinds.WebAddress | None = None
    """The service's privacy statement, linked from the pages."""
    sms_sender: kinds.SmsSender | None = None
    """The sender of an SMS: 1 to 11 letters, digits, spaces or . _ & -; left out, CONNECT."""

    @field_validator("scopes")
    @classmethod
    def _openid_is_a_scope(cls, scopes: tuple[str, ...]) -> tuple[str, ...]:
        if "openid" not in scopes:
            raise ValueError('"openid" is missing; sign-in is not possible without it')
        return scopes

    @field_validator("redirect_uris")
    @classmethod
    def _an_answer_has_an_address(cls, uris: RedirectUris) -> RedirectUris:
        if not uris.staging and not uris.production:
            raise ValueError("holds no address; one below staging or production is needed")
        return uris


class Branding(Section):
    """What makes the pages look like the service's own."""

    header: kinds.Header = Field(
        default=parse_paint(_HEADER), json_schema_extra={"default": _HEADER}
    )
    """The colour or gradient behind the logo: any CSS colour, linear- or radial-gradient()."""
    logo: kinds.LogoPath | None = None
    """The picture in the header: PNG, JPEG, WebP or SVG, a path from the client file."""
    logo_kind: Annotated[choices.LogoKind, kinds.one_of(choices.LogoKind)] = choices.LogoKind.WIDE
    """Whether the logo is wide, or a symbol only, which makes the header higher."""
    message: Mapping[kinds.Tag, kinds.Message] = Field(default_factory=dict)
    """A short message on the first screen, one text per language."""


class Language(Section):
    """In which languages the pages speak."""

    default: kinds.Tag = "en"
    """The language where the request names none that is offered."""
    offered: kinds.Several[kinds.Tag] = kinds.TAGS
    """The languages people can choose; left out, all fourteen."""
    by_request: kinds.Flag = True
    """Whether the service's request (ui_locales) may choose the language."""
    default_country: kinds.Country = "NO"
    """The country (ISO 3166) of phone numbers typed without a calling code."""

    @field_validator("offered")
    @classmethod
    def _default_is_offered(cls, offered: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        default = info.data.get("default")
        if default is not None and default not in offered:
            raise ValueError(f'"{default}" is the default language and is missing from the list')
        return offered


class Prefill(Section):
    """What the start screen holds before anybody types."""

    phone: kinds.Phone | None = None
    """A phone number with its calling code."""
    email: kinds.Email | None = None
    """An e-mail address."""


class Start(Section):
    """The first screen."""

    fields: Annotated[StartFields, kinds.one_of(StartFields)] = StartFields.BOTH
    """By what people can sign in: phone number, e-mail address, or both."""
    first: Annotated[IdentifierKind, kinds.one_of(IdentifierKind)] = IdentifierKind.PHONE
    """Which of the two stands on the screen first, where both are offered."""
    prefill: Prefill = Prefill()
    """What the fields hold at first."""


class Force(Section):
    """A phone number or e-mail address that a person must sign in with."""

    phone: kinds.Phone | None = Field(default=None)
    """The phone number, with its calling code."""
    email: kinds.Email | None = Field(default=None)
    """The e-mail address; only one of phone and email is forced."""
    change: kinds.Flag = Field(default=False)
    """Whether the person may change it all the same."""

    @field_validator("email")
    @classmethod
    def _only_one(cls, email: str | None, info: ValidationInfo) -> str | None:
        if email is not None and info.data.get("phone") is not None:
            raise ValueError("only one of phone and email can be forced; remove one of them")
        return email


class Flow(Section):
    """What a person has to do to sign in."""

    force: Force = Force()
    """A phone number or e-mail address that nobody else can sign in with."""
    require_email: kinds.Flag = Field(default=False)
    """Whether an e-mail address is asked for in addition to the phone number."""
    verification: Annotated[Verification, kinds.one_of(Verification)] = Field(
        default=Verification.DEFAULT
    )
    """Whether a code by SMS is always asked for, never, or where the level needs it."""
    level: Annotated[Level, kinds.one_of(Level)] = Level.PHONE
    """Level of assurance: 1 is possession of the phone, 2 is a password."""
    consent: Annotated[Consent, kinds.one_of(Consent)] = Field(default=Consent.IMPLIED)
    """Whether consent follows from the terms on the page, or is asked for on a screen."""


class StaySignedIn(Section):
    """The box "Stay signed in" on the screens that ask for a password or a code."""

    shown: kinds.Flag = True
    """Whether the box is on the screen."""
    default: kinds.Flag = False
    """Whether it is checked at first."""


class Session(Section):
    """How long a person stays signed in."""

    stay_signed_in: StaySignedIn = StaySignedIn()
    """The box that lets a session outlive the browser window."""
    sso: kinds.Flag = Field(default=True)
    """Single sign-on: whether a session made at another service counts here."""
    max_age: kinds.Seconds | None = Field(default=None)
    """After how many seconds a person has to prove again who they are; 0 is always."""
    prompt: kinds.Several[Annotated[Prompt, kinds.one_of(Prompt)]] = Field(default=())
    """What the request insists on; none stands alone and shows no screen at all."""

    @field_validator("prompt")
    @classmethod
    def _none_stands_alone(cls, prompt: tuple[Prompt, ...]) -> tuple[Prompt, ...]:
        if Prompt.NONE in prompt and len(prompt) > 1:
            raise ValueError('"none" stands alone; remove it or the others')
        return prompt


class Sdk(Section):
    """What the Android and iOS libraries do."""

    prevent_hotspot_detection: kinds.Flag = Field(default=False)
    """Not to take the number of a phone whose hotspot is used."""
    detect_on_wifi: kinds.Flag = Field(default=False)
    """To ask the mobile network for the number while on Wi-Fi."""
    read_code: kinds.Flag = Field(default=False)
    """To read the code from the SMS, after consent (Android web view)."""
    prompt_mobile_data: kinds.Flag = Field(default=False)
    """To offer switching mobile data on for instant sign-in."""


class Button(Section):
    """The sign-in button in the service."""

    scheme: Annotated[choices.ButtonScheme, kinds.one_of(choices.ButtonScheme)] = Field(
        default=choices.ButtonScheme.DARK_GREY
    )
    """The colours of the button."""
    language: kinds.Tag = "en"
    """The language of its label."""


class Entry(Section):
    """How a person comes from the service to the sign-in pages."""

    point: Annotated[choices.EntryPoint, kinds.one_of(choices.EntryPoint)] = Field(
        default=choices.EntryPoint.BUTTON
    )
    """What starts the sign-in: a button, the start of the app, or a link."""
    browser: Annotated[choices.Browser, kinds.one_of(choices.Browser)] = Field(
        default=choices.Browser.IN_APP_TAB
    )
    """What the pages open in."""
    button: Button = Button()
    """The sign-in button in the service."""


class Client(Section):
    """A client file: everything one service has decided."""

    version: kinds.Version
    """The version of this file's shape: 1."""
    registration: Registration
    """Who the service is, and where it may be answered."""
    branding: Branding = Branding()
    """What makes the pages look like the service's own."""
    language: Language = Language()
    """In which languages the pages speak."""
    start: Start = Start()
    """The first screen."""
    flow: Flow = Flow()
    """What a person has to do to sign in."""
    session: Session = Session()
    """How long a person stays signed in."""
    sdk: Sdk = Sdk()
    """What the Android and iOS libraries do."""
    entry: Entry = Entry()
    """How a person comes from the service to the sign-in pages."""

    def policy(self) -> ClientPolicy:
        """Return what the engine obeys."""
        return ClientPolicy(
            client_id=self.registration.id,
            name=self.registration.name,
            redirect_uris=_both(self.registration.redirect_uris),
            native=self.registration.application_type is choices.ApplicationType.NATIVE,
            scopes=frozenset(self.registration.scopes),
            sms_sender=self.registration.sms_sender,
            level=self.flow.level,
            fields=self.start.fields,
            first=_first(self.start),
            prefill_phone=self.start.prefill.phone,
            prefill_email=self.start.prefill.email,
            stay_signed_in_shown=self.session.stay_signed_in.shown,
            stay_signed_in_default=self.session.stay_signed_in.default,
            sso=self.session.sso,
            max_age=self.session.max_age,
            prompt=frozenset(self.session.prompt),
            verification=self.flow.verification,
            forced_phone=self.flow.force.phone,
            forced_email=self.flow.force.email,
            forced_may_change=self.flow.force.change,
            require_email=self.flow.require_email,
            consent=self.flow.consent,
            sdk=SdkOptions(**self.sdk.model_dump()),
            post_logout_redirect_uris=_both(self.registration.post_logout_redirect_uris),
            backchannel_logout_uri=self.registration.backchannel_logout_uri,
            default_locale=self.language.default,
            offered_locales=self.language.offered,
            locale_by_request=self.language.by_request,
            default_country=self.language.default_country,
        )


def _both(uris: RedirectUris | PostLogoutRedirectUris) -> tuple[str, ...]:
    """Return the addresses of staging and of production, each once."""
    return tuple(dict.fromkeys((*uris.staging, *uris.production)))


def _first(start: Start) -> IdentifierKind:
    """Return the field that stands first; where only one is offered, that one."""
    if start.fields is StartFields.BOTH:
        return start.first
    return IdentifierKind(start.fields.value)
