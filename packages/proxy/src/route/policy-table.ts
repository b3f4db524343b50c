import type { PolicyEntry } from '@elbow/plan';
import {
  compilePolicy,
  memberAtTicket,
  type Policy,
  PolicyIndex,
  smoothSchedule,
  type StickyPool,
  stickyChoice,
} from '@elbow/traffic';
import { PoolTokenSeal } from '../plan/token-seal.ts';
import { TimeSlice } from '../time-slice.ts';

/** What a policy with several pools shares out requests by. */
interface Choice {
  /** Indexes of pools in the order of their turns. */
  readonly schedule: Uint16Array;
  /** Null where each request is shared out anew. */
  readonly sticky: StickyPool | null;
}

/** The policies of a listener as this worker serves them: immutable, replaced as a whole when one of them changes. */
export class PolicyTable {
  readonly index: PolicyIndex;
  private readonly tickets: Int32Array;
  private readonly sealingKey: Uint8Array;
  private readonly choices = new Map<Policy, Choice>();

  /** @param tickets one for each policy, in shared memory: workers take turns together */
  constructor(index: PolicyIndex, tickets: Int32Array, sealingKey: Uint8Array) {
    this.index = index;
    this.tickets = tickets;
    this.sealingKey = sealingKey;
  }

  /** Which of a policy's pools gets the next request, by their weights; -1 when none of them gets any. */
  nextPool(policy: Policy): number {
    const { schedule } = this.choiceOf(policy);
    return schedule.length === 0 ? -1 : memberAtTicket(schedule, Atomics.add(this.tickets, policy.order, 1));
  }

  /** What keeps a client with its pool; null where nothing does. */
  stickyChoice(policy: Policy): StickyPool | null {
    return this.choiceOf(policy).sticky;
  }

  private choiceOf(policy: Policy): Choice {
    let choice = this.choices.get(policy);
    if (choice === undefined) {
      choice = this.makeChoice(policy.entry);
      this.choices.set(policy, choice);
    }
    return choice;
  }

  private makeChoice({ id, action }: PolicyEntry): Choice {
    if (action.kind !== 'forward') return { schedule: new Uint16Array(0), sticky: null };
    const { pools, stickyMs } = action;
    // A handful of pools of weight 100 at most: always short enough.
    const schedule = smoothSchedule(pools.map(({ weight }) => weight)) ?? new Uint16Array(0);
    if (stickyMs === null) return { schedule, sticky: null };
    return {
      schedule,
      sticky: stickyChoice(id, stickyMs, new PoolTokenSeal(this.sealingKey, id, 'sticky-pool')),
    };
  }
}

/**
 * Reads a table from its shared form, one policy a line, in slices of time: ten thousand policies take longer than a
 * request should wait.
 * @param shared what {@link sharedPolicies} made
 */
export async function readPolicyTable(
  shared: SharedArrayBuffer,
  sealingKey: Uint8Array,
): Promise<PolicyTable> {
  const [count = 0] = new Int32Array(shared, 0, 1);
  const bytes = Buffer.from(shared);
  const index = new PolicyIndex();
  const slice = new TimeSlice();
  let order = 0;
  for (let start = linesOffset(count); start < bytes.length; ) {
    const end = bytes.indexOf(NEW_LINE, start);
    const entry = JSON.parse(bytes.toString('utf8', start, end)) as PolicyEntry;
    index.add(compilePolicy(entry, order++));
    start = end + 1;
    await slice.rest();
  }
  return new PolicyTable(index, new Int32Array(shared, WORD_BYTES, count), sealingKey);
}

const NEW_LINE = 0x0a;
const WORD_BYTES = 4;

/**
 * The shared form of a table: how many policies there are, a ticket for each, and each as a line: JSON holds no line
 * breaks, so that they can be read one by one.
 */
export function sharedPolicies(policies: readonly PolicyEntry[]): SharedArrayBuffer {
  const lines = Buffer.from(policies.map((policy) => `${JSON.stringify(policy)}\n`).join(''));
  const offset = linesOffset(policies.length);
  const shared = new SharedArrayBuffer(offset + lines.length);
  new Int32Array(shared, 0, 1)[0] = policies.length;
  new Uint8Array(shared).set(lines, offset);
  return shared;
}

function linesOffset(count: number): number {
  return WORD_BYTES * (1 + count);
}
