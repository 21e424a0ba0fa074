// A web service that people sign in to with CONNECT. Run it with `node server.mjs`.
//
// What it asks for is in ../connect.json, its pages are in ../pages/. The environment says the
// rest: CONNECT_ISSUER is where CONNECT is, CONNECT_CLIENT_SECRET what only the service knows.
//
// Rules kept here:
//
// * each sign-in has a state, a nonce and a code verifier of its own, kept on the server for the
//   one browser that began it (RFC 9700, section 2.1.1);
// * openid-client believes an ID token when its signature, issuer, audience, nonce and time are
//   right (OpenID Connect Core 1.0, section 3.1.3.7); the level is looked at here;
// * who did not choose to stay signed in (`td_sls`) is signed out with the browser window;
// * who signs out at CONNECT is signed out here too, when CONNECT says so (Back-Channel Logout 1.0).

import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as openid from 'openid-client'

const DAY = 24 * 60 * 60
// Seconds that a session lasts; of others the cookie ends with the browser window.
const STAY = 90 * DAY
const MOST_WAITING = 10_000
const MOST_BODY = 64 * 1024
const REQUEST = 'service-request'
const SESSION = 'service-session'
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

const read = async (name) => readFile(new URL(`../${name}`, import.meta.url), 'utf8')

const settings = JSON.parse(await read('connect.json'))
const issuer = new URL(process.env.CONNECT_ISSUER ?? settings.issuer)
const secret = process.env.CONNECT_CLIENT_SECRET
const redirectUri = new URL(process.env.CONNECT_REDIRECT_URI ?? settings.redirect_uri)
const secure = redirectUri.protocol === 'https:'

// Where everything is, asked for when it is first needed. Plain http is for this machine alone.
let asked
const connect = () => {
  asked ??= openid
    .discovery(
      issuer,
      settings.client_id,
      undefined,
      secret ? openid.ClientSecretBasic(secret) : openid.None(),
      { execute: issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : [] },
    )
    .catch((error) => {
      asked = undefined
      throw error
    })
  return asked
}

// What is waiting for an answer, and who is signed in, by the value of a cookie. In memory.
const waiting = new Map()
const sessions = new Map()

const now = () => Math.floor(Date.now() / 1000)
const key = () => randomBytes(32).toString('base64url')

class Refused extends Error {}

async function begin(languages, change) {
  const config = await connect()
  const begun = {
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    verifier: openid.randomPKCECodeVerifier(),
  }
  const parameters = new URLSearchParams({
    redirect_uri: redirectUri.href,
    scope: settings.scope,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
    ...settings.parameters,
    ...(languages && { ui_locales: languages }),
    ...(change && { prompt: 'login' }),
  })
  for (const hint of change ? [] : settings.login_hint) parameters.append('login_hint', hint)
  return [begun, openid.buildAuthorizationUrl(config, parameters)]
}

async function finish(begun, answer) {
  const config = await connect()
  const { max_age: maxAge } = settings.parameters
  const tokens = await openid.authorizationCodeGrant(config, answer, {
    expectedState: begun.state,
    expectedNonce: begun.nonce,
    pkceCodeVerifier: begun.verifier,
    ...(maxAge !== undefined && { maxAge: Number(maxAge) }),
  })
  const claims = tokens.claims()
  if (Number(claims.acr ?? 0) < settings.level) throw new Refused('level_too_low')
  const person = await openid.fetchUserInfo(config, tokens.access_token, claims.sub)
  const stays = !claims.td_sls
  return {
    sub: claims.sub,
    sid: claims.sid,
    idToken: tokens.id_token,
    who: claims.td_au ?? person.phone_number ?? person.email ?? '',
    name: person.name ?? '',
    phone: person.phone_number ?? '',
    email: person.email ?? '',
    stays,
    until: now() + (stays ? STAY : DAY),
  }
}

async function signOutUrl(session) {
  const back = settings.post_logout_redirect_uri
  return openid.buildEndSessionUrl(await connect(), {
    id_token_hint: session.idToken,
    ...(back && { post_logout_redirect_uri: back }),
  })
}

// Back-Channel Logout 1.0, section 2.6.
async function signedOut(logoutToken) {
  const metadata = (await connect()).serverMetadata()
  const { payload } = await jwtVerify(
    logoutToken,
    createRemoteJWKSet(new URL(metadata.jwks_uri)),
    {
      issuer: metadata.issuer,
      audience: settings.client_id,
      algorithms: ['RS256'],
      requiredClaims: ['iat', 'exp', 'jti'],
    },
  )
  if (!payload.events?.[LOGOUT_EVENT] || 'nonce' in payload || !(payload.sub || payload.sid)) {
    throw new Refused('not_a_logout_token')
  }
  return payload
}

function accountUrl(section, back) {
  const url = new URL(`/id/account${section}`, issuer)
  url.search = new URLSearchParams({ client_id: settings.client_id, back })
  return url.href
}

// Ways

async function show(request) {
  const session = sessionOf(request)
  if (!session) return page(request, 'signed-out')
  const home = settings.post_logout_redirect_uri ?? `${redirectUri.origin}/`
  return page(request, 'signed-in', 200, {
    ...session,
    account: accountUrl('', home),
    profile: accountUrl('/profile', home),
    phones: accountUrl('/phones', home),
    emails: accountUrl('/emails', home),
    password: accountUrl('/password', home),
  })
}

