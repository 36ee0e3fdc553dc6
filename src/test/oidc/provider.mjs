// An OpenID provider for the tests: oidc-provider with two clients and keys that can be changed.
//
//   node provider.mjs      writes one line "listening <port>" and runs until its input ends
//
// POST /test/rotate        signs with a new key from now on; ?drop also takes the old one away
// GET  /test/fetches       how often the keys were fetched
import { createServer } from 'node:http';
import { generateKeyPair, exportJWK } from 'jose';
import Provider from 'oidc-provider';

const ROLES = process.env.FAIRGROUND_TEST_ROLES ?? '';

let keys = [];
let fetches = 0;
let number = 0;
let provider;

async function newKey(algorithm) {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  number += 1;
  return { ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig', kid: `key-${number}` };
}

function client(id, values = {}) {
  return {
    client_id: id,
    client_secret: `${id}-secret`,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    ...values,
  };
}

function build(issuer) {
  const algorithm = keys[0].alg;
  const made = new Provider(issuer, {
    jwks: { keys },
    clients: [client('portal'), client('brief'), client('nobody')],
    scopes: ['openid'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (context, resource) => ({
          scope: '',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: algorithm } },
        }),
      },
    },
    ttl: { ClientCredentials: (context, token, asked) => (asked.clientId === 'brief' ? 1 : 600) },
    extraTokenClaims: (context, token) =>
      token.clientId === 'portal' ? { name: 'A portal', fairground_roles: ROLES.split(' ') } : {},
  });
  return made.callback();
}

const server = createServer(async (request, response) => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const url = new URL(request.url, issuer);
  if (url.pathname === '/test/rotate') {
    const fresh = await newKey(url.searchParams.get('alg') ?? 'RS256');
    keys = url.searchParams.has('drop') ? [fresh] : [fresh, ...keys];
    provider = build(issuer);
    response.end(fresh.kid);
  } else if (url.pathname === '/test/fetches') {
    response.end(String(fetches));
  } else {
    if (url.pathname === '/jwks') fetches += 1;
    provider(request, response);
  }
});

keys = [await newKey('RS256')];
server.listen(0, '127.0.0.1', () => {
  provider = build(`http://127.0.0.1:${server.address().port}`);
  console.log(`listening ${server.address().port}`);
});
process.stdin.resume().on('end', () => process.exit(0));
