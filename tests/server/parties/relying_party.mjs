// A relying party made of openid-client: takes a line of JSON for each step and prints one line of
// what came of it, `{"value": ...}` or `{"refused": "code of the mistake"}`.
import { createInterface } from "node:readline";
import * as client from "openid-client";

const METHODS = {
  none: () => client.None(),
  client_secret_basic: (secret) => client.ClientSecretBasic(secret),
  client_secret_post: (secret) => client.ClientSecretPost(secret),
};
const LOOPBACK = { execute: [client.allowInsecureRequests] };

// Each party by its number.
const parties = [];

const steps = {
  async discover(_party, { issuer, client_id, secret, method }) {
    const auth = METHODS[method](secret);
    const party = await client.discovery(new URL(issuer), client_id, undefined, auth, LOOPBACK);
    return { number: parties.push(party) - 1, metadata: party.serverMetadata() };
  },

  async register(_party, { issuer, metadata }) {
    const party = await client.dynamicClientRegistration(new URL(issuer), metadata, undefined, LOOPBACK);
    return party.clientMetadata();
  },

  async ask(party, { parameters }) {
    const verifier = client.randomPKCECodeVerifier();
    const asked = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      ...parameters,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    };
    return { url: client.buildAuthorizationUrl(party, asked).href, state: asked.state, nonce: asked.nonce, verifier };
  },

  async exchange(party, { arrived, state, nonce, verifier, max_age }) {
    const tokens = await client.authorizationCodeGrant(party, new URL(arrived), {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      maxAge: max_age ?? undefined,
      idTokenExpected: true,
    });
    return { ...tokens, claims: tokens.claims() };
  },

  async refresh(party, { token }) {
    const tokens = await client.refreshTokenGrant(party, token);
    return { ...tokens, claims: tokens.claims() };
  },

  async userinfo(party, { token, subject }) {
    return client.fetchUserInfo(party, token, subject);
  },

  async post_userinfo(party, { token }) {
    const address = new URL(party.serverMetadata().userinfo_endpoint);
    return (await client.fetchProtectedResource(party, token, address, "POST")).json();
  },

  async revoke(party, { token }) {
    await client.tokenRevocation(party, token);
    return null;
  },

  async sign_out(party, { parameters }) {
    return client.buildEndSessionUrl(party, parameters).href;
  },
};

// What the provider says is wrong, else what the library does. Of an answer with a challenge the
// library has read the header only.
async function mistake(error) {
  if (error instanceof client.WWWAuthenticateChallengeError) {
    return error.cause[0].parameters.error ?? (await error.response.json()).error;
  }
  return error.error ?? error.code ?? String(error);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { step, number, ...values } = JSON.parse(line);
  let told;
  try {
    told = { value: await steps[step](parties[number], values) };
  } catch (error) {
    told = { refused: await mistake(error) };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
