import { runCommand } from './run-command.ts';

export interface TlsPlace {
  readonly vip: string;
  readonly port: number;
}

/** What one handshake of `openssl s_client` led to. */
export interface SeenHandshake {
  /** False when the handshake failed. */
  readonly isComplete: boolean;
  /** For example `TLSv1.2`; null when the handshake failed. */
  readonly version: string | null;
  readonly suite: string | null;
  /** Common name of the certificate that was shown. */
  readonly commonName: string | null;
  /** Number of the fatal alert of the server, for example 70. */
  readonly alert: number | null;
  readonly isResumed: boolean;
  /** Everything that was printed. */
  readonly output: string;
}

/** Shakes hands with the words of the command line, sends `input`, and reads what there is until the end. */
export async function sClient(
  { vip, port }: TlsPlace,
  words: readonly string[],
  input = '',
): Promise<SeenHandshake> {
  const { stdout, stderr } = await runCommand(
    'openssl',
    ['s_client', '-connect', `${vip}:${port}`, ...words],
    { input },
  );
  const output = `${stdout}\n${stderr}`;
  const established = /^(New|Reused), (\S+), Cipher is (\S+)/m.exec(output);
  const suite = established === null || established[3] === '(NONE)' ? null : established[3]!;
  return {
    isComplete: suite !== null,
    version: suite === null ? null : (/^ *Protocol *: (\S+)/m.exec(output)?.[1] ?? established![2]!),
    suite,
    commonName: /^subject=.*?CN ?= ?([^\n,/]*)/m.exec(output)?.[1]?.trim() ?? null,
    alert: Number(/SSL alert number (\d+)/.exec(output)?.[1] ?? 0) || null,
    isResumed: established?.[1] === 'Reused',
    output,
  };
}
