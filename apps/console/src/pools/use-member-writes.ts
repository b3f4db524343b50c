import type { Answer, MemberCreateBody, MemberUpdateBody, MemberWire, PoolWire } from '@elbow/api';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { poolMessages } from './messages.ts';

/** One call changes no more than this. */
const mostAtOnce = 200;

export interface MemberChange extends Omit<MemberUpdateBody, 'id'> {
  readonly id: string;
}

/** Changes some members: weight, port, name. */
export function useMemberChanges({ id }: Pick<PoolWire, 'id'>, options: MemberWriteOptions = {}) {
  const t = useMessages(poolMessages);
  return useWrite({
    call: (changes: readonly MemberChange[]) =>
      inParts(changes, (members) =>
        client.batchUpdateMembers({ params: { pool_id: id }, body: { members } }),
      ),
    said: (changes) => (options.said ?? t.batch.saved)(changes.length),
    concerns: () => [id],
    onDone: () => options.onDone?.(),
  });
}

export interface MemberWriteOptions {
  readonly said?: (count: number) => string;
  readonly onDone?: () => void;
}

export function useMemberRemoval({ id }: Pick<PoolWire, 'id'>, onDone: () => void) {
  const t = useMessages(poolMessages);
  return useWrite({
    call: (members: readonly Pick<MemberWire, 'id'>[]) =>
      inParts(members, (part) =>
        client.batchDeleteMembers({
          params: { pool_id: id },
          body: { members: part.map((member) => ({ id: member.id })) },
        }),
      ),
    said: (members) => t.removal.saved(members.length),
    concerns: () => [id],
    onDone: () => onDone(),
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
  let answer = await call(all.slice(0, mostAtOnce));
  for (let at = mostAtOnce; at < all.length; at += mostAtOnce)
    answer = await call(all.slice(at, at + mostAtOnce));
  return answer;
}
