import type { ForwardingHeaders } from '@elbow/plan';
import type { SecureFacts } from '@elbow/tls';
import { type ClientFacts, type ConnectionFields, connectionFields } from '@elbow/traffic';
import type { LogTexts } from '../record/log-texts.ts';
import { clientRefusal, type ClientRefusal } from './client-refusal.ts';
import type { TlsFactOf } from './tls-fact.ts';

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

  /** @param tlsFact what members may be told of the TLS connection; of plain HTTP there is nothing */
  constructor(client: ClientFacts, secure: SecureFacts | null, tlsFact: TlsFactOf = () => null) {
    this.client = client;
    this.secure = secure;
    this.refusal = clientRefusal(secure);
    this.tlsFact = tlsFact;
  }

  under(forwarding: ForwardingHeaders): ConnectionFields {
    if (this.fields === null || this.forwarding !== forwarding) {
      this.fields = connectionFields(forwarding, this.client, this.tlsFact);
      this.forwarding = forwarding;
    }
    return this.fields;
  }
}
