import type { ForwardingHeaders } from '@elbow/plan';
import type { SecureFacts } from '@elbow/tls';
import { type ClientFacts, type ConnectionFields, connectionFields } from '@elbow/traffic';
import type { LogTexts } from '../record/log-texts.ts';
import type { EarlyPhase } from './early-phase.ts';
import { clientRefusal, type ClientRefusal } from './client-refusal.ts';
import type { TlsFactOf } from './tls-fact.ts';

export interface ConnectionTls {
  readonly tlsFact: TlsFactOf;
  readonly early: EarlyPhase | null;
}

const noTls: ConnectionTls = { tlsFact: () => null, early: null };

/** What is known of one client connection; what members are told of it is worked out again only when the rules changed. */
export class ConnectionFacts {
  readonly client: ClientFacts;
  /** Null for plain HTTP. */
  readonly secure: SecureFacts | null;
  /** What log lines of this connection have in common; null until there is one. */
  logTexts: LogTexts | null = null;
  private forwarding: ForwardingHeaders | null = null;
  private fields: ConnectionFields | null = null;

  /** Why no request of this connection is forwarded; null when they may be. */
  readonly refusal: ClientRefusal | null;
  /** What may be told of the TLS connection. */
  readonly tlsFact: TlsFactOf;
  /** Null where the handshake was complete before the first request came. */
  readonly early: EarlyPhase | null;

  /** @param tls by default that of plain HTTP, of which there is nothing to tell */
  constructor(client: ClientFacts, secure: SecureFacts | null, tls: ConnectionTls = noTls) {
    this.client = client;
    this.secure = secure;
    this.refusal = clientRefusal(secure);
    this.tlsFact = tls.tlsFact;
    this.early = tls.early;
  }

  under(forwarding: ForwardingHeaders): ConnectionFields {
    if (this.fields === null || this.forwarding !== forwarding) {
      this.fields = connectionFields(forwarding, this.client, this.tlsFact);
      this.forwarding = forwarding;
    }
    return this.fields;
  }
}
