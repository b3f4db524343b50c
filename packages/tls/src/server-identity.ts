/** A certificate with its key, which is opened when a client first needs it. */
export interface ServerIdentity {
  readonly id: string;
  /** Changes with the content. */
  readonly version: string;
  /** @throws when the key does not open */
  open(): OpenedIdentity;
}

export interface OpenedIdentity {
  /** Leaf first, then intermediates. */
  readonly chainPem: string;
  readonly keyPem: string;
}
