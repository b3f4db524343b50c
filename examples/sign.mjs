// Signs one call of the v3 API (SDK-HMAC-SHA256) and prints it as a configuration for curl:
//
//   body='{"loadbalancer": {"name": "edge", "availability_zone_list": ["az1"]}}'
//   curl -sS -K <(node examples/sign.mjs POST loadbalancers "$body") --data-binary "$body"
//
// ELBOW_CREDENTIALS names the credentials file; default var/credentials.json. Needs Node 20 or newer, nothing else.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [method = 'GET', path = 'loadbalancers', body = ''] = process.argv.slice(2);
const credentials = JSON.parse(readFileSync(process.env.ELBOW_CREDENTIALS ?? 'var/credentials.json', 'utf8'));
const url = new URL(`/v3/${credentials.project_id}/elb/${path}`, credentials.endpoint);

const date = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '') + 'Z';
const headers = { 'content-type': 'application/json', host: url.host, 'x-sdk-date': date };
const names = Object.keys(headers).sort();
const query = [...url.searchParams]
  .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
  .map(([name, value]) => `${encode(name)}=${encode(value)}`);

const canonicalRequest = [
  method,
  url.pathname.replace(/\/?$/, '/'),
  query.join('&'),
  ...names.map((name) => `${name}:${headers[name]}`),
  '',
  names.join(';'),
  sha256(body),
].join('\n');
const stringToSign = `SDK-HMAC-SHA256\n${date}\n${sha256(canonicalRequest)}`;
const signature = createHmac('sha256', credentials.secret_key).update(stringToSign).digest('hex');
const authorization = `SDK-HMAC-SHA256 Access=${credentials.access_key}, SignedHeaders=${names.join(';')}, Signature=${signature}`;

console.log(`url = "${url.href}"`);
console.log(`request = "${method}"`);
for (const name of names) console.log(`header = "${name}: ${headers[name]}"`);
console.log(`header = "authorization: ${authorization}"`);

function encode(text) {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}
