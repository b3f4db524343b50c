import { Field } from '@elbow/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elbForm, elbLine } from './elb-line.ts';
import type { ExchangeRecord } from './exchange-record.ts';
import { jsonForm, jsonLine } from './json-line.ts';
import { LogClock, seconds } from './log-clock.ts';
import { LogTexts } from './log-texts.ts';
import { sampleAttempt, sampleConnection, sampleRecord, sampleRequest } from './sample-record.ts';

const clock = new LogClock();
clock.set(1_700_000_000_007);

function elb(record: ExchangeRecord): string {
  return elbLine(record, clock, new LogTexts(elbForm, record.connection.client, record.connection.secure));
}

function json(record: ExchangeRecord): string {
  return jsonLine(record, clock, new LogTexts(jsonForm, record.connection.client, record.connection.secure));
}

const refused = sampleAttempt({
  memberId: 'm2',
  address: '2001:db8::5',
  status: 502,
  connectMs: -1,
  headerMs: -1,
  responseMs: 3,
});
const tail =
  'loadbalancer_0b5c1c1e-aaaa-4bbb-8ccc-000000000002 listener_0b5c1c1e-aaaa-4bbb-8ccc-000000000001 0b5c1c1eaaaa4bbb8ccc000000000001';

describe('a line of the cloud format', () => {
  it('has every field in its place', () => {
    expect(elb(sampleRecord())).toBe(
      `1700000000.007 - [${clock.iso8601}] elb_01 198.51.100.7:40000 200 "GET https://www.example.test/a?b=c HTTP/1.1" ` +
        '120 500 300 1.016 "200" "0.001" "0.012" "1.016" "10.0.0.5:8080" "curl/8" "https://r.example/" "-" ' +
        `${tail} pool_p1 "member_m1" ae21e9b46411e4583a7924219f61c6e6 -:443 "10.0.0.5:8080" ` +
        'cert1 TLSv1.3 TLS_AES_128_GCM_SHA256 www.example.test - -\n',
    );
  });

  it('has as many entries in every upstream field as there were attempts', () => {
    const line = elb(sampleRecord({ attempts: [refused, sampleAttempt()] }));
    expect(line).toContain(
      ' "502, 200" "-, 0.001" "-, 0.012" "0.003, 1.016" "[2001:db8::5]:8080, 10.0.0.5:8080" "curl/8" ',
    );
    expect(line).toContain(' "member_m2, member_m1" ');
  });

  it('has a dash for what there is not', () => {
    const record = sampleRecord({
      connection: sampleConnection(null),
      request: sampleRequest({ fields: '', present: 0, authority: '', version: '1.0' }),
      poolId: null,
      status: 503,
      attempts: [],
    });
    expect(elb(record)).toContain(
      ' 503 "GET http://-/a?b=c HTTP/1.0" 120 500 300 1.016 "-" "-" "-" "-" "-" "-" "-" "-" ',
    );
    expect(elb(record)).toMatch(/ - "-" ae21\w+ -:443 "-" cert1 - - - - -\n$/);
  });

  it('cannot be ended, nor a field of it, by what a client sends', () => {
    // Latin-1 text: what a decoder that let everything pass could hand over.
    const bytes = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    });
    fc.assert(
      fc.property(bytes, bytes, bytes, (value, target, host) => {
        const fields = `User-Agent: ${value.replaceAll(/[\r\n]/g, '\u0085')}\r\n`;
        const request = sampleRequest({ fields, present: Field.userAgent, target, authority: host });
        const line = elb(sampleRecord({ request }));
        expect(line).toMatch(/^[\x20-\x7e]+\n$/);
        expect(line.split('"')).toHaveLength(elb(sampleRecord()).split('"').length);
        const object = JSON.parse(json(sampleRecord({ request })));
        expect(json(sampleRecord({ request }))).toMatch(/^[\x20-\x7e]+\n$/);
        expect(object.router_request_uri).toBe(target);
      }),
    );
  });
});

