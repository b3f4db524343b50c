import { parentPort } from 'node:worker_threads';
import { checkerEntry, type ToChecker } from '@elbow/health';

// The real thread of the checks, which dies when it is asked for a check.
await import(checkerEntry.href);
parentPort?.on('message', (message: ToChecker) => {
  if (message.type === 'check') throw new Error('told to die');
});
