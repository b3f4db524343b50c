import type { Reply } from './reply.ts';
import type { SeenRequest } from './scripted-backend.ts';

/**
 * The reply of a member without a script: 200 with a JSON picture of the request. The query asks for something
 * else: `status`, `delay` (ms), `size` (bytes of pattern instead of JSON), `ctype`, `ce` (Content-Encoding), `etag`,
 * `framing` (as in {@link Reply}), `close=1`.
 */
export function echo(request: SeenRequest, memberName: string): Reply {
  const query = new URLSearchParams(request.target.split('?')[1] ?? '');
  const size = query.get('size');
  const headers: [string, string][] = [['Content-Type', query.get('ctype') ?? 'application/json']];
  if (query.has('ce')) headers.push(['Content-Encoding', query.get('ce') ?? '']);
  if (query.has('etag')) headers.push(['ETag', query.get('etag') ?? '']);
  headers.push(['X-Member', memberName]);
  return {
    kind: 'answer',
    status: Number(query.get('status') ?? 200),
    headers,
    body: size === null ? picture(request, memberName) : Number(size),
    framing: (query.get('framing') ?? 'length') as 'length' | 'chunked' | 'close',
    closes: query.get('close') === '1',
    delayMs: Number(query.get('delay') ?? 0),
  };
}

function picture(request: SeenRequest, memberName: string): string {
  const { method, target, version, headers, peer, bodyBytes, bodySha256, framing } = request;
  const head = { member: memberName, method, target, version, headers, peer };
  return `${JSON.stringify({ ...head, bodyBytes, bodySha256, framing })}\n`;
}
