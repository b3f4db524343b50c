import { writeSync } from 'node:fs';
import { openStore } from '../open-store.ts';
import { aLoadBalancer } from './rows.ts';

const WRITERS = 8;

/**
 * Writes until it is killed, and prints each id once it is acknowledged. `fs.writeSync` has handed the line to the
 * pipe when it returns, so whoever reads the pipe after the kill sees all of them.
 */
async function main(directory: string, prefix: string): Promise<void> {
  const store = await openStore({ directory });
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writerIndex) => {
      for (let i = 0; ; i += 1) {
        const id = `${prefix}-${writerIndex}-${i}`;
        await store.write(async (writer) => {
          await writer.insert('loadBalancer', aLoadBalancer(id));
          writer.touch(id);
        });
        writeSync(process.stdout.fd, `${id}\n`);
      }
    }),
  );
}

const [directory, prefix] = process.argv.slice(2);
if (directory === undefined || prefix === undefined)
  throw new Error('usage: kill-victim.ts DIRECTORY PREFIX');
await main(directory, prefix);
