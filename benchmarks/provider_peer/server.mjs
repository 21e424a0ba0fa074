// npm oidc-provider, set up to do what `connect-studio serve` does for one public client.
//
// The same work: PKCE with S256, RS256 with a key of 2048 bits, an ID token, an opaque access token,
// a refresh token, userinfo of the same scopes, a session that answers at once, and the same two
// forms, a number and the code sent to it. Everything is in its own in-memory adapter. /inbox tells
// the codes that were sent, as JSON.

import { generateKeyPairSync, randomBytes, randomInt } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const SCOPE = "openid profile email phone";
const HOUR = 3600;
const DAY = 24 * HOUR;
const LONGEST_BODY = 64 * 1024;

const accounts = new Map();
const codes = new Map();
const inbox = [];

const escape = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function page(title, uid, body) {
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<main>
<h1>${escape(title)}</h1>
<form method="post" action="/interaction/${escape(uid)}">
${body}
<button name="action" value="submit">Continue</button>
</form>
</main>
</body>
</html>
`;
}

const start = (uid) =>
  page("Sign in", uid, '<input name="identifier" type="tel" autocomplete="tel" required>');

const verify = (uid, number) =>
  page("Verify your phone", uid, `<p>${escape(number)}</p>
<input name="code" autocomplete="one-time-code" inputmode="numeric" required>`);

async function read(request) {
  let body = "";
  for await (const part of request) {
    body += part;
    if (body.length > LONGEST_BODY) throw new Error("the body is too large");
  }
  return new URLSearchParams(body);
}

function answer(response, text, mimetype) {
  response.writeHead(200, {
    "Content-Type": mimetype,
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
  });
  response.end(text);
}

function send(uid, number) {
  const code = String(randomInt(10_000)).padStart(4, "0");
  codes.set(uid, { number, code });
  inbox.unshift({ to: number, code });
}

function known(number) {
  const account = accounts.get(number) ?? randomBytes(16).toString("hex");
  accounts.set(number, account);
  accounts.set(account, number);
  return account;
}

async function interact(provider, request, response) {
  const { uid } = await provider.interactionDetails(request, response);
  const sent = codes.get(uid);
  if (request.method !== "POST") {
    answer(response, sent ? verify(uid, sent.number) : start(uid), "text/html; charset=utf-8");
    return;
  }
  const fields = await read(request);
  if (sent && fields.get("code") === sent.code) {
    codes.delete(uid);
    const login = { accountId: known(sent.number) };
    await provider.interactionFinished(request, response, { login });
    return;
  }
  if (fields.has("identifier")) send(uid, fields.get("identifier"));
  response.writeHead(303, { Location: `/interaction/${uid}`, "Content-Length": 0 });
  response.end();
}

const configuration = (jwk) => ({
  clients: [
    {
      client_id: "fakebrand",
      token_endpoint_auth_method: "none",
      redirect_uris: ["http://localhost:8081/oauth2callback"],
      response_types: ["code"],
      grant_types: ["authorization_code", "refresh_token"],
    },
  ],
  jwks: { keys: [{ ...jwk, use: "sig", alg: "RS256" }] },
  cookies: { keys: [randomBytes(32).toString("hex")] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  claims: {
    openid: ["sub"],
    profile: ["name", "locale"],
    email: ["email", "email_verified"],
    phone: ["phone_number", "phone_number_verified"],
  },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, phone_number: accounts.get(id), phone_number_verified: true }),
  }),
  issueRefreshToken: () => true,
  // The client is of the house: nobody is asked what it may have.
  async loadExistingGrant(context) {
    const { provider, client, session } = context.oidc;
    const id = session.grantIdFor(client.clientId);
    const found = id && (await provider.Grant.find(id));
    if (found) return found;
    const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
    grant.addOIDCScope(SCOPE);
    await grant.save();
    return grant;
  },
  ttl: {
    AccessToken: HOUR,
    AuthorizationCode: 60,
    Grant: 365 * DAY,
    IdToken: HOUR,
    Interaction: HOUR,
    RefreshToken: 90 * DAY,
    Session: 365 * DAY,
  },
});

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(origin, configuration(privateKey.export({ format: "jwk" })));
  const protocol = provider.callback();
  server.on("request", (request, response) => {
    if (request.url.startsWith("/interaction/")) {
      interact(provider, request, response).catch((mistake) => {
        response.writeHead(500, { "Content-Type": "text/plain" });
        response.end(String(mistake));
      });
    } else if (request.url === "/inbox") {
      answer(response, JSON.stringify({ messages: inbox }), "application/json");
      inbox.length = 0;
    } else {
      protocol(request, response);
    }
  });
  process.stdout.write(`Serving at ${origin}\n`);
});
process.on("SIGTERM", () => process.exit(0));