async function signIn(request, url) {
  const languages = settings.ui_locales ? accepted(request).join(' ') : ''
  const [begun, location] = await begin(languages, url.searchParams.has('switch'))
  const name = key()
  waiting.set(name, begun)
  while (waiting.size > MOST_WAITING) waiting.delete(waiting.keys().next().value)
  // Lax: the answer comes as a link from CONNECT's site.
  return redirect(location.href, [cookie(REQUEST, name)])
}

async function arrive(request, url) {
  if (!url.searchParams.has('state')) return show(request)
  const name = cookies(request)[REQUEST]
  const begun = waiting.get(name)
  waiting.delete(name)
  if (!begun) return page(request, 'refused', 403, { error: 'not_begun_here' })
  let session
  try {
    session = await finish(begun, new URL(url.search, redirectUri))
  } catch (error) {
    const code = error instanceof Refused ? error.message : error.error
    if (code === 'access_denied') return page(request, 'signed-out', 403)
    if (code) return page(request, 'refused', 403, { error: code })
    console.warn("CONNECT's answer was refused:", error.message)
    return page(request, 'refused', 502, { error: 'invalid_answer' })
  }
  const own = key()
  sessions.set(own, session)
  const age = session.stays ? `; Max-Age=${STAY}` : ''
  return redirect('/', [cookie(SESSION, own, age), cookie(REQUEST, '', '; Max-Age=0')])
}

async function signOut(request) {
  const form = await body(request)
  const session = sessionOf(request)
  sessions.delete(cookies(request)[SESSION])
  const everywhere = session && form.get('of') === 'connect'
  const location = everywhere ? (await signOutUrl(session)).href : '/'
  return redirect(location, [cookie(SESSION, '', '; Max-Age=0')])
}

async function told(request) {
  const headers = { 'Cache-Control': 'no-store' }
  let ended
  try {
    ended = await signedOut((await body(request)).get('logout_token') ?? '')
  } catch {
    return { status: 400, headers }
  }
  for (const [name, session] of sessions) {
    if (ended.sid ? session.sid === ended.sid : session.sub === ended.sub) sessions.delete(name)
  }
  return { status: 200, headers }
}

async function style() {
  return { status: 200, headers: { 'Content-Type': 'text/css' }, text: await read('connect.css') }
}

const ways = new Map([
  ['GET /', show],
  ['GET /connect.css', style],
  ['GET /sign-in', signIn],
  ['POST /sign-out', signOut],
  [`POST ${settings.backchannel_logout_path}`, told],
  [`GET ${new URL(settings.post_logout_redirect_uri ?? '/', redirectUri).pathname}`, show],
  [`GET ${redirectUri.pathname}`, arrive],
])

// What a framework would do

function sessionOf(request) {
  const session = sessions.get(cookies(request)[SESSION])
  return session && now() < session.until ? session : undefined
}

function cookies(request) {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='))
  return Object.fromEntries(pairs.map(([name, value]) => [name, value ?? '']))
}

function cookie(name, value, more = '') {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${more}`
}

function accepted(request) {
  return (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().split(';q='))
    .filter(([tag]) => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(tag))
    .sort((one, other) => (other[1] ?? 1) - (one[1] ?? 1))
    .map(([tag]) => tag)
}

function language(request) {
  for (const tag of accepted(request)) {
    const found = settings.pages.find((one) => one === tag || one.split('-')[0] === tag.split('-')[0])
    if (found) return found
  }
  return settings.language
}

async function page(request, name, status = 200, parts = {}) {
  let text = await read(`pages/${language(request)}/${name}.html`)
  for (const [part, value] of Object.entries(parts)) {
    text = text.replaceAll(`[[${part}]]`, () => escaped(String(value)))
  }
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }
  return { status, headers, text }
}

function escaped(text) {
  const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, (char) => named[char])
}

function redirect(location, setCookie) {
  return { status: 303, headers: { Location: location, 'Set-Cookie': setCookie } }
}

async function body(request) {
  let text = ''
  for await (const part of request.setEncoding('utf8')) {
    text += part
    if (text.length > MOST_BODY) throw new Error('the form is too large')
  }
  return new URLSearchParams(text)
}

async function answer(request) {
  const url = new URL(request.url, redirectUri)
  const way = ways.get(`${request.method} ${url.pathname}`)
  return way ? way(request, url) : { status: 404, headers: {}, text: 'Not found' }
}

// Signing out sends a form on to CONNECT.
const guards = {
  'Content-Security-Policy':
    `default-src 'none'; style-src 'self'; img-src data:; form-action 'self' ${issuer.origin}; ` +
    "base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

const server = createServer((request, response) => {
  answer(request)
    .catch((error) => {
      console.error(error)
      return { status: 500, headers: {}, text: 'Something went wrong' }
    })
    .then(({ status, headers, text = '' }) => {
      response.writeHead(status, { ...guards, ...headers }).end(text)
    })
})

const port = secure ? (process.env.PORT ?? 8081) : redirectUri.port || 80
server.listen(Number(port), secure ? 'localhost' : redirectUri.hostname, () => {
  console.log(`The service is at ${secure ? `http://localhost:${port}` : redirectUri.origin}/`)
})
