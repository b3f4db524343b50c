import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';

/** What the daemon wrote at its first start. */
interface Credentials {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
}

/** The daemon, or the way to it, said no: the text is for the person at the terminal. */
export class CallFailed extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CallFailed';
  }
}

/**
 * Calls the API of the daemon on this data directory, as the user that it made for itself.
 * @returns what the JSON of the answer stands for
 * @throws {CallFailed}
 */
export async function callAdmin(dataDir: string, path: string, body: unknown): Promise<unknown> {
  const { endpoint, username, password } = readCredentials(dataDir);
  const user = { name: username, password };
  const login = { auth: { identity: { methods: ['password'], password: { user } } } };
  const place = { endpoint, ca: certificateOf(dataDir) };
  const { token } = await post(place, '/v3/auth/tokens', { body: login });
  if (token === null) throw new CallFailed('the daemon gave no token');
  return (await post(place, path, { body, token })).json;
}

function readCredentials(dataDir: string): Credentials {
  const path = join(dataDir, 'credentials.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Credentials;
  } catch (error) {
    throw new CallFailed(
      `cannot read ${path}: ${(error as Error).message}; is this the data directory (--data-dir)?`,
    );
  }
}

/** Where the admin port speaks TLS its certificate may be one of the daemon's own making. */
function certificateOf(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, 'admin-certificate.pem'), 'utf8');
  } catch {
    return undefined;
  }
}

interface Place {
  readonly endpoint: string;
  readonly ca: string | undefined;
}

interface Posted {
  readonly json: unknown;
  readonly token: string | null;
}

const TIMEOUT_MS = 15_000;

function post(
  { endpoint, ca }: Place,
  path: string,
  { body, token }: { readonly body: unknown; readonly token?: string },
): Promise<Posted> {
  const url = new URL(path, endpoint);
  const text = JSON.stringify(body);
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...(token === undefined ? {} : { 'X-Auth-Token': token }),
  };
  const { promise, resolve, reject } = Promise.withResolvers<Posted>();
  const options = {
    method: 'POST',
    headers,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(ca === undefined ? {} : { ca }),
  };
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (answer) => {
    const parts: Buffer[] = [];
    answer.on('data', (bytes: Buffer) => parts.push(bytes));
    answer.on('error', reject);
    answer.on('end', () => {
      const json = parse(Buffer.concat(parts).toString('utf8'));
      const subject = answer.headers['x-subject-token'];
      if ((answer.statusCode ?? 0) < 300)
        resolve({ json, token: typeof subject === 'string' ? subject : null });
      else reject(new CallFailed(messageOf(json) ?? `the daemon answered ${answer.statusCode}`));
    });
  });
  request.on('error', (error) =>
    reject(new CallFailed(`cannot reach the daemon at ${endpoint}: ${error.message}`)),
  );
  request.end(text);
  return promise;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function messageOf(json: unknown): string | null {
  const message = (json as { readonly error_msg?: unknown } | null)?.error_msg;
  return typeof message === 'string' ? message : null;
}
