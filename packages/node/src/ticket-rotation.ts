import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Log } from '@elbow/plan';
import { seal, unseal } from '@elbow/secrets';
import { createTicketRoots, ROOT_BYTES, ROOTS_KEPT, writeTicketRoots } from '@elbow/tls';
import { writeDurably } from './plan-disk.ts';

/** One engine holds one secret only: each change costs every client one full handshake. */
const DAY_MS = 24 * 3_600_000;
const LOOK_MS = 60_000;
const SEALED_FOR = 'session tickets';

export interface TicketRotationOptions {
  /** Where the secrets are kept, sealed. */
  readonly path: string;
  readonly sealingKey: Uint8Array;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
}

/**
 * Keeps the secrets of session tickets: random, one a day, sealed on disk so that sessions outlive a restart. What a
 * stolen disk or key file gives away is three days of sessions, not all that were ever recorded.
 */
export class TicketRotation {
  /** For the workers; {@link createTicketRoots}. */
  readonly shared = createTicketRoots();
  /** Whether there were secrets at the start, and with them sessions of an earlier run. */
  readonly hadOld: boolean;
  private readonly options: TicketRotationOptions;
  private secrets: readonly Secret[];
  private readonly timer: NodeJS.Timeout;

  private constructor(options: TicketRotationOptions, known: readonly Secret[]) {
    this.options = options;
    this.hadOld = known.length > 0;
    this.secrets = this.hadOld ? known : [fresh(options.nowMs())];
    this.share();
    this.timer = setInterval(() => void this.rotateInTime(), LOOK_MS);
    this.timer.unref();
  }

  /** A file that cannot be read or opened is replaced: all that is lost are sessions. */
  static async start(options: TicketRotationOptions): Promise<TicketRotation> {
    const known = await load(options);
    const rotation = new TicketRotation(options, known);
    if (known.length === 0) await rotation.save();
    await rotation.rotateInTime();
    return rotation;
  }

  /** Makes a new secret when the newest is a day old, or was made by a clock that ran ahead. */
  async rotateInTime(): Promise<void> {
    const nowMs = this.options.nowMs();
    const ageMs = nowMs - (this.secrets[0]?.madeAtMs ?? 0);
    if (ageMs >= 0 && ageMs < DAY_MS) return;
    const young = this.secrets.filter(({ madeAtMs }) => nowMs - madeAtMs < ROOTS_KEPT * DAY_MS);
    this.secrets = [fresh(nowMs), ...young].slice(0, ROOTS_KEPT);
    this.share();
    await this.save();
  }

  close(): void {
    clearInterval(this.timer);
  }

  private share(): void {
    writeTicketRoots(
      this.shared,
      this.secrets.map(({ root }) => Buffer.from(root, 'base64')),
    );
  }

  private async save(): Promise<void> {
    const { path, sealingKey, log } = this.options;
    const text = seal(sealingKey, JSON.stringify(this.secrets), SEALED_FOR);
    await writeDurably(path, new TextEncoder().encode(text)).catch((error: unknown) =>
      log('error', 'the secrets of session tickets cannot be kept', { reason: String(error) }),
    );
  }
}

interface Secret {
  readonly madeAtMs: number;
  /** Base64. */
  readonly root: string;
}

function fresh(nowMs: number): Secret {
  return { madeAtMs: nowMs, root: randomBytes(ROOT_BYTES).toString('base64') };
}

async function load({ path, sealingKey, log }: TicketRotationOptions): Promise<readonly Secret[]> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return [];
  try {
    const read: unknown = JSON.parse(unseal(sealingKey, text, SEALED_FOR).reveal());
    return Array.isArray(read) ? read.filter(isSecret) : [];
  } catch (error) {
    log('warn', 'the secrets of session tickets do not open; new ones are made', { reason: String(error) });
    return [];
  }
}

function isSecret(value: unknown): value is Secret {
  const { madeAtMs, root } = (value ?? {}) as Partial<Secret>;
  return (
    typeof madeAtMs === 'number' &&
    typeof root === 'string' &&
    Buffer.from(root, 'base64').length === ROOT_BYTES
  );
}
