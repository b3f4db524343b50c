import { parentPort, workerData } from 'node:worker_threads';
import { Connection } from './connection.ts';
import { toStatementError } from './statement-error.ts';
import type { FromThread, Reply, Statement, ThreadSettings, ToThread } from './thread-protocol.ts';

/** The store's thread: it owns the database, executes what it is sent in order, and decides nothing. */
function main(settings: ThreadSettings): void {
  const connections = openConnections(settings);
  if (connections === null) return;
  port().on('message', (message: ToThread) => {
    if (message.type === 'close') close(connections);
    else
      send({
        type: 'replies',
        replies: message.statements.flatMap((statement) => execute(connections, statement)),
      });
  });
  send({ type: 'opened' });
}

function openConnections({ path, readerCount }: ThreadSettings): readonly Connection[] | null {
  try {
    const writer = new Connection(path, 'writer');
    const damage = writer.findDamage();
    if (damage === null) return [writer, ...openReaders(path, readerCount)];
    writer.close();
    send({ type: 'refused', reason: `the database ${path} is damaged: ${damage}; restore a backup` });
  } catch (error) {
    send({
      type: 'refused',
      reason: `the database ${path} cannot be opened: ${toStatementError(error).message}`,
    });
  }
  return null;
}

/** Opened after the writer, which has switched the file to write-ahead logging by then. */
function openReaders(path: string, count: number): readonly Connection[] {
  return Array.from({ length: count }, () => new Connection(path, 'reader'));
}

/** @returns the reply, or nothing where nobody waits for one */
function execute(connections: readonly Connection[], statement: Statement): readonly Reply[] {
  const { id, isPosted } = statement;
  try {
    const connection = connections[statement.connection];
    if (connection === undefined) throw new Error(`there is no connection ${statement.connection}`);
    const result = connection.run(statement);
    return isPosted ? [] : [{ id, ...result }];
  } catch (error) {
    return isPosted ? [] : [{ id, error: toStatementError(error) }];
  }
}

/** Readers first: the writer can empty the log only when nobody looks into it. */
function close(connections: readonly Connection[]): void {
  const [writer, ...readers] = connections;
  try {
    for (const reader of readers) reader.close();
    writer?.checkpoint();
    writer?.close();
    send({ type: 'closed', error: null });
  } catch (error) {
    send({ type: 'closed', error: toStatementError(error) });
  }
  port().close();
}

function send(message: FromThread): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  port().postMessage(message);
}

function port(): NonNullable<typeof parentPort> {
  if (parentPort === null) throw new Error('this module runs on a thread of its own');
  return parentPort;
}

main(workerData as ThreadSettings);
