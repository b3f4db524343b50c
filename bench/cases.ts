import type { CertificateKind } from './certificates.ts';
import { engineNames, extraEngineNames } from './engines/engine.ts';
import type { EngineName } from './engines/engine.ts';

/** One kind of work that every engine is given. */
export interface BenchCase {
  readonly name: string;
  readonly title: string;
  readonly protocol: 'http/1.1' | 'h2';
  readonly certificate: CertificateKind;
  readonly path: '/small' | '/100k' | '/html' | '/upload';
  /** Bytes of a POST body; 0 sends a GET. */
  readonly bodyBytes: number;
  readonly connections: number;
  readonly streamsPerConnection: number;
  /** Requests of one measured run. As many as connections makes every request a full handshake. */
  readonly requests: number;
  /** Requests of the run that warms an engine up and is not counted. */
  readonly warmUpRequests: number;
  /** How many such runs: a client that opens all of its connections at once cannot make thousands in one. */
  readonly warmUpRuns: number;
  /** Value of Accept-Encoding; null sends none. */
  readonly acceptEncoding: string | null;
  /** The engines that can do it at all. */
  readonly engines: readonly EngineName[];
  /** How our listener is set up. The other engines always run their plain configuration: that is what we compare with. */
  readonly setup: ListenerSetup;
  /** `h2load`, or our own client: sessions taken up again, or a certificate of the client's. */
  readonly client: 'h2load' | 'resuming' | 'mutual';
  /** Whether times are measured as well, below saturation. */
  readonly measuresLatency: boolean;
  /** Capabilities that our daemon must report, or the case is skipped for it. */
  readonly needs: readonly string[];
  /** Our CPU time per request is at most this multiple of the engine's. */
  readonly targets: Readonly<Partial<Record<EngineName, number>>>;
}

/** `everything-on`: every header that can be inserted, a full set of routing policies, and the access log. */
export type ListenerSetup = 'plain' | 'everything-on' | 'large-tables' | 'compressing';

const small = {
  protocol: 'http/1.1',
  certificate: 'ecdsa',
  path: '/small',
  bodyBytes: 0,
  connections: 32,
  streamsPerConnection: 1,
  requests: 20_000,
  warmUpRequests: 20_000,
  warmUpRuns: 1,
  acceptEncoding: null,
  engines: [...engineNames, ...extraEngineNames],
  setup: 'plain',
  client: 'h2load',
  measuresLatency: false,
  needs: [],
  targets: {},
} as const satisfies Omit<BenchCase, 'name' | 'title'>;

export const cases: readonly BenchCase[] = [
  {
    ...small,
    name: 'h1-keepalive',
    title: 'HTTP/1.1 keep-alive, 32 connections, 200 B',
    measuresLatency: true,
    targets: { nginx: 1.6, caddy: 0.6 },
  },
  {
    ...small,
    name: 'h2-8x8',
    title: 'HTTP/2, 8 connections × 8 streams, 200 B',
    protocol: 'h2',
    connections: 8,
    streamsPerConnection: 8,
    needs: ['http2'],
    targets: { nginx: 1.2 },
  },
  {
    ...small,
    name: 'h2-1x32',
    title: 'HTTP/2, 32 connections, one stream each, 200 B',
    protocol: 'h2',
    needs: ['http2'],
    targets: { nginx: 1.6 },
  },
  {
    ...small,
    name: 'h1-100k',
    title: 'HTTP/1.1 keep-alive, 32 connections, 100 KB answer',
    path: '/100k',
    requests: 5000,
    warmUpRequests: 2000,
    targets: { nginx: 1.0 },
  },
  {
    ...small,
    name: 'h1-upload-1m',
    title: 'HTTP/1.1 keep-alive, 8 connections, 1 MB upload',
    path: '/upload',
    bodyBytes: 1_000_000,
    connections: 8,
    requests: 500,
    warmUpRequests: 200,
    targets: { nginx: 1.3 },
  },
  {
    ...small,
    name: 'h1-everything-on',
    title: 'HTTP/1.1 keep-alive, 32 connections, 200 B, everything on (others plain)',
    setup: 'everything-on',
    targets: { nginx: 1.5 },
  },
  {
    ...small,
    name: 'h1-brotli-100k',
    title: 'HTTP/1.1 keep-alive, one connection, 100 KB HTML in Brotli, level 2',
    // No more answers are encoded at a time than there are cores, and it has one: others would go out as they are.
    connections: 1,
    path: '/html',
    acceptEncoding: 'br',
    // Debian's HAProxy and Caddy have no Brotli.
    engines: ['elbow', 'nginx'],
    setup: 'compressing',
    requests: 3000,
    warmUpRequests: 2000,
    targets: { nginx: 0.8 },
  },
  {
    ...small,
    name: 'handshake-p256',
    title: 'full TLS 1.3 handshake, ECDSA P-256, and one request',
    connections: 500,
    requests: 500,
    warmUpRequests: 500,
    warmUpRuns: 8,
    targets: { nginx: 1.3 },
  },
  {
    ...small,
    name: 'handshake-rsa2048',
    title: 'full TLS 1.3 handshake, RSA-2048, and one request',
    certificate: 'rsa',
    connections: 500,
    requests: 500,
    warmUpRequests: 500,
    warmUpRuns: 8,
    targets: { nginx: 1.3 },
  },
  {
    ...small,
    name: 'handshake-resumed',
    title: 'resumed TLS 1.3 handshake, ECDSA P-256, and one request',
    client: 'resuming',
    connections: 16,
    requests: 2000,
    warmUpRequests: 4000,
  },
  {
    ...small,
    name: 'handshake-mutual',
    title: 'full TLS 1.3 handshake with client certificate, ECDSA P-256, and one request',
    certificate: 'mutual',
    client: 'mutual',
    connections: 16,
    requests: 1000,
    warmUpRequests: 4000,
  },
  {
    ...small,
    // The last one: what it fills the daemon with would be part of all that come after it.
    name: 'h1-large-tables',
    title:
      'HTTP/1.1 keep-alive, 32 connections, 200 B, 10,000 policies, whitelist of 100,000, 500 members (others plain)',
    setup: 'large-tables',
    // 5 % over what the case without tables may cost.
    targets: { nginx: 1.68 },
  },
];
