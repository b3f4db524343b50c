import { mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { parseBody } from '../schema/parse-body.ts';
import { orNone, says } from '../schema/values.ts';

/** What the v3 API has no word for about authorities: the certificates that they have revoked. */

const rule = 'must be PEM text of at most 1000000 characters, or null';
const crl = z.string(says(rule)).max(1_000_000, rule);

const revocationsBody = z.strictObject({ crl: orNone(crl, ['', null]) });

/** @returns the text as it was given, not looked into; null takes the lists away */
export function parseRevocations(body: unknown): Outcome<string | null> {
  return mapOutcome(parseBody('revocations', revocationsBody, body), (wire) => wire.crl || null);
}

/** Bodies as clients write them, below their one key. */
export type RevocationsBody = z.input<typeof revocationsBody>;

/** For documents that are made from the schemas. */
export const revocationBodies = { update: revocationsBody } as const;
