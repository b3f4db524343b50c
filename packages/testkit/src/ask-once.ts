import { serverName } from './a-listener.ts';
import type { BuiltListener } from './a-listener.ts';
import { headerOf } from './message-reader.ts';
import type { ReceivedAnswer } from './raw-client.ts';

export interface AskWish {
  /** Default GET. */
  readonly method?: string;
  /** Default {@link serverName}. */
  readonly host?: string;
  /** More lines of the head, each with its CRLF. */
  readonly fields?: string;
  /** Local address to connect from. */
  readonly from?: string;
  /** For the whole answer; default 10 s. */
  readonly timeoutMs?: number;
}

/** One request on a connection of its own. Throws when there is no whole answer. */
export async function askOnce(
  { connect }: Pick<BuiltListener, 'connect'>,
  target = '/',
  wish: AskWish = {},
): Promise<ReceivedAnswer> {
  const { method = 'GET', host = serverName, fields = '', from, timeoutMs } = wish;
  const client = await connect(from === undefined ? {} : { from });
  try {
    client.write(
      `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n${fields}\r\n`,
      method,
    );
    return await client.answer(0, timeoutMs);
  } finally {
    client.close();
  }
}

/** The name of the scripted member that answers, or the status of an answer that comes from no member. */
export async function whoAnswers(...asked: Parameters<typeof askOnce>): Promise<string> {
  const answer = await askOnce(...asked);
  return headerOf(answer, 'x-member') ?? String(answer.status);
}
