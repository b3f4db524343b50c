import { request as httpRequest } from 'node:http';
import { signRequest } from './sign-request.ts';

/** What `credentials.json` of a data directory holds. */
export interface Credentials {
  readonly endpoint: string;
  readonly project_id: string;
  readonly access_key: string;
  readonly secret_key: string;
  readonly username: string;
  readonly password: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as JSON, or null when it is empty. */
  readonly json: any; // oxlint-disable-line typescript/no-explicit-any -- tests look into bodies of every shape
  readonly text: string;
}

/** A resource as the API writes it: `id` and whatever else its kind has. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every shape
export type WireResource = { readonly id: string; readonly [key: string]: any };

/** Singular key of the body → path below `/v3/{project}/elb/`. */
export const collections = {
  loadbalancer: 'loadbalancers',
  listener: 'listeners',
  pool: 'pools',
  certificate: 'certificates',
  healthmonitor: 'healthmonitors',
  ipgroup: 'ipgroups',
} as const;

export type Collection = keyof typeof collections;

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends the request without a signature. */
  readonly isUnsigned?: boolean;
  /** Time in the signature; default now. */
  readonly date?: Date;
  /** Default 15 s. */
  readonly timeoutMs?: number;
}

/** Speaks the v3 API over real HTTP, one connection per call, signed with the access key. */
export class ApiClient {
  readonly credentials: Credentials;

  constructor(credentials: Credentials) {
    this.credentials = credentials;
  }

  /** `path` below `/v3/{project}/elb/`, or from the root when it starts with a slash. Strings go out as they are. */
  call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<ApiAnswer> {
    const { endpoint, project_id: project } = this.credentials;
    const url = new URL(path.startsWith('/') ? path : `/v3/${project}/elb/${path}`, endpoint);
    const text = bodyText(body);
    const headers = { 'content-type': 'application/json', host: url.host, ...options.headers };
    return send(
      { method, url, body: text, timeoutMs: options.timeoutMs ?? 15_000 },
      this.signed({ method, url, headers, body: text }, options),
    );
  }

  async create(kind: Collection, fields: object): Promise<WireResource> {
    return expectStatus(await this.call('POST', collections[kind], { [kind]: fields }), 201).json[kind];
  }

  async show(kind: Collection, id: string): Promise<WireResource> {
    return expectStatus(await this.call('GET', `${collections[kind]}/${id}`), 200).json[kind];
  }

  async list(kind: Collection, query = ''): Promise<readonly WireResource[]> {
    return expectStatus(await this.call('GET', `${collections[kind]}${query}`), 200).json[collections[kind]];
  }

  async update(kind: Collection, id: string, fields: object): Promise<WireResource> {
    return expectStatus(await this.call('PUT', `${collections[kind]}/${id}`, { [kind]: fields }), 200).json[
      kind
    ];
  }

  async remove(kind: Collection, id: string): Promise<void> {
    expectStatus(await this.call('DELETE', `${collections[kind]}/${id}`), 204);
  }

  async addMember(poolId: string, fields: object): Promise<WireResource> {
    return expectStatus(await this.call('POST', `pools/${poolId}/members`, { member: fields }), 201).json
      .member;
  }

  async updateMember(poolId: string, id: string, fields: object): Promise<WireResource> {
    return expectStatus(await this.call('PUT', `pools/${poolId}/members/${id}`, { member: fields }), 200).json
      .member;
  }

  async removeMember(poolId: string, id: string): Promise<void> {
    expectStatus(await this.call('DELETE', `pools/${poolId}/members/${id}`), 204);
  }

  async members(poolId: string): Promise<readonly WireResource[]> {
    return expectStatus(await this.call('GET', `pools/${poolId}/members`), 200).json.members;
  }

  private signed(request: Parameters<typeof signRequest>[0], options: CallOptions): Record<string, string> {
    if (options.isUnsigned === true) return { ...request.headers };
    const { access_key: accessKey, secret_key: secretKey } = this.credentials;
    return signRequest(request, { accessKey, secretKey }, options.date ?? new Date());
  }
}

/** @throws Error with the answer's text when its status is another */
export function expectStatus(answer: ApiAnswer, status: number): ApiAnswer {
  if (answer.status !== status)
    throw new Error(`the API answered ${answer.status}, not ${status}: ${answer.text}`);
  return answer;
}

function bodyText(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}

interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly timeoutMs: number;
}

function send(
  { method, url, body, timeoutMs }: Outgoing,
  headers: Record<string, string>,
): Promise<ApiAnswer> {
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  const { promise, resolve, reject } = Promise.withResolvers<ApiAnswer>();
  const options = {
    method,
    agent: false,
    headers: { ...headers, ...length },
    signal: AbortSignal.timeout(timeoutMs),
  };
  const request = httpRequest(url, options, (response) => {
    const parts: Buffer[] = [];
    response.on('data', (bytes: Buffer) => parts.push(bytes));
    response.on('error', reject);
    response.on('end', () => {
      const text = Buffer.concat(parts).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, json: asJson(text), text });
    });
  });
  request.on('error', reject);
  request.end(body);
  return promise;
}

function asJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
