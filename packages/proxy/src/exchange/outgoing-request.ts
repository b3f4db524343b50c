import type { RequestHead } from '@elbow/wire';
import type { OutgoingRequest } from '../upstream/member-link.ts';

/** The request as members get it: all but its fields is as the client sent it. */
export function outgoingRequest(head: RequestHead, fields: string): OutgoingRequest {
  return {
    method: head.method,
    target: head.target,
    authority: head.authority,
    fields,
    framing: head.framing,
    contentLength: head.contentLength,
    connection: head.upgradeWebSocket ? 'upgrade' : 'keep-alive',
    acceptsTrailers: head.acceptsTrailers,
  };
}
