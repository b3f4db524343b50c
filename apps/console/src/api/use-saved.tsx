import type { Answer } from '@elbow/api';
import { App } from 'antd';
import { useCallback } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { whenApplied } from './when-applied.ts';
import { serverWords } from '../server-words/server-words.ts';

export interface Saved {
  readonly text: string;
  readonly live: Answer<unknown>['live'];
  /** Objects that the write is about. */
  readonly ids: readonly string[];
}

let count = 0;
/** The newest notice about each object: an older one has nothing to add. */
const newest = new Map<string, number>();

/**
 * Tells how far a saved change has come, in one notice that follows it: saved, live on all workers, or not taken by a
 * node with the node's reason. Green appears only when no node complains about the object.
 */
export function useSaved(): (saved: Saved) => Promise<void> {
  const { notification } = App.useApp();
  const t = useMessages(shellMessages).saved;
  return useCallback(
    async ({ text, live, ids }) => {
      const turn = (count += 1);
      const key = `saved-${ids[0] ?? turn}`;
      newest.set(key, turn);
      const show = (kind: 'info' | 'success' | 'error', description: string, duration: number): void => {
        if (newest.get(key) !== turn) return;
        notification[kind]({
          key,
          title: text,
          description,
          duration,
          placement: 'bottomLeft',
          role: 'status',
        });
      };
      if (live === 'pending') show('info', t.pending, 0);
      const outcome = await whenApplied(ids, {
        isPending: live === 'pending',
        onProgress: (applied, all) => show('info', t.applying(applied, all), 0),
      });
      if (outcome.kind === 'trouble') show('error', t.trouble(serverWords(outcome.reason)), 0);
      else if (outcome.kind === 'late') show('info', t.late, 8);
      else show('success', typeof live === 'number' ? t.live(live) : t.liveNow, 4);
    },
    [notification, t],
  );
}
