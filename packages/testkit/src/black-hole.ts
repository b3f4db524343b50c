import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freeAddress } from './addresses.ts';

/**
 * A listening socket that nobody accepts from, its queue filled by one connection of its own: the kernel drops every
 * SYN that comes after. Node always accepts, so this takes another program.
 */
const script = `
import socket, sys
hole = socket.socket()
hole.bind((sys.argv[1], 0))
hole.listen(0)
filler = socket.create_connection(hole.getsockname())
print(hole.getsockname()[1], flush=True)
sys.stdin.read()
`;

export interface BlackHole {
  readonly address: string;
  readonly port: number;
  stop(): void;
}

/** An address and port that neither accept nor refuse a connection. */
export async function blackHole(): Promise<BlackHole> {
  const address = freeAddress();
  const child = spawn('/usr/bin/python3', ['-c', script, address], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { address, port: Number(line.toString()), stop: () => void child.kill('SIGKILL') };
}
