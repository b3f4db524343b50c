import { getHeapStatistics } from 'node:v8';

/** A worker above this share of its heap takes no new connections: it sheds before it dies. */
const HEAP_SHARE = 0.7;
/** The same for memory outside the heap: read and write buffers of connections. */
const EXTERNAL_BYTES = 1024 ** 3;

/** True while this thread should take no new connections. */
export function isShort(): boolean {
  const heap = getHeapStatistics();
  return heap.used_heap_size > heap.heap_size_limit * HEAP_SHARE || heap.external_memory > EXTERNAL_BYTES;
}
