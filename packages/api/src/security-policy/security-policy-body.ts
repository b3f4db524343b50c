import {
  customSuites,
  inServerOrder,
  mapOutcome,
  type Outcome,
  type SecurityPolicy,
  type TlsProtocol,
  tlsProtocols,
} from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { createOnly, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { description, enterpriseProjectId, inBothBodies, name } from '../schema/shared-fields.ts';
import { says } from '../schema/values.ts';

const readOnlyFields = ['id', 'listeners', 'created_at', 'updated_at'] as const;

function choice<T extends string>(what: string, values: readonly T[]) {
  const rule = `must be a list of one or more of ${values.join(', ')}`;
  const one = z.enum(values as readonly [T, ...T[]], {
    error: ({ input }) => unknownValue(what, input, rule),
  });
  return z.array(one, says(rule)).min(1, rule);
}

function unknownValue(what: string, input: unknown, rule: string): string {
  return typeof input === 'string'
    ? `${input.slice(0, 64)} is not ${what} of security policies; ${rule}`
    : rule;
}

const protocols = choice('a protocol', tlsProtocols);
const ciphers = choice('a cipher', customSuites);

const createBody = z.strictObject({
  ...inBothBodies,
  ...refused(readOnlyFields, readOnly),
  name: name.default(''),
  description: description.default(''),
  protocols,
  ciphers,
  enterprise_project_id: enterpriseProjectId,
});

const updateBody = z.strictObject({
  ...inBothBodies,
  ...refused(readOnlyFields, readOnly),
  ...refused(['enterprise_project_id'], createOnly),
  name: name.exactOptional(),
  description: description.exactOptional(),
  protocols: protocols.exactOptional(),
  ciphers: ciphers.exactOptional(),
});

export type SecurityPolicyCreate = Pick<SecurityPolicy, 'name' | 'description' | 'protocols' | 'ciphers'>;
export type SecurityPolicyUpdate = Partial<SecurityPolicyCreate>;

export function parseSecurityPolicyCreate(body: unknown): Outcome<SecurityPolicyCreate> {
  return mapOutcome(parseBody('security_policy', createBody, body), (wire) => ({
    name: wire.name,
    description: wire.description,
    protocols: oldestFirst(wire.protocols),
    ciphers: inServerOrder(wire.ciphers),
  }));
}

export function parseSecurityPolicyUpdate(body: unknown): Outcome<SecurityPolicyUpdate> {
  return mapOutcome(parseBody('security_policy', updateBody, body), (wire) =>
    defined({
      name: wire.name,
      description: wire.description,
      protocols: wire.protocols === undefined ? undefined : oldestFirst(wire.protocols),
      ciphers: wire.ciphers === undefined ? undefined : inServerOrder(wire.ciphers),
    }),
  );
}

function oldestFirst(protocolsGiven: readonly TlsProtocol[]): readonly TlsProtocol[] {
  return tlsProtocols.filter((protocol) => protocolsGiven.includes(protocol));
}

/** Bodies as clients write them, below their one key. */
export type SecurityPolicyCreateBody = z.input<typeof createBody>;
export type SecurityPolicyUpdateBody = z.input<typeof updateBody>;

/** For documents that are made from the schemas. */
export const securityPolicyBodies = { create: createBody, update: updateBody } as const;
