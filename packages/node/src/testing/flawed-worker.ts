import { parentPort } from 'node:worker_threads';
import { workerEntry } from '@elbow/proxy';
import type { ToWorker } from '@elbow/proxy';

/**
 * The real worker with a flaw: a listener called `throws…` makes it throw, one called `hangs…` makes it loop for
 * ever, `eats…` makes it use up its heap.
 */
parentPort?.on('message', (message: ToWorker) => {
  if (message.type !== 'plan') return;
  for (const { id } of message.put) {
    if (id.startsWith('throws')) throw new Error('the flaw was hit');
    if (id.startsWith('hangs')) for (;;);
    if (id.startsWith('eats')) eat();
  }
});

function eat(): never {
  const eaten: number[][] = [];
  for (;;) eaten.push(Array.from({ length: 100_000 }, (_, at) => at * 1.5));
}

await import(workerEntry.href);
