import type { CheckTarget } from '@elbow/health';
import { type CheckTranscript, isAddress, mostTranscriptSteps, type OneOffCheck } from '@elbow/plan';
import type { RefusedAddress } from './names/member-addresses.ts';
import type { ResolveName } from './names/name-resolver.ts';

export interface OneOffPorts {
  readonly resolve: ResolveName;
  readonly refusedAddress: RefusedAddress;
  /** Checks an address; null when there is too much to do. */
  readonly checkOnce: (target: CheckTarget) => Promise<CheckTranscript | null>;
}

/**
 * Checks a place that need not be a member. A name is looked up for this check alone, and what it stands for is judged
 * as for a member: the first address that may be connected to is checked.
 */
export async function oneOffCheck(
  target: OneOffCheck,
  { resolve, refusedAddress, checkOnce }: OneOffPorts,
): Promise<CheckTranscript | null> {
  const { address: name, port } = target;
  const found = isAddress(name) ? { addresses: [name], problem: null } : await lookUp(name, resolve);
  if (found.problem !== null) return failed(found.problem);
  const address = found.addresses.find((one) => refusedAddress(one, port) === null);
  const [first] = found.addresses;
  if (address === undefined)
    return failed(
      first === undefined ? `${name} stands for no address` : (refusedAddress(first, port) ?? ''),
    );
  const transcript = await checkOnce({ ...target, address, name: address === name ? null : name, tls: null });
  if (transcript === null || address === name) return transcript;
  const lookedUp = { atMs: 0, text: `${name} stands for ${found.addresses.join(', ')}`.slice(0, 500) };
  return { ...transcript, steps: [lookedUp, ...transcript.steps].slice(0, mostTranscriptSteps) };
}

async function lookUp(name: string, resolve: ResolveName) {
  try {
    return { addresses: (await resolve(name)).addresses, problem: null };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { addresses: [], problem: `${name} cannot be resolved: ${code ?? message}` };
  }
}

/** Nothing was sent. */
function failed(message: string): CheckTranscript {
  const reason = { code: 'CONNECT_FAILED', message, expected: null, actual: null } as const;
  return { isHealthy: false, reason, steps: [{ atMs: 0, text: message }] };
}
