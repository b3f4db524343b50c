import { open, stat } from 'node:fs/promises';

/** One file of the access log; a rename does not change its number. */
export interface LogFile {
  readonly path: string;
  readonly number: string;
  readonly size: number;
}

/** The newest first. @param keep how many renamed files there may be */
export async function logFiles(path: string, keep: number): Promise<readonly LogFile[]> {
  const paths = [path, ...Array.from({ length: keep }, (_, at) => `${path}.${at + 1}`)];
  const found = await Promise.all(paths.map(logFile));
  const files = found.filter((file) => file !== null);
  // A rename between two looks shows a file twice.
  return files.filter((file, at) => files.findIndex(({ number }) => number === file.number) === at);
}

async function logFile(path: string): Promise<LogFile | null> {
  try {
    const { ino, size } = await stat(path, { bigint: true });
    return { path, number: String(ino), size: Number(size) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * The bytes of a file from `start` to `end`. Empty when the file of that name is another one by now.
 */
export async function readRange(file: LogFile, start: number, end: number): Promise<Buffer> {
  const handle = await open(file.path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (handle === null) return Buffer.alloc(0);
  try {
    const { ino } = await handle.stat({ bigint: true });
    if (String(ino) !== file.number) return Buffer.alloc(0);
    const buffer = Buffer.alloc(end - start);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
