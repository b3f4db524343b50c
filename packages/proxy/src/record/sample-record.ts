import type { ListenerChunk } from '@elbow/plan';
import type { SecureFacts } from '@elbow/tls';
import { Field, type RequestHead } from '@elbow/wire';
import { ConnectionFacts } from '../client/connection-facts.ts';
import type { AttemptRecord, ExchangeRecord } from './exchange-record.ts';

/** Records for tests of this folder: complete as they are, any field replaceable. */
export const sampleListener: ListenerChunk = {
  kind: 'listener',
  id: '0b5c1c1e-aaaa-4bbb-8ccc-000000000001',
  loadBalancerId: '0b5c1c1e-aaaa-4bbb-8ccc-000000000002',
  projectId: 'ae21e9b46411e4583a7924219f61c6e6',
  address: '192.0.2.1',
  port: 443,
  protocol: 'HTTPS',
  tls: { certificateId: 'cert1', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3', ciphers: 'X' },
  isAccessLogEnabled: true,
} as ListenerChunk;

export const sampleSecure: SecureFacts = {
  alpn: 'http/1.1',
  version: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  serverName: 'www.example.test',
  isResumed: false,
  client: null,
};

export function sampleConnection(secure: SecureFacts | null = sampleSecure): ConnectionFacts {
  const scheme = secure === null ? 'http' : 'https';
  return new ConnectionFacts({ address: '198.51.100.7', port: 40_000, listenerPort: 443, scheme }, secure);
}

export function sampleRequest(changes: Partial<RequestHead> = {}): RequestHead {
  return {
    method: 'GET',
    target: '/a?b=c',
    authority: 'Www.Example.test:443',
    version: '1.1',
    fields: 'User-Agent: curl/8\r\nReferer: https://r.example/\r\n',
    present: Field.userAgent | Field.referer,
    framing: 'none',
    contentLength: 0,
    keepAlive: true,
    expectContinue: false,
    upgradeWebSocket: false,
    acceptsTrailers: false,
    headBytes: 120,
    ...changes,
  };
}

export function sampleAttempt(changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    memberId: 'm1',
    address: '10.0.0.5',
    port: 8080,
    status: 200,
    connectMs: 1,
    headerMs: 12.4,
    responseMs: 1015.6,
    ...changes,
  };
}

export function sampleRecord(changes: Partial<ExchangeRecord> = {}): ExchangeRecord {
  return {
    listener: sampleListener,
    connection: sampleConnection(),
    request: sampleRequest(),
    poolId: 'p1',
    status: 200,
    requestBytes: 120,
    sentBytes: 500,
    sentBodyBytes: 300,
    durationMs: 1016,
    attempts: [sampleAttempt()],
    ranEarly: false,
    isTunnel: false,
    isCut: false,
    reason: null,
    ...changes,
  };
}
