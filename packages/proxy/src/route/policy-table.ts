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
import type { TimeSlice } from '../time-slice.ts';

/** What a policy with several pools shares out requests by. */
interface Choice {
  /** Indexes of pools in the order of their turns. */
  readonly schedule: Uint16Array;
  /** Null where each request is shared out anew. */
  readonly sticky: StickyPool | null;
}

/** Where the turns of a policy are counted. */
interface Tickets {
  readonly words: Int32Array;
  readonly at: number;
}

/** The policies of a listener as this worker serves them. They change between two requests, as a whole. */
export class PolicyTable {
  readonly index = new PolicyIndex();
  /** In the order of their policies. */
  blocks: readonly PolicyBlock[] = [];
  private readonly sealingKey: Uint8Array;
  private readonly choices = new WeakMap<Policy, Choice>();

  constructor(sealingKey: Uint8Array) {
    this.sealingKey = sealingKey;
  }

  /** Which of a policy's pools gets the next request, by their weights; -1 when none of them gets any. */
  nextPool(policy: Policy): number {
    const { schedule } = this.choiceOf(policy);
    const tickets = ticketsOf.get(policy);
    if (schedule.length === 0 || tickets === undefined) return -1;
    return memberAtTicket(schedule, Atomics.add(tickets.words, tickets.at, 1));
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

/** A part of a table as this worker has read it. */
export interface PolicyBlock {
  readonly policies: readonly Policy[];
}

const ticketsOf = new WeakMap<Policy, Tickets>();
/** A block that did not change is the same memory, so it is read once however often its table changes. */
const blocks = new WeakMap<SharedArrayBuffer, PolicyBlock>();

/**
 * Reads a block from its shared form, one policy a line, in slices of time: ten thousand policies take longer than a
 * request should wait.
 * @param shared what {@link sharedPolicies} made
 */
export async function readPolicyBlock(shared: SharedArrayBuffer, slice: TimeSlice): Promise<PolicyBlock> {
  const known = blocks.get(shared);
  if (known !== undefined) return known;
  const [count = 0] = new Int32Array(shared, 0, 1);
  const words = new Int32Array(shared, WORD_BYTES, count);
  const bytes = Buffer.from(shared);
  const policies: Policy[] = [];
  for (let start = linesOffset(count); start < bytes.length; ) {
    const end = bytes.indexOf(NEW_LINE, start);
    const policy = compilePolicy(JSON.parse(bytes.toString('utf8', start, end)) as PolicyEntry, 0);
    // Workers take turns together.
    ticketsOf.set(policy, { words, at: policies.length });
    policies.push(policy);
    start = end + 1;
    await slice.rest();
  }
  const block = { policies };
  blocks.set(shared, block);
  return block;
}

/** The same block for another table: until that is entered, the policies of the one in force keep their order. */
export function copyPolicyBlock(shared: SharedArrayBuffer, block: PolicyBlock): PolicyBlock {
  const policies = block.policies.map((policy) => {
    const copy = { ...policy };
    const tickets = ticketsOf.get(policy);
    if (tickets !== undefined) ticketsOf.set(copy, tickets);
    return copy;
  });
  const copied = { policies };
  blocks.set(shared, copied);
  return copied;
}

const NEW_LINE = 0x0a;
const WORD_BYTES = 4;

/**
 * The shared form of a block: how many policies there are, a ticket for each, and each as a line: JSON holds no line
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
