import type { TlsEndpoint } from './tls-endpoint.ts';

/** Each holds a secure context of 20 to 35 KiB. */
const MOST_ENDPOINTS = 1024;

/**
 * Keeps TLS endpoints by what they were made from, the most recently used ones: making one takes a quarter of a
 * millisecond, and a listener may have two hundred names that nobody asks for. One for all listeners of a worker.
 */
export class EndpointCache {
  private readonly endpoints = new Map<string, TlsEndpoint>();
  private readonly most: number;

  constructor(most: number = MOST_ENDPOINTS) {
    this.most = most;
  }

  get size(): number {
    return this.endpoints.size;
  }

  /** @throws what `make` throws; nothing is kept then */
  get(key: string, make: () => TlsEndpoint): TlsEndpoint {
    const known = this.endpoints.get(key);
    if (known !== undefined) this.endpoints.delete(key);
    const endpoint = known ?? make();
    // The order of a map is that of insertion: the first one was used longest ago.
    this.endpoints.set(key, endpoint);
    if (this.endpoints.size > this.most) this.endpoints.delete(this.endpoints.keys().next().value!);
    return endpoint;
  }
}
