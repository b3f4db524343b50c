import type { ForwardingHeaders, TlsFact } from '@elbow/plan';
import type { SecureFacts } from '@elbow/tls';
import { type ClientFacts, type ConnectionFields, connectionFields } from '@elbow/traffic';
import type { LogTexts } from '../record/log-texts.ts';
import type { EarlyPhase } from './early-phase.ts';
import { clientRefusal, type ClientRefusal } from './client-refusal.ts';
import { TlsFacts } from './tls-fact.ts';

/** What is known of one client connection; what members are told of it is worked out again only when the rules changed. */
export class ConnectionFacts {
  readonly client: ClientFacts;
  /** Null for plain HTTP. */
  readonly secure: SecureFacts | null;
  /** What log lines of this connection have in common; null until there is one. */
  logTexts: LogTexts | null = null;
  private forwarding: ForwardingHeaders | null = null;
  private fields: ConnectionFields | null = null;
  private tls: TlsFacts | null = null;

  /** Why no request of this connection is forwarded; null when they may be. */
  readonly refusal: ClientRefusal | null;
  /** Null where the handshake was complete before the first request came. */
  readonly early: EarlyPhase | null;

  constructor(client: ClientFacts, secure: SecureFacts | null, early: EarlyPhase | null = null) {
    this.client = client;
    this.secure = secure;
    this.refusal = clientRefusal(secure);
    this.early = early;
  }

  /** What a member may be told about the TLS connection; null where there is nothing to tell. */
  tlsFact(fact: TlsFact): string | null {
    if (this.secure === null) return null;
    this.tls ??= new TlsFacts(this.secure);
    return this.tls.read(fact);
  }

  under(forwarding: ForwardingHeaders): ConnectionFields {
    if (this.fields === null || this.forwarding !== forwarding) {
      this.fields = connectionFields(forwarding, this.client, (fact) => this.tlsFact(fact));
      this.forwarding = forwarding;
    }
    return this.fields;
  }
}
