/** A sentence with `{}` for each part that varies → the same in another language, with `{1}`, `{2}` … for the parts. */
export type Shapes = Readonly<Record<string, string>>;

export type Translate = (text: string) => string;

/** Longer texts are no messages of ours; matching them would cost more than it gives. */
const longestText = 4_000;

/**
 * Makes a function that says the server's sentences in another language.
 * Parts that a sentence was filled with are translated too, where they are sentences or words of the tables.
 * What no shape fits stays as it is: English is better than nothing.
 */
export function createTranslator(shapes: Shapes): Translate {
  const kept = new Map<string, string>();
  const { whole, patterns } = compiled(shapes);
  const translate: Translate = (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const said = text.length > longestText ? text : (inFrame(text) ?? inList(text) ?? text);
    if (kept.size > 1_000) kept.clear();
    kept.set(text, said);
    return said;
  };
  return translate;

  function matched(text: string, leastLiteral = 0): string | null {
    const exact = whole.get(text);
    if (exact !== undefined) return exact;
    for (const { expression, words, literal } of patterns) {
      if (literal < leastLiteral) return null;
      const found = expression.exec(text);
      if (found !== null) return filled(words, found, translate);
    }
    return null;
  }

  /** `one; two`, `one, two` and `place: one`: all of it or nothing. */
  function inList(text: string): string | null {
    for (const [mark, said] of marks) {
      const parts = text.split(mark).map((part) => matched(part, sentenceLength) ?? behindLabel(part));
      if (parts.length > 1 && parts.every((part) => part !== null)) return parts.join(said);
    }
    return matched(text) ?? behindLabel(text);
  }

  function behindLabel(text: string): string | null {
    const [, label = '', rest = ''] = /^([\w.-]{1,64}): (.+)$/s.exec(text) ?? [];
    const said = label === '' ? null : matched(rest);
    return said === null ? null : `${label}：${said}`;
  }

  /** `invalid input for field pool.name: …; invalid input for field …` */
  function inFrame(text: string): string | null {
    if (!text.startsWith(frame)) return null;
    return text
      .split(/; (?=invalid input for field )/)
      .map((part) => {
        const [, field = '', reason = ''] = /^invalid input for field ([^\s:]+): (.*)$/s.exec(part) ?? [];
        return field === '' ? part : `${field}：${translate(reason)}`;
      })
      .join('；');
  }
}

const frame = 'invalid input for field ';
/** A part of a list says more than this by itself: `must be …, … or …` is no list of sentences. */
const sentenceLength = 12;
const marks = [
  ['; ', '；'],
  [', ', '，'],
] as const;

interface Pattern {
  readonly expression: RegExp;
  /** How many characters the shape says itself. */
  readonly literal: number;
  readonly words: string;
}

function compiled(shapes: Shapes) {
  const entries = Object.entries(shapes);
  const patterns: readonly Pattern[] = entries
    .filter(([shape]) => shape.includes('{}'))
    // The shape that says most itself fits best.
    .toSorted(([a], [b]) => literalLength(b) - literalLength(a))
    .map(([shape, words]) => ({ expression: expressionOf(shape), literal: literalLength(shape), words }));
  return { whole: new Map(entries.filter(([shape]) => !shape.includes('{}'))), patterns };
}

function literalLength(shape: string): number {
  return shape.replaceAll('{}', '').length;
}

function expressionOf(shape: string): RegExp {
  const literals = shape.split('{}').map((text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  // What says next to nothing itself joins words, never sentences that another shape is missing for.
  const part = literalLength(shape) < 6 ? String.raw`((?:\S+, )*\S+)` : '(.+?)';
  return new RegExp(`^${literals.join(part)}$`, 's');
}

function filled(words: string, found: RegExpExecArray, translate: Translate): string {
  return words.replaceAll(/\{(\d)\}/g, (_, place: string) => translate(found[Number(place)] ?? ''));
}
