import { errorToWire, guardedRoots, type Operation, type Route, routes } from '@elbow/api';
import { addressRange, canonicalAddress, type Problem, problem } from '@elbow/model';
import { Hono } from 'hono';
import { authenticate, type AuthenticateDeps, type Caller, checkProject } from '../auth/authenticate.ts';
import { logIn, type LoginDeps } from '../auth/login.ts';
import type { Fleet } from '../fleet.ts';
import { metricsContentType, metricsPage } from '../metrics/metrics-page.ts';
import type { Log } from '../reconcile/log.ts';
import type { ServedOperation } from '../services/handlers.ts';
import { Refusal, refuseIf, valueOf } from '../services/refusal.ts';
import type { Answer, Handler } from '../services/service-context.ts';
import { type EdgeContext, type EdgeEnv, peerAddress, rawRequest } from './edge-env.ts';
import { homePage } from './home-page.ts';
import { problemOf } from './problem-of.ts';
import { parseJson, readBody } from './request-body.ts';
import { securityHeaders } from './security-headers.ts';

export interface AppDeps extends AuthenticateDeps, LoginDeps {
  readonly handlers: Readonly<Record<ServedOperation, Handler>>;
  readonly fleet: Pick<Fleet, 'notify' | 'whenLive' | 'readiness' | 'nodes' | 'askMetrics'>;
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
  for (const [name, value] of securityHeaders) context.header(name, value);
}

function addOperatorPages(app: App, deps: AppDeps): void {
  const { fleet, version } = deps;
  app.get('/', (context) => context.html(homePage(version)));
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
  const caller = await admit(deps, route, context, body);
  const answer = await deps.handlers[route.operation]({
    projectId: caller?.projectId ?? '',
    params: context.req.param() as Record<string, string>,
    query: new URL(context.req.url).searchParams,
    body: route.method === 'POST' || route.method === 'PUT' ? parseJson(await body()) : undefined,
  });
  return respond(deps, answer, context);
}

function oneTime<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => (result ??= work());
}

/** @returns the caller, or null where anybody may call @throws Refusal */
async function admit(
  deps: AppDeps,
  { role }: Pick<Route, 'role'>,
  context: EdgeContext,
  body: () => Promise<Uint8Array>,
): Promise<Caller | null> {
  if (role === null) return null;
  const request = rawRequest(context);
  const caller = valueOf(await authenticate(deps, request, body));
  refuseIf(checkProject(caller, context.req.param('project_id'), request.header('x-project-id')));
  if (!caller.roles.includes(role))
    throw new Refusal(problem('roleMissing', `this call needs the role ${role}`));
  return caller;
}

async function serveLogin(deps: AppDeps, context: EdgeContext, bytes: Uint8Array): Promise<Response> {
  const { token, body } = valueOf(await logIn(deps, parseJson(bytes), peerAddress(context)));
  context.header('X-Subject-Token', token);
  return context.json(body, 201);
}

/** A write answers when the workers serve it; who cannot wait longer is told that it is on its way. */
async function respond(deps: AppDeps, answer: Answer, context: EdgeContext): Promise<Response> {
  if (answer.revision !== undefined) context.header('X-Elbow-Live', await live(deps, answer.revision));
  if (answer.body === null) return context.body(null, 204);
  return context.json({ ...answer.body, request_id: context.get('requestId') }, answer.status as 200 | 201);
}

async function live({ fleet, liveTimeoutMs, monotonicMs }: AppDeps, revision: number): Promise<string> {
  const startedMs = monotonicMs();
  fleet.notify();
  const isLive = await fleet.whenLive(revision, liveTimeoutMs);
  return isLive ? String(Math.round(monotonicMs() - startedMs)) : 'pending';
}

/** Strangers are not told which paths exist. */
async function unknownPath(deps: AppDeps, context: EdgeContext): Promise<Response> {
  const { pathname } = new URL(context.req.url);
  const isGuarded = guardedRoots.some((root) => pathname === root || pathname.startsWith(`${root}/`));
  if (isGuarded)
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
  finish(context);
  if (found.status === 413) context.header('Connection', 'close');
  return context.json(errorToWire(found, requestId), found.status as 400);
}

function reportBug({ log }: AppDeps, error: unknown, requestId: string): Problem {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log('error', 'a request failed because of a bug', { requestId, detail });
  return problem('internal', 'internal error; the log has the details under this request id');
}
