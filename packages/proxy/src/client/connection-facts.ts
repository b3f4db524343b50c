import type { ForwardingHeaders } from '@elbow/plan';
import { type ClientFacts, type ConnectionFields, connectionFields } from '@elbow/traffic';

/** What members are told about one client connection; worked out again only when the listener's rules changed. */
export class ConnectionFacts {
  readonly client: ClientFacts;
  private forwarding: ForwardingHeaders | null = null;
  private fields: ConnectionFields | null = null;

  constructor(client: ClientFacts) {
    this.client = client;
  }

  under(forwarding: ForwardingHeaders): ConnectionFields {
    if (this.fields === null || this.forwarding !== forwarding) {
      this.fields = connectionFields(forwarding, this.client);
      this.forwarding = forwarding;
    }
    return this.fields;
  }
}
