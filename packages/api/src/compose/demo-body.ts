import { mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { parseBody } from '../schema/parse-body.ts';
import { name } from '../schema/shared-fields.ts';
import { says } from '../schema/values.ts';

const namesRule = 'must be a list of 1 to 20 host names or IP addresses';
const hostRule = 'must be a host name or an IP address';
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostName = new RegExp(`^(?:\\*\\.)?${label}(?:\\.${label})*$`, 'i');
const isAddress = (text: string): boolean => z.union([z.ipv4(), z.ipv6()]).safeParse(text).success;
const host = z
  .string(says(hostRule))
  .refine((text) => isAddress(text) || (text.length <= 100 && hostName.test(text)), hostRule);

const body = z.strictObject({
  name: name.default(''),
  names: z.array(host, says(namesRule)).min(1, namesRule).max(20, namesRule),
});

export interface DemoCertificate {
  readonly name: string;
  /** Host names and addresses, the first one also the common name. */
  readonly names: readonly string[];
}

/** Of `/elbow/v1/demo/certificate`. */
export function parseDemoCertificate(input: unknown): Outcome<DemoCertificate> {
  return mapOutcome(parseBody('certificate', body, input), (wire) => ({
    name: wire.name,
    names: [...new Set(wire.names)],
  }));
}

/** For documents that are made from the schemas. */
export const demoBodies = { certificate: body } as const;
