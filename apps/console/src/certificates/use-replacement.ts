import type { CertificateWire } from '@elbow/api';
import { ApiError } from '@elbow/api';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { type CertificateUse, withReplacement } from './certificate-uses.ts';
import { certificateMessages } from './messages.ts';

/** How far one listener has come. */
export type ReplacementState =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface Replacement {
  readonly from: CertificateWire;
  readonly to: CertificateWire;
  readonly uses: readonly CertificateUse[];
}

/** Switches listeners one after the other. One that cannot be switched keeps no other from it. */
export function useReplacement(onDone: () => void) {
  const t = useMessages(certificateMessages).replace;
  const [states, setStates] = useState<ReadonlyMap<string, ReplacementState>>(new Map());
  const note = (id: string, state: ReplacementState): void =>
    setStates((before) => new Map([...before, [id, state]]));
  const write = useWrite({
    call: (wish: Replacement) => switchAll(wish, note, t.failed),
    said: (wish: Replacement) => t.saved(nameOf(wish.to), wish.uses.length),
    concerns: ({ uses }) => uses.map(({ listener }) => listener.id),
    onDone,
  });
  return { states, ...write };
}

async function switchAll(
  { from, to, uses }: Replacement,
  note: (id: string, state: ReplacementState) => void,
  failed: string,
) {
  const failures: ApiError[] = [];
  let last = null;
  for (const { listener } of uses) {
    try {
      const fields = withReplacement(listener, from.id, to.id);
      last = await client.updateListener({
        params: { listener_id: listener.id },
        body: { listener: fields },
      });
      note(listener.id, { kind: 'done' });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failures.push(error);
      note(listener.id, { kind: 'failed', reason: error.message });
    }
  }
  const [first] = failures;
  if (first === undefined && last !== null) return last;
  const { status = 0, code = '', requestId = null } = first ?? {};
  throw new ApiError({ status, code, message: failed, requestId });
}
