import type { InsertHeaders } from '@elbow/model';
import { z } from 'zod';
import { notYet } from '../schema/fixed.ts';
import { flag, oneOf, says } from '../schema/values.ts';

const processingMode = oneOf(['append', 'remove', 'preserve']);

/** Switches of this version; the rest of the published keys are known and refused unless they are off. */
const switches = {
  'X-Forwarded-ELB-IP': flag.exactOptional(),
  'X-Forwarded-Port': flag.exactOptional(),
  'X-Forwarded-For-Port': flag.exactOptional(),
  'X-Forwarded-Host': flag.exactOptional(),
  'X-Forwarded-Proto': flag.exactOptional(),
  'X-Real-IP': flag.exactOptional(),
  'X-Forwarded-ELB-ID': flag.exactOptional(),
  'X-Forwarded-For-Processing-Mode': processingMode.exactOptional(),
};

const plainTlsKeys = ['X-Forwarded-TLS-Certificate-ID', 'X-Forwarded-TLS-Protocol', 'X-Forwarded-TLS-Cipher'];
const aliasTlsKeys = ['X-Forwarded-TLS-Protocol-alias', 'X-Forwarded-TLS-Cipher-alias'];
const pairedTlsKeys = [
  'X-Forwarded-Clientcert-subjectdn',
  'X-Forwarded-Clientcert-issuerdn',
  'X-Forwarded-Clientcert-fingerprint',
  'X-Forwarded-Clientcert-clientverify',
  'X-Forwarded-Clientcert-serialnumber',
  'X-Forwarded-Clientcert',
  'X-Forwarded-Clientcert-ciphers',
  'X-Forwarded-Clientcert-end',
  'X-Forwarded-Tls-Alpn-Protocol',
  'X-Forwarded-Tls-Sni',
  'X-Forwarded-Tls-Ja3',
  'X-Forwarded-Tls-Ja4',
];

const notYetKeys = Object.fromEntries([
  ...[...plainTlsKeys, ...pairedTlsKeys.map((key) => `${key}-enable`)].map((key) => [key, notYet(false, null)]),
  ...[...aliasTlsKeys, ...pairedTlsKeys.map((key) => `${key}-alias`)].map((key) => [key, notYet('', null)]),
]) as Record<string, ReturnType<typeof notYet>>;

type Switches = typeof switches;

export const insertHeaders = z
  .strictObject({ ...notYetKeys, ...switches } as Switches, says('must be an object of header switches'))
  .transform((wire): Partial<InsertHeaders> => {
    const values: Partial<Record<keyof InsertHeaders, unknown>> = {
      forwardedFor: wire['X-Forwarded-For-Processing-Mode'],
      forwardedHost: wire['X-Forwarded-Host'],
      forwardedProto: wire['X-Forwarded-Proto'],
      forwardedPort: wire['X-Forwarded-Port'],
      forwardedForPort: wire['X-Forwarded-For-Port'],
      forwardedElbId: wire['X-Forwarded-ELB-ID'],
      forwardedElbIp: wire['X-Forwarded-ELB-IP'],
      realIp: wire['X-Real-IP'],
    };
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  });

export const defaultInsertHeaders: InsertHeaders = {
  forwardedFor: 'append',
  forwardedHost: true,
  forwardedProto: false,
  forwardedPort: false,
  forwardedForPort: false,
  forwardedElbId: false,
  forwardedElbIp: false,
  realIp: false,
};

export function insertHeadersToWire(headers: InsertHeaders) {
  return {
    'X-Forwarded-ELB-IP': headers.forwardedElbIp,
    'X-Forwarded-Port': headers.forwardedPort,
    'X-Forwarded-For-Port': headers.forwardedForPort,
    'X-Forwarded-Host': headers.forwardedHost,
    'X-Forwarded-Proto': headers.forwardedProto,
    'X-Real-IP': headers.realIp,
    'X-Forwarded-ELB-ID': headers.forwardedElbId,
    'X-Forwarded-TLS-Certificate-ID': false,
    'X-Forwarded-TLS-Protocol': false,
    'X-Forwarded-TLS-Cipher': false,
    'X-Forwarded-For-Processing-Mode': headers.forwardedFor,
  };
}