describe('a line of JSON', () => {
  it('has every field', () => {
    expect(JSON.parse(json(sampleRecord({ attempts: [refused, sampleAttempt()], reason: 'why' })))).toEqual({
      msec: 1_700_000_000.007,
      access_log_topic_id: null,
      time_iso8601: clock.iso8601,
      log_ver: 'elb_01',
      remote_addr: '198.51.100.7',
      remote_port: 40_000,
      status: 200,
      request_method: 'GET',
      scheme: 'https',
      host: 'www.example.test',
      router_request_uri: '/a?b=c',
      server_protocol: 'HTTP/1.1',
      request_length: 120,
      bytes_sent: 500,
      body_bytes_sent: 300,
      request_time: 1.016,
      upstream_status: [502, 200],
      upstream_connect_time: [null, 0.001],
      upstream_header_time: [null, 0.012],
      upstream_response_time: [0.003, 1.016],
      upstream_addr: ['[2001:db8::5]:8080', '10.0.0.5:8080'],
      http_user_agent: 'curl/8',
      http_referer: 'https://r.example/',
      http_x_forwarded_for: null,
      lb_name: 'loadbalancer_0b5c1c1e-aaaa-4bbb-8ccc-000000000002',
      listener_name: 'listener_0b5c1c1e-aaaa-4bbb-8ccc-000000000001',
      listener_id: '0b5c1c1eaaaa4bbb8ccc000000000001',
      pool_name: 'pool_p1',
      member_name: ['member_m2', 'member_m1'],
      tenant_id: 'ae21e9b46411e4583a7924219f61c6e6',
      eip_address: null,
      eip_port: 443,
      certificate_id: 'cert1',
      upstream_addr_priv: ['[2001:db8::5]:8080', '10.0.0.5:8080'],
      ssl_protocol: 'TLSv1.3',
      ssl_cipher: 'TLS_AES_128_GCM_SHA256',
      sni_domain_name: 'www.example.test',
      alpn: 'http/1.1',
      tcpinfo_rtt: null,
      self_defined_header: null,
      early_data: 0,
      error_reason: 'why',
    });
  });

  it('has null and empty lists for what there is not', () => {
    const line = json(
      sampleRecord({ connection: sampleConnection(null), poolId: null, attempts: [], status: 503 }),
    );
    expect(JSON.parse(line)).toMatchObject({
      pool_name: null,
      upstream_status: [],
      member_name: [],
      ssl_protocol: null,
    });
  });
});

describe('texts of a connection', () => {
  it('follow the request, whichever came before', () => {
    const connection = sampleConnection();
    const texts = new LogTexts(elbForm, connection.client, connection.secure);
    const first = sampleRecord({ connection });
    const second = sampleRecord({
      connection,
      request: sampleRequest({
        authority: '[2001:db8::1]',
        fields: 'user-agent: b \r\n',
        present: Field.userAgent,
      }),
    });
    const lines = [first, second, first].map((record) => elbLine(record, clock, texts));
    expect(lines).toEqual([first, second, first].map((record) => elb(record)));
    expect(lines[1]).toContain('"GET https://[2001:db8::1]/a?b=c HTTP/1.1"');
    expect(lines[1]).toContain(' "b" "-" "-" ');
  });
});

describe('times', () => {
  it.each([
    [-1, '-'],
    [0, '0.000'],
    [0.4, '0.000'],
    [0.5, '0.001'],
    [999.4, '0.999'],
    [999.5, '1.000'],
    [61_005, '61.005'],
  ])('%d ms is %s', (ms, text) => {
    expect(seconds(ms)).toBe(text);
  });

  it('are local, with the offset from UTC', () => {
    const at = new LogClock();
    for (const ms of [0, 1_700_000_000_999, 1_700_000_001_000]) {
      at.set(ms);
      expect(Date.parse(at.iso8601)).toBe(Math.floor(ms / 1000) * 1000);
      expect(at.iso8601).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
      expect(Number(at.msec)).toBe(ms / 1000);
    }
  });
});
