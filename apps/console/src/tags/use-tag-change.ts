import type { TagChangeBody } from '@elbow/api';
import { useRef } from 'react';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { tagMessages } from './messages.ts';

export type TaggedKind = 'loadbalancer' | 'listener';
export type Tag = TagChangeBody['tags'][number];

export interface Tagged {
  readonly id: string;
  readonly tags: readonly Tag[];
}

/** One tag added, given another value, or taken away. `change` resolves to whether it was saved. */
export function useTagChange(kind: TaggedKind, { id }: Tagged) {
  const t = useMessages(tagMessages);
  // The answer has no body that could say it.
  const isSaved = useRef(false);
  const write = useWrite({
    call: (body: TagChangeBody) =>
      kind === 'loadbalancer'
        ? client.changeLoadbalancerTags({ params: { loadbalancer_id: id }, body })
        : client.changeListenerTags({ params: { listener_id: id }, body }),
    said: ({ action, tags }) => (action === 'create' ? t.saved : t.deleted)(tags[0]?.key ?? ''),
    onDone: () => {
      isSaved.current = true;
    },
  });
  const change = async (body: TagChangeBody): Promise<boolean> => {
    isSaved.current = false;
    await write.run(body);
    return isSaved.current;
  };
  return { change, isRunning: write.isRunning, error: write.error };
}
