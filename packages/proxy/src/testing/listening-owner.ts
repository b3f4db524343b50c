import { Waiters } from '@elbow/testkit';
import type { MemberLink, OutgoingRequest } from '../upstream/member-link.ts';
import type { MemberOwner } from '../upstream/member-owner.ts';

/** A request of a test: GET, or POST with a body that is still to come. */
export function aRequest(method: 'GET' | 'POST' = 'GET'): OutgoingRequest {
  return {
    method,
    target: '/',
    authority: 'member.test',
    fields: '',
    framing: method === 'GET' ? 'none' : 'chunked',
    contentLength: 0,
    connection: 'keep-alive',
    acceptsTrailers: false,
  };
}

/** Writes down what a link tells its exchange, one line each. */
export class ListeningOwner implements MemberOwner {
  readonly log: string[] = [];
  private readonly waiters = new Waiters();

  /** Begins `request` on `link`; one without a body is finished. */
  static begin(link: MemberLink, request: OutgoingRequest = aRequest()): ListeningOwner {
    const owner = new ListeningOwner();
    link.begin(owner, request);
    if (request.framing === 'none') link.finishRequest();
    return owner;
  }

  /** Resolves with the log when it has a line that begins so; at most 10 s. */
  async until(start: string): Promise<readonly string[]> {
    const what = (): string => `${start}; have ${this.log.join(', ')}`;
    await this.waiters.until(() => this.log.some((line) => line.startsWith(start)), 10_000, what);
    return this.log;
  }

  memberConnected(): void {
    this.note('connected');
  }
  memberInformational({ status }: { status: number }): void {
    this.note(`informational ${status}`);
  }
  memberHead({ status }: { status: number }): void {
    this.note(`head ${status}`);
  }
  memberBody(bytes: Buffer, start: number, end: number): void {
    this.note(`body ${bytes.toString('latin1', start, end)}`);
  }
  memberEnd(): void {
    this.note('end');
  }
  memberTunnelBytes(bytes: Buffer, start: number, end: number): void {
    this.note(`tunnel ${bytes.toString('latin1', start, end)}`);
  }
  memberTunnelEnd(): void {
    this.note('tunnel end');
  }
  memberFailed(_link: MemberLink, kind: string): void {
    this.note(`failed ${kind}`);
  }
  memberDrained(): void {}
  memberReadDone(): void {}

  private note(line: string): void {
    this.log.push(line);
    this.waiters.changed();
  }
}
