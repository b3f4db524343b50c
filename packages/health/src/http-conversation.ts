import type { Socket } from 'node:net';
import { authorityOf, type CheckTarget } from './check-target.ts';
import { isExpected } from './expected-codes.ts';
import { formatReason, mismatchReason } from './failure-reason.ts';
import type { Conversation, ConversationOwner } from './conversation.ts';
import { readStatusLine } from './status-line.ts';

/** Bytes behind the status line that are read so that a member can finish its answer. */
const mostDrainedBytes = 64 * 1024;

/** One request over HTTP/1.1, with or without TLS; its status decides. Redirects are answers like any other. */
export class HttpConversation implements Conversation {
  private readonly target: CheckTarget;
  private readonly owner: ConversationOwner;
  private text = '';
  private hasStatus = false;
  private drainedBytes = 0;

  constructor(target: CheckTarget, owner: ConversationOwner) {
    this.target = target;
    this.owner = owner;
  }

  start(socket: Socket): void {
    const { method, path } = this.target.check;
    this.owner.step(`sending ${method} ${path} HTTP/1.1 with Host: ${authorityOf(this.target)}`);
    socket.write(requestOf(this.target), 'latin1', () => this.owner.sent());
  }

  read(bytes: Buffer, count: number): void {
    if (this.hasStatus) return this.drain(count);
    this.text += bytes.toString('latin1', 0, count);
    const line = readStatusLine(this.text);
    if (line.kind === 'incomplete') return;
    this.hasStatus = true;
    if (line.kind === 'malformed') {
      this.owner.fail(formatReason(this.target, line.problem));
      return this.owner.leave();
    }
    this.owner.step(`status ${line.code}`);
    if (isExpected(line.code, this.target.check.expectedCodes)) this.owner.settle({ kind: 'healthy' });
    else this.owner.fail(mismatchReason(this.target, line.code));
    this.text = '';
  }

  private drain(count: number): void {
    this.drainedBytes += count;
    if (this.drainedBytes > mostDrainedBytes) this.owner.leave();
  }
}

function requestOf(target: CheckTarget): string {
  const { method, path } = target.check;
  const length = method === 'POST' ? 'Content-Length: 0\r\n' : '';
  return (
    `${method} ${path} HTTP/1.1\r\nHost: ${authorityOf(target)}\r\nUser-Agent: elb-healthcheck/1.0\r\n` +
    `Accept: */*\r\n${length}Connection: close\r\n\r\n`
  );
}
