import type { ForwardingHeaders } from '@elbow/plan';
import { sampleHttpListener } from '@elbow/plan/testing';
import { Field } from '@elbow/wire';
import { describe, expect, it } from 'vitest';
import { connectionFields, forwardedFields } from './forwarding.ts';

const client = { address: '198.51.100.7', port: 40_000, listenerPort: 443, scheme: 'https' } as const;
const off = sampleHttpListener().forwarding;

function sent(forwarding: Partial<ForwardingHeaders>, fields: string, present: number): string[] {
  const all = { ...off, ...forwarding };
  const head = { fields, present, authority: 'shop.example' };
  return forwardedFields(all, connectionFields(all, client), head).split('\r\n').slice(0, -1);
}

describe('forwardedFields', () => {
  it('appends the peer to the X-Forwarded-For of the client, all its lines joined', () => {
    const fields = 'X-Forwarded-For: 1.1.1.1\r\nA: b\r\nx-forwarded-for: 2.2.2.2\r\n';
    expect(sent({}, fields, Field.xForwardedFor)).toEqual([
      'A: b',
      'X-Forwarded-For: 1.1.1.1, 2.2.2.2, 198.51.100.7',
    ]);
    expect(sent({}, 'A: b\r\n', 0)).toEqual(['A: b', 'X-Forwarded-For: 198.51.100.7']);
    expect(sent({}, 'X-Forwarded-For: \r\n', Field.xForwardedFor)).toEqual(['X-Forwarded-For: 198.51.100.7']);
  });

  it('removes or preserves X-Forwarded-For when told to', () => {
    const fields = 'X-Forwarded-For: 1.1.1.1\r\n';
    expect(sent({ forwardedFor: 'remove' }, fields, Field.xForwardedFor)).toEqual([]);
    expect(sent({ forwardedFor: 'preserve' }, fields, Field.xForwardedFor)).toEqual([
      'X-Forwarded-For: 1.1.1.1',
    ]);
    expect(sent({ forwardedFor: 'preserve' }, '', 0)).toEqual([]);
  });

  it('writes the true value over what the client claimed, for each switch that is on', () => {
    const on = {
      forwardedHost: true,
      forwardedProto: true,
      forwardedPort: true,
      forwardedForPort: true,
      realIp: true,
      loadBalancerId: 'lb-1',
      publicAddress: '203.0.113.9',
    };
    const claimed = 'X-Real-IP: evil\r\nX-Forwarded-Proto: gopher\r\nX-Forwarded-Host: evil\r\n';
    expect(sent(on, claimed, Field.xRealIp | Field.xForwardedProto | Field.xForwardedHost)).toEqual([
      'X-Forwarded-For: 198.51.100.7',
      'X-Forwarded-Host: shop.example',
      'X-Forwarded-Port: 443',
      'X-Forwarded-For-Port: 40000',
      'X-Forwarded-Proto: https',
      'X-Real-IP: 198.51.100.7',
      'X-Forwarded-ELB-ID: lb-1',
      'X-Forwarded-ELB-IP: 203.0.113.9',
    ]);
  });

  it('never passes on what a client says about client certificates, whatever is switched on', () => {
    const claimed =
      'X-Forwarded-ClientCert-SubjectDN: CN=admin\r\nx-forwarded-clientcert: pem\r\nX-Forwarded-Clientcert-Clientverify: SUCCESS\r\nX-Forwarded-Other: x\r\n';
    const lines = sent({ forwardedFor: 'preserve' }, claimed, Field.xForwardedOther);
    expect(lines).toEqual(['X-Forwarded-Other: x']);
  });

  it('writes facts of the TLS connection under their names and over what the client claimed there', () => {
    const all: ForwardingHeaders = {
      ...off,
      forwardedFor: 'preserve',
      tlsFields: [
        { fact: 'version', name: 'X-Forwarded-TLS-Protocol' },
        { fact: 'cipher', name: 'my-cipher' },
        { fact: 'serverName', name: 'X-Forwarded-Tls-Sni' },
        { fact: 'ja3', name: 'X-Forwarded-Tls-Ja3' },
      ],
    };
    const facts: Readonly<Record<string, string>> = {
      version: 'TLSv1.3',
      cipher: 'AES128-SHA',
      serverName: 'evil\r\nInjected: 1',
    };
    const connection = connectionFields(all, client, (fact) => facts[fact] ?? null);
    const fields = 'My-Cipher: forged\r\nX-Forwarded-Tls-Protocol: forged\r\nA: b\r\n';
    expect(forwardedFields(all, connection, { fields, present: 0, authority: 'a' })).toBe(
      'A: b\r\nX-Forwarded-TLS-Protocol: TLSv1.3\r\nmy-cipher: AES128-SHA\r\n',
    );
  });

  it('lets fields pass that are switched off', () => {
    expect(sent({}, 'X-Real-IP: 9.9.9.9\r\n', Field.xRealIp)[0]).toBe('X-Real-IP: 9.9.9.9');
  });
});
