import { errorToWire, guardedRoots, openApiDocument, type Operation, type Route, routes } from '@elbow/api';
import { addressRange, canonicalAddress, type Problem, problem } from '@elbow/model';
import type { Log } from '@elbow/plan';
import { Hono } from 'hono';
import { authenticate, type AuthenticateDeps, type Caller, checkProject } from '../auth/authenticate.ts';
import { logIn, type LoginDeps } from '../auth/login.ts';
import type { ConsoleFiles } from '../console/console-files.ts';
import { consolePage } from '../console/console-pages.ts';
import { homePage } from '../console/home-page.ts';
import type { Fleet } from '../fleet.ts';
import type { HistoryRecorder } from '../history/history-recorder.ts';
import type { Origin } from '../history/origin.ts';
import { metricsContentType, metricsPage } from '../metrics/metrics-page.ts';
import type { ServedOperation } from '../services/handlers.ts';
import { Refusal, refuseIf, valueOf } from '../services/crud/refusal.ts';
import type { Answer, Handler } from '../services/crud/service-context.ts';
import { type EdgeContext, type EdgeEnv, peerAddress, rawRequest } from './edge-env.ts';
import { problemOf } from './problem-of.ts';
import { parseJson, readBody } from './request-body.ts';
import { securityHeaders } from './security-headers.ts';
import { serveSession, type SessionOperation } from './serve-session.ts';

export interface AppDeps extends AuthenticateDeps, LoginDeps {
  readonly handlers: Readonly<Record<ServedOperation, Handler>>;
  readonly history: HistoryRecorder;
  readonly fleet: Pick<Fleet, 'notify' | 'whenLive' | 'readiness' | 'nodes' | 'askMetrics'>;
  /** Null while the console is not built. */
  readonly consoleFiles: ConsoleFiles | null;
  readonly version: string;
  readonly log: Log;
  /** 32 hexadecimal digits. */
  readonly newRequestId: () => string;
  /** A clock that never jumps, for durations. */
  readonly monotonicMs: () => number;
  /** How long a write waits for the workers before it answers `pending`. */
  readonly liveTimeoutMs: number;
}

type App = Hono<EdgeEnv>;

/** The HTTP face of the control plane: requests in, answers out, no socket needed. */
export function createApp(deps: AppDeps): App {
  const app: App = new Hono<EdgeEnv>({ strict: false });
  app.use(async (context, next) => {
    context.set('requestId', deps.newRequestId());
    await next();
    finish(context);
  });
  addOperatorPages(app, deps);
  for (const route of routes) {
    app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), (context) =>
      serve(deps, route, context),
    );
  }
  app.notFound((context) => unknownPath(deps, context));
  app.onError((error, context) => answerError(deps, error, context));
  return app;
}

/** Every answer can be found again by its id, errors included: SDKs read it from the header. */
function finish(context: EdgeContext): void {
  context.header('X-Request-Id', context.get('requestId'));
  for (const [name, value] of securityHeaders) {
    if (!context.res.headers.has(name)) context.header(name, value);
  }
}

function addOperatorPages(app: App, deps: AppDeps): void {
  const { fleet, version } = deps;
  app.get('/', (context) => consoleAnswer(deps, context) ?? context.html(homePage(version)));
  // The same for every installation of this version: it tells a stranger nothing of what is here.
  const document = openApiDocument(version);
  app.get('/openapi.json', (context) => context.json(document));
  app.get('/healthz', (context) => context.json({ status: 'alive', version }));
  app.get('/readyz', (context) => {
    const { isReady, reason } = fleet.readiness();
    return context.json({ status: isReady ? 'ready' : 'not ready', reason }, isReady ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    // Who is on this machine may count; from elsewhere it takes what reading the API takes.
    if (!isLoopback(peerAddress(context)))
      await admit(deps, { role: 'reader' }, context, () => Promise.resolve(new Uint8Array()));
    const page = metricsPage({ version, nodes: fleet.nodes(), counted: await fleet.askMetrics() });
    return context.body(page, 200, { 'Content-Type': metricsContentType });
  });
}

function isLoopback(peer: string): boolean {
  const address = canonicalAddress(peer);
  return address !== null && addressRange(address) === 'loopback';
}

async function serve(
  deps: AppDeps,
  route: Route & { readonly operation: Operation },
  context: EdgeContext,
): Promise<Response> {
  const body = oneTime(() => readBody(context.req.raw));
  if (route.operation === 'CreateToken') return serveLogin(deps, context, await body());
  if (isOfSession(route.operation)) return serveSession(deps, route.operation, context, body);
  const caller = await admit(deps, route, context, body);
  const facts = { ...placeOf(context, route), caller };
  const work = async (origin: Origin): Promise<Answer> =>
    deps.handlers[route.operation as ServedOperation]({
      projectId: caller?.projectId ?? '',
      params: context.req.param() as Record<string, string>,
      query: new URL(context.req.url).searchParams,
      body: route.method === 'POST' || route.method === 'PUT' ? parseJson(await body()) : undefined,
      ifMatch: context.req.header('If-Match') ?? null,
      origin,
    });
  if (route.method === 'GET') return respond(deps, await work({ ...facts, note: () => {} }), context);
  return serveChange(deps, facts, context, work);
}

function isOfSession(operation: Operation): operation is SessionOperation {
  return operation === 'CreateSession' || operation === 'ShowSession' || operation === 'DeleteSession';
}

type OriginFacts = Omit<Origin, 'note'>;

function placeOf(context: EdgeContext, { operation, resource }: Route): Omit<OriginFacts, 'caller'> {
  const { project_id: _project, ...params } = context.req.param() as Record<string, string>;
  return {
    address: peerAddress(context),
    requestId: context.get('requestId'),
    operation,
    resource,
    targetId: Object.values(params).at(-1)?.slice(0, 64) ?? null,
  };
}

/** Who changes something, or tries to, is told of in the history. */
async function serveChange(
  deps: AppDeps,
  facts: OriginFacts,
  context: EdgeContext,
  work: (origin: Origin) => Promise<Answer>,
): Promise<Response> {
  try {
    const answer = await deps.history.run(facts, work);
    const response = await respond(deps, answer, context);
    const live = response.headers.get('X-Elbow-Live');
    deps.history.settle(facts.requestId, { status: response.status, live });
    return response;
  } catch (error) {
    const found = problemOf(error);
    if (found !== null) deps.history.refuse(facts, found.status, found.message);
    throw error;
  }
}

function oneTime<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= work());
}

