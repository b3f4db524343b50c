import type { ListenerChunk } from '@elbow/plan';
import type { SecureFacts } from '@elbow/tls';
import type { ClientFacts } from '@elbow/traffic';
import type { RequestHead } from '@elbow/wire';
import { type SentFields, hostOf, sentFields } from './logged-request.ts';

/** How a format writes the parts of a line that several requests have in common. */
export interface LogForm {
  peer(client: ClientFacts): string;
  secure(secure: SecureFacts | null): string;
  listener(listener: ListenerChunk): string;
  owner(listener: ListenerChunk): string;
  host(host: string | null): string;
  sent(fields: SentFields): string;
}

/**
 * The parts of a connection's log lines that stay the same from one request to the next, put together once. Most
 * clients send the same field lines with every request of a connection, and comparing them is much cheaper than reading
 * them again.
 */
export class LogTexts {
  readonly peer: string;
  readonly secure: string;
  listener = '';
  owner = '';
  host = '';
  sent = '';
  private readonly form: LogForm;
  private chunk: ListenerChunk | null = null;
  private authority: string | null = null;
  private fields: string | null = null;

  constructor(form: LogForm, client: ClientFacts, secure: SecureFacts | null) {
    this.form = form;
    this.peer = form.peer(client);
    this.secure = form.secure(secure);
  }

  /** Brings the parts up to date for one request. */
  take(listener: ListenerChunk, request: RequestHead): void {
    if (this.chunk !== listener) {
      this.chunk = listener;
      this.listener = this.form.listener(listener);
      this.owner = this.form.owner(listener);
    }
    if (this.authority !== request.authority) {
      this.authority = request.authority;
      this.host = this.form.host(hostOf(request.authority));
    }
    if (this.fields !== request.fields) {
      this.fields = request.fields;
      this.sent = this.form.sent(sentFields(request));
    }
  }
}
