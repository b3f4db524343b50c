import { onTestFinished } from 'vitest';

type Ending = { stop(): unknown } | { destroy(): unknown } | { close(): unknown };

/** Members, connections and sessions that a test opens for itself: they end with it, the last one first. */
export async function forThisTest<T extends Ending>(opening: Promise<T>): Promise<T> {
  const opened = await opening;
  onTestFinished(async () => void (await end(opened)));
  return opened;
}

function end(opened: Ending): unknown {
  if ('stop' in opened) return opened.stop();
  return 'destroy' in opened ? opened.destroy() : opened.close();
}
