import type { PolicyEntry } from '@elbow/plan';
import { compilePolicy, type Policy, PolicyIndex, SmoothRoundRobin } from '@elbow/traffic';
import { TimeSlice } from '../time-slice.ts';

/** The policies of a listener as this worker serves them: immutable, replaced as a whole when one of them changes. */
export class PolicyTable {
  readonly index: PolicyIndex;
  private readonly choosers = new Map<Policy, SmoothRoundRobin>();

  constructor(index: PolicyIndex) {
    this.index = index;
  }

  /** Which of a policy's pools gets the next request, by their weights; -1 when none of them gets any. */
  nextPool(policy: Policy, weights: readonly number[]): number {
    let chooser = this.choosers.get(policy);
    if (chooser === undefined) {
      chooser = new SmoothRoundRobin(weights);
      this.choosers.set(policy, chooser);
    }
    return chooser.next();
  }
}

/**
 * Reads a table from its shared form, one policy a line, in slices of time: ten thousand policies take longer than a
 * request should wait.
 * @param lines what {@link policyLines} made
 */
export async function readPolicyTable(lines: SharedArrayBuffer): Promise<PolicyTable> {
  const bytes = Buffer.from(lines);
  const index = new PolicyIndex();
  const slice = new TimeSlice();
  let order = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(NEW_LINE, start);
    const entry = JSON.parse(bytes.toString('utf8', start, end)) as PolicyEntry;
    index.add(compilePolicy(entry, order++));
    start = end + 1;
    await slice.rest();
  }
  return new PolicyTable(index);
}

const NEW_LINE = 0x0a;

/** The shared form of a table: JSON holds no line breaks, so that each policy can be read by itself. */
export function policyLines(policies: readonly PolicyEntry[]): string {
  return policies.map((policy) => `${JSON.stringify(policy)}\n`).join('');
}
