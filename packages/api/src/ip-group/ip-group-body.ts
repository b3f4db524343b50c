import { canonicalRange, type IpGroup, type IpGroupEntry, mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import { defined } from '../schema/defined.ts';
import { createOnly, readOnly, refused } from '../schema/fixed.ts';
import { isRecord } from '../schema/is-record.ts';
import { parseBody } from '../schema/parse-body.ts';
import { description, enterpriseProjectId, inBothBodies, name } from '../schema/shared-fields.ts';
import { line, says } from '../schema/values.ts';

const ipRule = 'must be an IPv4 or IPv6 address, a network in CIDR form, or a range a-b with b above a';
const ip = z.string(says(ipRule)).refine((text) => canonicalRange(text) !== null, ipRule);
const entryRule = 'must be an object with ip and description';
const remarkRule = 'must be one line of at most 255 characters without control characters, < and >';
const remark = line(255);

/**
 * A group may hold a hundred thousand entries, so they are read by hand. Those that stand for the same addresses are
 * merged: the first one stays.
 */
const entries = z.unknown().transform((value, context): readonly IpGroupEntry[] => {
  const complain = (message: string, ...path: readonly (string | number)[]): void => {
    context.addIssue({ code: 'custom', message, path: [...path] });
  };
  if (!Array.isArray(value)) {
    complain(value === undefined ? 'is required' : 'must be a list of entries with ip and description');
    return [];
  }
  const merged = new Map<string, IpGroupEntry>();
  for (const [index, item] of value.entries()) {
    const read = readEntry(item, (message, ...path) => complain(message, index, ...path));
    if (read === null) return [];
    if (!merged.has(read.key)) merged.set(read.key, read.entry);
  }
  return [...merged.values()];
});

const entriesShape = {
  type: 'array',
  items: {
    type: 'object',
    required: ['ip'],
    properties: { ip: { type: 'string' }, description: { type: 'string', maxLength: 255 } },
  },
} as const;

type Complain = (message: string, ...path: readonly string[]) => void;

interface ReadEntry {
  /** What the entry stands for. */
  readonly key: string;
  readonly entry: IpGroupEntry;
}

function readEntry(item: unknown, complain: Complain): ReadEntry | null {
  if (!isRecord(item)) return refuse(complain, entryRule);
  const { ip: text, description: note = '' } = item;
  const stranger = Object.keys(item).find((key) => key !== 'ip' && key !== 'description');
  if (stranger !== undefined) return refuse(complain, 'is not a known field', stranger.slice(0, 64));
  const key = typeof text === 'string' && text.length <= 91 ? canonicalRange(text) : null;
  if (key === null) return refuse(complain, text === undefined ? 'is required' : ipRule, 'ip');
  if (note !== '' && !remark.safeParse(note).success) return refuse(complain, remarkRule, 'description');
  return { key, entry: { ip: text as string, description: note as string } };
}

function refuse(complain: Complain, message: string, ...path: readonly string[]): null {
  complain(message, ...path);
  return null;
}

const readOnlyFields = ['id', 'listeners', 'created_at', 'updated_at'] as const;

const createBody = z.strictObject({
  ...inBothBodies,
  ...refused(readOnlyFields, readOnly),
  name: name.default(''),
  description: description.default(''),
  ip_list: entries.meta(entriesShape),
  enterprise_project_id: enterpriseProjectId,
});

const updateBody = z.strictObject({
  ...inBothBodies,
  ...refused(readOnlyFields, readOnly),
  ...refused(['enterprise_project_id'], createOnly),
  name: name.exactOptional(),
  description: description.exactOptional(),
  ip_list: entries.meta(entriesShape).exactOptional(),
});

const removalBody = z.strictObject({
  ip_list: z.array(
    z.strictObject({ ip, description: z.unknown().exactOptional() }, says('must be an object with ip')),
    says('must be a list of entries with ip'),
  ),
});

export type IpGroupCreate = Pick<IpGroup, 'name' | 'description' | 'entries'>;
export type IpGroupUpdate = Partial<IpGroupCreate>;

/** Entries that stand for the same addresses are merged: the first one stays. */
export function parseIpGroupCreate(body: unknown): Outcome<IpGroupCreate> {
  return mapOutcome(parseBody('ipgroup', createBody, body), (wire) => ({
    name: wire.name,
    description: wire.description,
    entries: wire.ip_list,
  }));
}

/** The list replaces the old one as a whole. */
export function parseIpGroupUpdate(body: unknown): Outcome<IpGroupUpdate> {
  return mapOutcome(parseBody('ipgroup', updateBody, body), (wire) =>
    defined({ name: wire.name, description: wire.description, entries: wire.ip_list }),
  );
}

/** Of `iplist/batch-delete`. */
export function parseIpListRemoval(body: unknown): Outcome<readonly Pick<IpGroupEntry, 'ip'>[]> {
  return mapOutcome(parseBody('ipgroup', removalBody, body), (wire) =>
    wire.ip_list.map((each) => ({ ip: each.ip })),
  );
}

/** Bodies as clients write them, below their one key. */
type Entries = readonly { readonly ip: string; readonly description?: string }[];
export type IpGroupCreateBody = Omit<z.input<typeof createBody>, 'ip_list'> & { readonly ip_list: Entries };
export type IpGroupUpdateBody = Omit<z.input<typeof updateBody>, 'ip_list'> & { readonly ip_list?: Entries };
export type IpListRemovalBody = z.input<typeof removalBody>;

/** For documents that are made from the schemas. */
export const ipGroupBodies = { create: createBody, update: updateBody, removal: removalBody } as const;
