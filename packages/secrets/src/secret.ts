const MASK = '***';

/**
 * Text that must not end up in a log, an answer or an error. Every implicit way to text gives `***`;
 * {@link Secret.reveal} is the one way out, so a search for it finds every place that handles the plain text.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  /** `util.inspect`, and with it `console.log` and assertion messages. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