/** @returns the caller, or null where anybody may call @throws Refusal */
async function admit(
  deps: AppDeps,
  route: Pick<Route, 'role'> | Route,
  context: EdgeContext,
  body: () => Promise<Uint8Array>,
): Promise<Caller | null> {
  const { role } = route;
  if (role === null) return null;
  const request = rawRequest(context);
  const caller = valueOf(await authenticate(deps, request, body));
  refuseIf(checkProject(caller, context.req.param('project_id'), request.header('x-project-id')));
  if (caller.roles.includes(role)) return caller;
  const missing = problem('roleMissing', `this call needs the role ${role}`);
  if ('operation' in route && route.method !== 'GET')
    deps.history.refuse({ ...placeOf(context, route), caller }, missing.status, missing.message);
  throw new Refusal(missing);
}

async function serveLogin(deps: AppDeps, context: EdgeContext, bytes: Uint8Array): Promise<Response> {
  const { token, body } = valueOf(await logIn(deps, parseJson(bytes), peerAddress(context)));
  context.header('X-Subject-Token', token);
  return context.json(body, 201);
}

/** A write answers when the workers serve it; who cannot wait longer is told that it is on its way. */
async function respond(deps: AppDeps, answer: Answer, context: EdgeContext): Promise<Response> {
  if (answer.revision !== undefined) context.header('X-Elbow-Live', await live(deps, answer.revision));
  if (answer.etag !== undefined) context.header('ETag', answer.etag);
  if (answer.body === null) return context.body(null, 204);
  return context.json({ ...answer.body, request_id: context.get('requestId') }, answer.status as 200 | 201);
}

async function live({ fleet, liveTimeoutMs, monotonicMs }: AppDeps, revision: number): Promise<string> {
  const startedMs = monotonicMs();
  fleet.notify();
  const isLive = await fleet.whenLive(revision, liveTimeoutMs);
  return isLive ? String(Math.round(monotonicMs() - startedMs)) : 'pending';
}

function consoleAnswer({ consoleFiles, newRequestId }: AppDeps, context: EdgeContext) {
  const { method } = context.req;
  if (consoleFiles === null || (method !== 'GET' && method !== 'HEAD')) return null;
  const request = {
    pathname: new URL(context.req.url).pathname,
    accept: context.req.header('Accept') ?? '',
    acceptEncoding: context.req.header('Accept-Encoding') ?? '',
  };
  return consolePage(consoleFiles, request, newRequestId);
}

/** Roots of what is no page of the console, now or one day. */
const reservedRoots = [...guardedRoots, '/metrics', '/healthz', '/readyz', '/versions', '/openapi.json'];

function isBelow(pathname: string, roots: readonly string[]): boolean {
  return roots.some((root) => pathname === root || pathname.startsWith(`${root}/`));
}

/** Strangers are not told which paths of the API exist; every other path may be a page of the console. */
async function unknownPath(deps: AppDeps, context: EdgeContext): Promise<Response> {
  const { pathname } = new URL(context.req.url);
  const page = isBelow(pathname, reservedRoots) ? null : consoleAnswer(deps, context);
  if (page !== null) return page;
  if (isBelow(pathname, guardedRoots))
    await admit(
      deps,
      { role: 'reader' },
      context,
      oneTime(() => readBody(context.req.raw)),
    );
  const name = `${context.req.method} ${pathname.slice(0, 200)}`;
  throw new Refusal(problem('unknownApi', `The API does not exist or has not been published: ${name}`));
}

function answerError(deps: AppDeps, error: unknown, context: EdgeContext): Response {
  const requestId = context.get('requestId');
  const found = problemOf(error) ?? reportBug(deps, error, requestId);
  if (found.status === 413) context.header('Connection', 'close');
  // An error of a path that is unknown does not come by the middleware again.
  context.header('X-Request-Id', requestId);
  for (const [name, value] of securityHeaders) context.header(name, value);
  return context.json(errorToWire(found, requestId), found.status as 400);
}

function reportBug({ log }: AppDeps, error: unknown, requestId: string): Problem {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log('error', 'a request failed because of a bug', { requestId, detail });
  return problem('internal', 'internal error; the log has the details under this request id');
}
