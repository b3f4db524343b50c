import { removeFields } from '@elbow/wire';
import { ReplayBuffer } from '../exchange/replay-buffer.ts';
import type { ServedPool } from '../plan/served-pool.ts';
import type { OutgoingRequest } from '../upstream/member-link.ts';
import type { Mirror } from './mirror.ts';
import { MirrorAttempt } from './mirror-attempt.ts';

/** Longer bodies are not kept: the copy goes without one. */
export const COPIED_BODY_BYTES = 1024 * 1024;

export interface CopyWish {
  readonly pools: readonly ServedPool[];
  readonly isBodySent: boolean;
  readonly clientAddress: string;
  /** Addresses that connections may come from; none: the host chooses. */
  readonly sources: readonly string[];
}

/**
 * A request that is to be copied. The body is kept until it is complete, so that a mirror never has a say in how fast
 * the client may send; then head and body go to a member of each pool.
 */
export class RequestCopy {
  private readonly mirror: Mirror;
  private readonly wish: CopyWish;
  private readonly request: OutgoingRequest;
  private readonly body: ReplayBuffer;
  private isOver = false;

  /** @param request as the member of the request itself gets it */
  constructor(mirror: Mirror, wish: CopyWish, request: OutgoingRequest) {
    this.mirror = mirror;
    this.wish = wish;
    this.request = request;
    this.body = new ReplayBuffer(mirror.bodies, COPIED_BODY_BYTES);
    const isTooLong = request.framing === 'length' && request.contentLength > COPIED_BODY_BYTES;
    if (!wish.isBodySent || isTooLong) this.body.release();
  }

  keep(bytes: Buffer): void {
    if (!this.isOver) this.body.keep(bytes);
  }

  /** The request is complete: its copies go out. */
  send(): void {
    if (this.isOver) return;
    this.isOver = true;
    const { mirror, body, wish } = this;
    const parts = body.content;
    const request = copyOf(this.request, body.isWhole ? lengthOf(parts) : 0);
    let waitingFor = 1;
    const over = (): void => {
      if (--waitingFor === 0) body.release();
    };
    for (const pool of wish.pools) {
      if (!mirror.enter()) continue;
      const member = pool.pick(wish.clientAddress);
      if (member === null) {
        mirror.leave('dropped');
        continue;
      }
      waitingFor++;
      new MirrorAttempt(mirror, { pool, member, request, body: parts, sources: wish.sources, over }).send();
    }
    over();
  }

  /** The request ended before it was complete, or is over in any way; nothing happens when copies have gone out. */
  abandon(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.body.release();
    for (const _ of this.wish.pools) this.mirror.host.count('dropped');
  }
}

const markName = 'X-Mirrored';
const markNames: ReadonlySet<string> = new Set([markName.toLowerCase()]);

/** Tells a copy from the request itself, to members and to the load balancer: a copy is not copied again. */
export const copyMark: string = markName.toLowerCase();

function copyOf(request: OutgoingRequest, bodyBytes: number): OutgoingRequest {
  return {
    ...request,
    fields: `${removeFields(request.fields, markNames)}${markName}: 1\r\n`,
    framing: request.framing === 'none' ? 'none' : 'length',
    contentLength: bodyBytes,
    connection: 'keep-alive',
    acceptsTrailers: false,
  };
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
