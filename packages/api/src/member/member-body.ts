import { canonicalAddress, hostName, mapOutcome, type Member, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { createOnly, ignored, readOnly, refused } from '../schema/fixed.ts';
import { parseBody } from '../schema/parse-body.ts';
import { inBothBodies, name } from '../schema/shared-fields.ts';
import { integer, line, orNone, says, uuid } from '../schema/values.ts';

const addressRule = 'must be an IPv4 or IPv6 address or a host name';
const address = z
  .string(says(addressRule))
  .max(254, addressRule)
  .refine((text) => canonicalAddress(text) !== null || hostName(text) !== null, addressRule);
const port = integer(1, 65_535);
const weight = integer(0, 100);
const zone = line(64);

const readOnlyFields = [
  'id',
  'ip_version',
  'operating_status',
  'status',
  'reason',
  'member_type',
  'instance_id',
  'created_at',
  'updated_at',
] as const;
const createOnlyFields = ['address', 'subnet_cidr_id'] as const;

/** Follows the existence of the server, whatever is sent. */
const inEveryBody = { ...inBothBodies, admin_state_up: ignored() };

export const memberCreateBody = z.strictObject({
  ...inEveryBody,
  ...refused(readOnlyFields, readOnly),
  name: name.default(''),
  address,
  protocol_port: port,
  weight: weight.default(1),
  subnet_cidr_id: orNone(uuid, ['', null]).default(null),
  availability_zone: zone.nullable().default(''),
});

export const memberUpdateBody = z.strictObject({
  ...inEveryBody,
  ...refused(readOnlyFields, readOnly),
  ...refused(createOnlyFields, createOnly),
  name: name.exactOptional(),
  protocol_port: port.exactOptional(),
  weight: weight.exactOptional(),
  availability_zone: zone.exactOptional(),
});

export type MemberCreate = Pick<
  Member,
  'name' | 'address' | 'port' | 'weight' | 'subnetCidrId' | 'availabilityZone'
>;

export type MemberUpdate = Partial<Pick<Member, 'name' | 'port' | 'weight' | 'availabilityZone'>>;

export function parseMemberCreate(body: unknown): Outcome<MemberCreate> {
  return mapOutcome(parseBody('member', memberCreateBody, body), memberCreateOf);
}

export function memberCreateOf(wire: z.output<typeof memberCreateBody>): MemberCreate {
  return {
    name: wire.name,
    address: wire.address,
    port: wire.protocol_port,
    weight: wire.weight,
    subnetCidrId: wire.subnet_cidr_id || null,
    availabilityZone: wire.availability_zone ?? '',
  };
}

export function parseMemberUpdate(body: unknown): Outcome<MemberUpdate> {
  return mapOutcome(parseBody('member', memberUpdateBody, body), memberUpdateOf);
}

export function memberUpdateOf(wire: z.output<typeof memberUpdateBody>): MemberUpdate {
  return defined({
    name: wire.name,
    port: wire.protocol_port,
    weight: wire.weight,
    availabilityZone: wire.availability_zone,
  });
}

/** Bodies as clients write them, below their one key. */
export type MemberCreateBody = z.input<typeof memberCreateBody>;
export type MemberUpdateBody = z.input<typeof memberUpdateBody>;

/** For documents that are made from the schemas. */
export const memberBodies = { create: memberCreateBody, update: memberUpdateBody } as const;
