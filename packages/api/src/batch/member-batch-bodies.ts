import { mapOutcome, type Outcome } from '@elbow/model';
import { z } from 'zod';
import {
  type MemberCreate,
  memberCreateBody,
  memberCreateOf,
  type MemberUpdate,
  memberUpdateBody,
  memberUpdateOf,
} from '../member/member-body.ts';
import { parsePlainBody } from '../schema/parse-body.ts';
import { integer, says, uuid } from '../schema/values.ts';

/** One call changes no more than this. */
const mostMembers = 200;

function memberList<T extends z.ZodType>(item: T) {
  return z.strictObject({
    members: z
      .array(item, says('must be a list of members'))
      .min(1, 'must hold at least one member')
      .max(mostMembers, `must hold at most ${mostMembers} members`),
  });
}

const additions = memberList(memberCreateBody);
const changes = memberList(memberUpdateBody.omit({ id: true }).extend({ id: uuid }));
const removalRule = 'must be members by id, or all by address and protocol_port';
const removals = z.union(
  [
    memberList(z.strictObject({ id: uuid })),
    memberList(z.strictObject({ address: z.string().max(64), protocol_port: integer(0, 65_535) })),
  ],
  { error: removalRule },
);

export function parseMemberAdditions(body: unknown): Outcome<readonly MemberCreate[]> {
  return mapOutcome(parsePlainBody(additions, body), ({ members }) => members.map(memberCreateOf));
}

export interface MemberChange {
  readonly id: string;
  readonly wish: MemberUpdate;
}

export function parseMemberChanges(body: unknown): Outcome<readonly MemberChange[]> {
  return mapOutcome(parsePlainBody(changes, body), ({ members }) =>
    members.map(({ id, ...wire }) => ({ id, wish: memberUpdateOf(wire) })),
  );
}

export type MemberName = { readonly id: string } | { readonly address: string; readonly port: number };

/** Members are named by their ids, or by where they listen; never by both in one call. */
export function parseMemberRemovals(body: unknown): Outcome<readonly MemberName[]> {
  return mapOutcome(parsePlainBody(removals, body), ({ members }) =>
    members.map((member) =>
      'id' in member ? member : { address: member.address, port: member.protocol_port },
    ),
  );
}

/** For documents that are made from the schemas. */
export const memberBatchBodies = { additions, changes, removals } as const;
