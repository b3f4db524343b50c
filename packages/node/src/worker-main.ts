import { flushCompileCache } from 'node:module';
import { workerEntry } from '@elbow/proxy';

// The entry of a worker thread: the proxy's own, and what was compiled for it kept for the next start. A process that
// is killed writes nothing at its end, and its successor should not have to compile everything while clients wait.
await import(workerEntry.href);
flushCompileCache();
