import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';

/** Far more nodes than one machine runs; a bound on what a runaway peer can open. */
const maxConnections = 64;

export interface NodeServer {
  /** Stops to listen and removes the socket file. Connections are their owner's to close. */
  close(): Promise<void>;
}

/**
 * Listens for the nodes of this machine at `path`, for this user alone: socket mode 0600 in a directory of mode 0700.
 * A file left by an earlier process is replaced: the lock on the data directory says that nobody uses it.
 * Rejects when the directory belongs to another user, or cannot be made.
 */
export async function openNodeServer(path: string, accept: (socket: Socket) => void): Promise<NodeServer> {
  await makePrivateDirectory(dirname(path));
  await rm(path, { force: true });
  const server = createServer(accept);
  server.maxConnections = maxConnections;
  await listen(server, path);
  await chmod(path, 0o600);
  return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function makePrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const facts = await lstat(path);
  if (!facts.isDirectory()) throw new Error(`${path} is not a directory`);
  if (process.geteuid !== undefined && facts.uid !== process.geteuid())
    throw new Error(`${path} belongs to another user`);
  if ((facts.mode & 0o077) !== 0) await chmod(path, 0o700);
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
