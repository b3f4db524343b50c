import { mapOutcome, type MemberTrust, type Outcome, type PassiveEjection, type Pool } from '@elbow/model';
import { z } from 'zod';
import { parseBody } from '../schema/parse-body.ts';
import { certificateId, flag, integer, orNone, says } from '../schema/values.ts';

/** What the v3 API has no word for about a pool. */

const nameRule = 'must be a host name of at most 253 letters, digits, -, _ and .';
const serverName = z.string(says(nameRule)).regex(/^[\w](?:[\w.-]{0,251}[\w])?$/, nameRule);
const pemRule = 'must be PEM text of at most 65536 characters';
const pem = z.string(says(pemRule)).max(65_536, pemRule);

const memberTlsBody = z.strictObject({
  verify: flag,
  ca_pem: orNone(pem, ['', null]).default(null),
  ca_certificate_id: orNone(certificateId, ['', null]).default(null),
  server_name: orNone(serverName, ['', null]).default(null),
});

/** The PEM text is not looked into here. */
export function parseMemberTls(body: unknown): Outcome<MemberTrust> {
  return mapOutcome(parseBody('member_tls', memberTlsBody, body), (wire) => ({
    isVerified: wire.verify,
    caPem: wire.ca_pem || null,
    caCertificateId: wire.ca_certificate_id || null,
    serverName: wire.server_name?.toLowerCase() || null,
  }));
}

/** As it is in force where nobody ever said anything about it. */
export function memberTlsToWire({ protocol, memberTls }: Pick<Pool, 'protocol' | 'memberTls'>) {
  if (protocol !== 'HTTPS') return null;
  return {
    verify: memberTls?.isVerified ?? false,
    ca_pem: memberTls?.caPem ?? null,
    ca_certificate_id: memberTls?.caCertificateId ?? null,
    server_name: memberTls?.serverName ?? null,
  };
}

const usualFailures = 5;
const usualSeconds = 30;

const passiveEjectionBody = z.strictObject({
  enable: flag,
  failures: integer(1, 1000).default(usualFailures),
  seconds: integer(1, 3600).default(usualSeconds),
});

export function parsePassiveEjection(body: unknown): Outcome<PassiveEjection> {
  return mapOutcome(parseBody('passive_ejection', passiveEjectionBody, body), (wire) => ({
    isEnabled: wire.enable,
    failures: wire.failures,
    seconds: wire.seconds,
  }));
}

export function passiveEjectionToWire({ passiveEjection: wish }: Pick<Pool, 'passiveEjection'>) {
  return {
    enable: wish?.isEnabled ?? false,
    failures: wish?.failures ?? usualFailures,
    seconds: wish?.seconds ?? usualSeconds,
  };
}

/** Bodies as clients write them, below their one key. */
export type MemberTlsBody = z.input<typeof memberTlsBody>;
export type PassiveEjectionBody = z.input<typeof passiveEjectionBody>;

/** For documents that are made from the schemas. */
export const poolExtraBodies = { memberTls: memberTlsBody, passiveEjection: passiveEjectionBody } as const;
