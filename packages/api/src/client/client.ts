import { type Operation, type Route, type RouteOf, routes } from '../routes.ts';
import type { AnswerBodies } from './answer-bodies.ts';
import { ApiError, errorOf } from './api-error.ts';
import type { RequestBodies } from './request-bodies.ts';

export interface ClientOptions {
  /** The platform's own, or one that signs. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Where the API is, without a slash at the end; empty for the page's own origin. */
  readonly endpoint: string;
  /** Asked at every call: both change with a login. */
  readonly projectId: () => string;
  /** Headers that say who calls, e.g. `X-Auth-Token`. */
  readonly auth: (request: OutgoingRequest) => Headers | Promise<Headers>;
}

type Headers = Readonly<Record<string, string>>;

/** What a signature is made over. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

type Scalar = string | number | boolean;
/** Repeated keys mean "or"; undefined leaves a key out. */
export type Query = Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>;

type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;
type Params<O extends Operation> = Exclude<ParamNames<RouteOf<O>[1]>, 'project_id'>;
type ParamsPart<O extends Operation> = [Params<O>] extends [never]
  ? unknown
  : { readonly params: { readonly [Name in Params<O>]: string } };
type BodyPart<O extends Operation> = O extends keyof RequestBodies
  ? { readonly body: RequestBodies[O] }
  : RouteOf<O>[0] extends 'GET' | 'DELETE'
    ? unknown
    : { readonly body: Readonly<Record<string, unknown>> };

/** What one operation is called with. */
export type CallOf<O extends Operation> = ParamsPart<O> &
  BodyPart<O> & {
    readonly query?: Query;
    readonly signal?: AbortSignal;
    /** `etag` of the answer that a change starts from: it is refused with 412 when the object has changed since. */
    readonly ifMatch?: string | undefined;
  };

/** What it answers: its body, and what the headers say. */
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly requestId: string | null;
  /** Of a write: milliseconds until every worker served it, or `pending`; null for reads. */
  readonly live: number | 'pending' | null;
  /** The version of the object that the body shows; null where there is none. */
  readonly etag: string | null;
  /** Of `createToken` only. */
  readonly subjectToken: string | null;
}

export type AnswerOf<O extends Operation> = O extends keyof AnswerBodies
  ? AnswerBodies[O]
  : RouteOf<O>[0] extends 'DELETE'
    ? null
    : Readonly<Record<string, unknown>>;

type MayBeEmpty<Call> = Record<never, never> extends Call ? [call?: Call] : [call: Call];

/** One method for each operation of the route table, under its name in the SDKs. */
export type Client = {
  readonly [O in Operation as Uncapitalize<O>]: (
    ...call: MayBeEmpty<CallOf<O>>
  ) => Promise<Answer<AnswerOf<O>>>;
};

/** The API as typed functions. Every method rejects with an {@link ApiError} and with nothing else. */
export function createClient(options: ClientOptions): Client {
  const methods = routes.map((route) => [
    route.operation.charAt(0).toLowerCase() + route.operation.slice(1),
    (call: LooseCall = {}) => send(options, route, call),
  ]);
  return Object.fromEntries(methods) as Client;
}

interface LooseCall {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly ifMatch?: string | undefined;
}

async function send(options: ClientOptions, route: Route, call: LooseCall): Promise<Answer<unknown>> {
  const url = `${options.endpoint}${pathOf(route.path, options, call)}${queryOf(call.query ?? {})}`;
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const credentials = route.role === null ? {} : await options.auth({ method: route.method, url, body });
  const type = body === '' ? {} : { 'Content-Type': 'application/json' };
  const condition = call.ifMatch === undefined ? {} : { 'If-Match': call.ifMatch };
  const response = await answered(options, url, {
    method: route.method,
    headers: { ...type, ...condition, ...credentials },
    ...(body === '' ? {} : { body }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  });
  return read(response);
}

function pathOf(path: string, { projectId }: ClientOptions, { params = {} }: LooseCall): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    return encodeURIComponent(name === 'project_id' ? projectId() : (params[name] ?? ''));
  });
}

function queryOf(query: Query): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => {
    const values: readonly Scalar[] = value === undefined ? [] : typeof value === 'object' ? value : [value];
    return values.map((one) => `${encodeURIComponent(key)}=${encodeURIComponent(one)}`);
  });
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

async function answered(options: ClientOptions, url: string, init: RequestInit): Promise<Response> {
  try {
    return await options.fetch(url, init);
  } catch (error) {
    throw noAnswer(error);
  }
}

function noAnswer(cause: unknown): ApiError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ApiError({ status: 0, code: 'NETWORK', message, requestId: null }, { cause });
}

async function read(response: Response): Promise<Answer<unknown>> {
  const requestId = response.headers.get('X-Request-Id');
  const text = await response.text().catch((error: unknown) => {
    throw noAnswer(error);
  });
  if (!response.ok) throw errorOf(response.status, text, requestId);
  return {
    status: response.status,
    body: text === '' ? null : parsed(text, response.status, requestId),
    requestId,
    live: liveOf(response.headers.get('X-Elbow-Live')),
    etag: response.headers.get('ETag'),
    subjectToken: response.headers.get('X-Subject-Token'),
  };
}

function parsed(text: string, status: number, requestId: string | null): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const message = 'the answer is not JSON';
    throw new ApiError({ status, code: 'HTTP', message, requestId }, { cause });
  }
}

function liveOf(header: string | null): Answer<unknown>['live'] {
  if (header === null) return null;
  return /^\d+$/.test(header) ? Number(header) : 'pending';
}
