import { type TlsHeader, type TlsHeaderFact, tlsHeaderFacts, type TlsHeaders } from '@elbow/model';
import { z } from 'zod';
import { flag, says } from '../schema/values.ts';

/** Wire keys of one fact: the switch, and the name to send it under if it may have another. */
interface Keys {
  readonly enable: string;
  readonly alias: string | null;
}

const wireKeys: Readonly<Record<TlsHeaderFact, Keys>> = {
  certificateId: { enable: 'X-Forwarded-TLS-Certificate-ID', alias: null },
  version: { enable: 'X-Forwarded-TLS-Protocol', alias: 'X-Forwarded-TLS-Protocol-alias' },
  cipher: { enable: 'X-Forwarded-TLS-Cipher', alias: 'X-Forwarded-TLS-Cipher-alias' },
  alpn: pair('X-Forwarded-Tls-Alpn-Protocol'),
  serverName: pair('X-Forwarded-Tls-Sni'),
  ja3: pair('X-Forwarded-Tls-Ja3'),
  ja4: pair('X-Forwarded-Tls-Ja4'),
  clientSubject: pair('X-Forwarded-Clientcert-subjectdn'),
  clientIssuer: pair('X-Forwarded-Clientcert-issuerdn'),
  clientFingerprint: pair('X-Forwarded-Clientcert-fingerprint'),
  clientVerdict: pair('X-Forwarded-Clientcert-clientverify'),
  clientSerial: pair('X-Forwarded-Clientcert-serialnumber'),
  clientCertificate: pair('X-Forwarded-Clientcert'),
  clientCiphers: pair('X-Forwarded-Clientcert-ciphers'),
  clientEnd: pair('X-Forwarded-Clientcert-end'),
};

function pair(key: string): Keys {
  return { enable: `${key}-enable`, alias: `${key}-alias` };
}

/** Names that frame a message or say where it goes. */
const framing = /^(?:host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect)$/i;
const aliasRule = 'must be 1 to 40 letters, digits, - and _, and not a field that frames the request';
const alias = z
  .string(says(aliasRule))
  .refine((name) => name === '' || (/^[\w-]{1,40}$/.test(name) && !framing.test(name)), aliasRule)
  .nullable()
  .exactOptional();

/** Schemas of all keys, for the object of header switches. */
export const tlsHeaderSchemas: Readonly<Record<string, typeof alias | ReturnType<typeof switchSchema>>> =
  Object.fromEntries(
    tlsHeaderFacts.flatMap((fact) => {
      const { enable, alias: aliasKey } = wireKeys[fact];
      const entries: [string, typeof alias | ReturnType<typeof switchSchema>][] = [[enable, switchSchema()]];
      if (aliasKey !== null) entries.push([aliasKey, alias]);
      return entries;
    }),
  );

function switchSchema() {
  return flag.nullable().exactOptional();
}

/** What a body says of each fact; what it does not say is not there. */
export type TlsHeaderChanges = Readonly<Partial<Record<TlsHeaderFact, Partial<TlsHeader>>>>;

export function tlsHeadersOf(wire: Readonly<Record<string, unknown>>): TlsHeaderChanges {
  const changes: Partial<Record<TlsHeaderFact, Partial<TlsHeader>>> = {};
  for (const fact of tlsHeaderFacts) {
    const { enable, alias: aliasKey } = wireKeys[fact];
    const isOn = wire[enable];
    const name = aliasKey === null ? undefined : wire[aliasKey];
    if (isOn === undefined && name === undefined) continue;
    changes[fact] = {
      ...(isOn === undefined ? {} : { isOn: isOn === true }),
      ...(name === undefined ? {} : { alias: typeof name === 'string' && name !== '' ? name : null }),
    };
  }
  return changes;
}

/** The three oldest switches are always shown, the others once somebody has touched them. */
export function tlsHeadersToWire(headers: TlsHeaders): Readonly<Record<string, boolean | string>> {
  const wire: Record<string, boolean | string> = {};
  for (const fact of tlsHeaderFacts) {
    const { enable, alias: aliasKey } = wireKeys[fact];
    const header = headers[fact];
    if (header === undefined && aliasKey?.startsWith(`${enable}-`) === false) continue;
    wire[enable] = header?.isOn ?? false;
    if (aliasKey !== null && header !== undefined && header.alias !== null) wire[aliasKey] = header.alias;
  }
  return wire;
}
