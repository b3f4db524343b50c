import type { NameAnswers } from './name-disk.ts';
import type { ResolveName } from './name-resolver.ts';

/** Bounds of how long an answer is believed, whatever its records say. */
const SHORTEST_MS = 1000;
const LONGEST_MS = 300_000;
/** After a failure, doubled with each further one up to the longest. */
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** Look-ups under way at a time. */
const MOST_RUNNING = 64;

/** What is known of a name. */
export interface NameState {
  /** Of the last answer that there was; empty before the first one. */
  readonly addresses: readonly string[];
  /** Why the newest look-up failed; null when it did not. */
  readonly problem: string | null;
}

export interface NameBookOptions {
  readonly resolve: ResolveName;
  /** Answers of an earlier run, in force until there are newer ones. */
  readonly known: NameAnswers;
  /** Some name stands for other addresses than before. */
  readonly onChange: () => void;
}

interface Page {
  state: NameState;
  failures: number;
  isSettled: boolean;
  timer: NodeJS.Timeout | null;
}

const nothing: NameState = { addresses: [], problem: null };

/**
 * What the names of members stand for: looked up when a name comes into use and again whenever its answer has expired.
 * A look-up that fails leaves the last answer in force, for as long as it takes.
 */
export class NameBook {
  private readonly options: NameBookOptions;
  private readonly known: Map<string, readonly string[]>;
  private readonly pages = new Map<string, Page>();
  private readonly waiting: string[] = [];
  private readonly settlers = new Set<() => void>();
  private running = 0;

  constructor(options: NameBookOptions) {
    this.options = options;
    this.known = new Map(options.known);
  }

  /** These names are in use, others are not. */
  follow(names: ReadonlySet<string>): void {
    for (const [name, page] of this.pages) {
      if (names.has(name)) continue;
      clearTimeout(page.timer ?? undefined);
      this.pages.delete(name);
    }
    for (const name of names) {
      if (this.pages.has(name)) continue;
      const known = this.known.get(name);
      const state = known === undefined ? nothing : { addresses: known, problem: null };
      // Nobody waits for a name that can be served with.
      this.pages.set(name, { state, failures: 0, isSettled: known !== undefined, timer: null });
      this.lookUp(name);
    }
  }

  /** What every name in use stands for, those that stand for nothing left out. */
  answers(): NameAnswers {
    const all = [...this.pages].map(([name, { state }]) => [name, state.addresses] as const);
    return new Map(all.filter(([, addresses]) => addresses.length > 0));
  }

  get(name: string): NameState {
    return this.pages.get(name)?.state ?? nothing;
  }

  /** Resolves when every name in use has been looked up once, or after `deadlineMs`. */
  settled(deadlineMs: number): Promise<void> {
    if (this.isSettled) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.isSettled) finish();
      };
      const finish = (): void => {
        clearTimeout(deadline);
        this.settlers.delete(look);
        resolve();
      };
      const deadline = setTimeout(finish, deadlineMs);
      this.settlers.add(look);
    });
  }

  stop(): void {
    this.follow(new Set());
    for (const look of this.settlers) look();
  }

  private get isSettled(): boolean {
    return [...this.pages.values()].every(({ isSettled }) => isSettled);
  }

  private lookUp(name: string): void {
    if (this.running >= MOST_RUNNING) {
      this.waiting.push(name);
      return;
    }
    const page = this.pages.get(name);
    if (page === undefined) return;
    this.running++;
    void this.ask(name, page).finally(() => {
      this.running--;
      const next = this.waiting.shift();
      if (next !== undefined) this.lookUp(next);
    });
  }

  private async ask(name: string, page: Page): Promise<void> {
    const before = page.state.addresses;
    const delayMs = await this.answer(name, page);
    // The name may have gone out of use meanwhile, or come back on another page.
    if (this.pages.get(name) !== page) return;
    const isFirst = !page.isSettled;
    page.isSettled = true;
    page.timer = setTimeout(() => this.lookUp(name), delayMs);
    if (isFirst) for (const look of this.settlers) look();
    if (!isSame(before, page.state.addresses)) this.options.onChange();
  }

  /** @returns when to ask again */
  private async answer(name: string, page: Page): Promise<number> {
    try {
      const { addresses, ttlSeconds } = await this.options.resolve(name);
      page.state = { addresses, problem: null };
      page.failures = 0;
      this.known.delete(name);
      return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ttlSeconds * 1000));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      page.state = { ...page.state, problem: `${name} cannot be resolved: ${code ?? message}` };
      return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** page.failures++);
    }
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((address, at) => address === other[at]);
}
