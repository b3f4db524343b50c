import { describe, expect, it } from 'vitest';
import { parseH2loadOutput } from './h2load-output.ts';

const report = `starting benchmark...
spawning thread #0: 32 total client(s). 20000 total requests
TLS Protocol: TLSv1.3
Cipher: TLS_AES_128_GCM_SHA256
Server Temp Key: X25519 253 bits
Application protocol: http/1.1
progress: 10% done
progress: 100% done

finished in 512.21ms, 39046.30 req/s, 12.70MB/s
requests: 20000 total, 20000 started, 20000 done, 20000 succeeded, 0 failed, 0 errored, 0 timeout
status codes: 20000 2xx, 0 3xx, 0 4xx, 0 5xx
traffic: 6.50MB (6820000) total, 2.00MB (2100000) headers (space savings 0.00%), 3.81MB (4000000) data
                     min         max         mean         sd        +/- sd
time for request:      102us      3.71ms       790us       241us    81.00%
`;

describe('parseH2loadOutput', () => {
  it('reads counts, rate and what was negotiated', () => {
    expect(parseH2loadOutput(report)).toEqual({
      total: 20000,
      succeeded: 20000,
      failed: 0,
      statuses: '20000 2xx, 0 3xx, 0 4xx, 0 5xx',
      requestsPerSecond: 39046.3,
      dataBytes: 4_000_000,
      tlsProtocol: 'TLSv1.3',
      cipher: 'TLS_AES_128_GCM_SHA256',
      applicationProtocol: 'http/1.1',
    });
  });

  it('counts failed, errored and timed-out requests as failed', () => {
    const text = report.replace(
      '20000 succeeded, 0 failed, 0 errored',
      '19990 succeeded, 4 failed, 6 errored',
    );
    expect(parseH2loadOutput(text)).toMatchObject({ succeeded: 19990, failed: 10 });
  });

  it('counts requests that were never done as failed', () => {
    const text = report.replace(
      '20000 started, 20000 done, 20000 succeeded',
      '32 started, 0 done, 0 succeeded',
    );
    expect(parseH2loadOutput(text)).toMatchObject({ succeeded: 0, failed: 20000 });
  });

  it('counts answers with another status than 2xx as failed', () => {
    const text = report.replace('20000 2xx, 0 3xx, 0 4xx, 0 5xx', '19000 2xx, 0 3xx, 0 4xx, 1000 5xx');
    expect(parseH2loadOutput(text)).toMatchObject({ succeeded: 19000, failed: 1000 });
  });

  it('has no TLS facts for a connection that never came to be', () => {
    const text = report.replace(/^(TLS Protocol|Cipher|Application protocol).*\n/gm, '');
    expect(parseH2loadOutput(text).tlsProtocol).toBeUndefined();
  });

  it('refuses a report that ends early', () => {
    expect(() => parseH2loadOutput(report.slice(0, report.indexOf('finished')))).toThrow(
      'not a complete h2load report',
    );
  });
});
