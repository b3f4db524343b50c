import { runCommand } from './run-command.ts';

export interface LoadWish {
  readonly url: string;
  readonly clients: number;
  /** Either a number of requests or a time. */
  readonly requests?: number;
  readonly durationSeconds?: number;
  readonly words?: readonly string[];
  /** Over HTTP/2 instead of HTTP/1.1. */
  readonly isHttp2?: boolean;
}

export interface LoadResult {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly errored: number;
  readonly timedOut: number;
  /** Answers by class, as `2xx`, `3xx`, `4xx`, `5xx`. With a duration it counts answers that `total` does not. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** Runs h2load to its end and reads its summary. */
export async function runLoad(wish: LoadWish): Promise<LoadResult> {
  const amount =
    wish.durationSeconds === undefined
      ? ['-n', `${wish.requests ?? 1000}`]
      : ['-D', `${wish.durationSeconds}`];
  const protocol = wish.isHttp2 === true ? [] : ['--h1'];
  const words = [...protocol, '-c', `${wish.clients}`, ...amount, ...(wish.words ?? []), wish.url];
  const { stdout, stderr, code } = await runCommand('h2load', words, { timeoutMs: 90_000 });
  const requests =
    /requests: (\d+) total, .* (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout/.exec(stdout);
  const statuses = /status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx/.exec(stdout);
  if (requests === null || statuses === null)
    throw new Error(`h2load ended with ${code}:\n${stdout}${stderr}`);
  const [total = 0, succeeded = 0, failed = 0, errored = 0, timedOut = 0] = requests.slice(1).map(Number);
  const [ok = 0, moved = 0, client = 0, server = 0] = statuses.slice(1).map(Number);
  return {
    total,
    succeeded,
    failed,
    errored,
    timedOut,
    statuses: { '2xx': ok, '3xx': moved, '4xx': client, '5xx': server },
  };
}

export const noLoss = { failed: 0, errored: 0, timedOut: 0, unanswered: 0, answeredBadly: 0 };

/** What went wrong under a load; equal to {@link noLoss} when nothing did. */
export function lossesOf({
  total,
  succeeded,
  failed,
  errored,
  timedOut,
  statuses,
}: LoadResult): typeof noLoss {
  const answeredBadly = (statuses['3xx'] ?? 0) + (statuses['4xx'] ?? 0) + (statuses['5xx'] ?? 0);
  return { failed, errored, timedOut, unanswered: total - succeeded, answeredBadly };
}
