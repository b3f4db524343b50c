import type { RawClient, ReceivedAnswer } from './raw-client.ts';

/** One GET on a connection of its own. Throws when there is no whole answer. */
export async function askOnce(
  { connect }: { readonly connect: () => Promise<RawClient> },
  target = '/',
  timeoutMs = 10_000,
): Promise<ReceivedAnswer> {
  const client = await connect();
  try {
    client.write(`GET ${target} HTTP/1.1\r\nHost: www.example.test\r\nConnection: close\r\n\r\n`);
    return await client.answer(0, timeoutMs);
  } finally {
    client.close();
  }
}
