import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { RawRequest } from '../auth/canonical-request.ts';

/** What the socket edge adds to a request; absent when the app is called directly. */
export interface EdgeEnv {
  readonly Bindings: { readonly incoming?: IncomingMessage };
  readonly Variables: { requestId: string };
}

export type EdgeContext = Context<EdgeEnv>;

/** The request before URL parsing touched it: signatures are over what the client sent. */
export function rawRequest(context: EdgeContext): RawRequest {
  const url = new URL(context.req.url);
  return {
    method: context.req.method,
    target: incomingOf(context)?.url ?? `${url.pathname}${url.search}`,
    header: (name) => context.req.header(name)?.trim() ?? null,
    isSecure: url.protocol === 'https:',
  };
}

export function peerAddress(context: EdgeContext): string {
  return incomingOf(context)?.socket.remoteAddress ?? 'unknown';
}

/** Without an edge the framework leaves the bindings out altogether. */
function incomingOf(context: EdgeContext): IncomingMessage | undefined {
  return (context.env as EdgeEnv['Bindings'] | undefined)?.incoming;
}
