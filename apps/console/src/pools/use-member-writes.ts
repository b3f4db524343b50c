import type { Answer, MemberCreateBody, MemberUpdateBody, MemberWire, PoolWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { mostInBatch, useBulk } from '../api/use-bulk.ts';
import { useWrite } from '../api/use-write.ts';
import { useEdit } from '../fields/use-edit.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { poolMessages } from './messages.ts';
import { readMember } from './queries.ts';

export type MemberChange = Omit<MemberUpdateBody, 'id'>;

export interface MemberBulkOptions {
  readonly pool: Pick<PoolWire, 'id'>;
  readonly said: (count: number) => string;
}

/** The same change of some members; what all of them together were refused for, is found out one by one. */
export function useMemberChanges({ pool: { id }, said }: MemberBulkOptions, change: MemberChange) {
  return useBulk(
    (member: MemberWire) =>
      client.updateMember({ params: { pool_id: id, member_id: member.id }, body: { member: change } }),
    {
      batch: {
        most: mostInBatch,
        call: (rows) => {
          const members = rows.map((row) => ({ id: row.id, ...change }));
          return client.batchUpdateMembers({ params: { pool_id: id }, body: { members } });
        },
      },
      said,
      concerns: () => [id],
    },
  );
}

export function useMemberRemoval({ pool: { id }, said }: MemberBulkOptions) {
  return useBulk(
    (member: MemberWire) => client.deleteMember({ params: { pool_id: id, member_id: member.id } }),
    {
      batch: {
        most: mostInBatch,
        call: (rows) => {
          const members = rows.map((row) => ({ id: row.id }));
          return client.batchDeleteMembers({ params: { pool_id: id }, body: { members } });
        },
      },
      said,
      concerns: () => [id],
    },
  );
}

/** The weight of one member, but not over what somebody else has saved meanwhile. */
export function useMemberEdit({ id: poolId }: Pick<PoolWire, 'id'>, of: MemberWire) {
  const t = useMessages(poolMessages);
  return useEdit({
    of,
    read: () => readMember(poolId, of.id),
    call: (member: MemberChange, ifMatch) =>
      client.updateMember({ params: { pool_id: poolId, member_id: of.id }, body: { member }, ifMatch }),
    said: () => t.batch.saved(1),
    concerns: () => [poolId],
    labels: { weight: t.members.weight, protocol_port: t.members.port },
  });
}

export function useMemberAddition({ id }: Pick<PoolWire, 'id'>, onDone: () => void) {
  const t = useMessages(poolMessages);
  return useWrite({
    call: (members: readonly MemberCreateBody[]) =>
      inParts(members, (part) =>
        client.batchCreateMembers({ params: { pool_id: id }, body: { members: part } }),
      ),
    said: (members) => t.add.added(members.length),
    concerns: () => [id],
    onDone: () => onDone(),
  });
}

/** As many calls as it takes, one after the other. @returns the last answer */
async function inParts<T, Body>(
  all: readonly T[],
  call: (part: readonly T[]) => Promise<Answer<Body>>,
): Promise<Answer<Body>> {
  let answer = await call(all.slice(0, mostInBatch));
  for (let at = mostInBatch; at < all.length; at += mostInBatch)
    answer = await call(all.slice(at, at + mostInBatch));
  return answer;
}
