/** The text format of Prometheus, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8';

/** Names and values, in the order in which they are shown. */
export type Labels = readonly (readonly [name: string, value: string])[];

export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
}

/** Collects families one after another. A family without a sample is not shown. */
export class Exposition {
  private readonly lines: string[] = [];
  private name = '';
  private introduction: readonly string[] = [];

  /** The samples that follow belong to this family. */
  begin({ name, type, help }: Family): void {
    this.name = name;
    this.introduction = [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
  }

  /** @param suffix of the family's name, for the parts of a histogram */
  sample(labels: Labels, value: number, suffix = ''): void {
    this.lines.push(...this.introduction);
    this.introduction = [];
    const text = labels.map(([label, of]) => `${label}="${escapeLabel(of)}"`).join(',');
    this.lines.push(`${this.name}${suffix}${text === '' ? '' : `{${text}}`} ${value}`);
  }

  /** Adds a whole family of one sample per object. */
  family(family: Family, samples: readonly (readonly [labels: Labels, value: number])[]): void {
    this.begin(family);
    for (const [labels, value] of samples) this.sample(labels, value);
  }

  /**
   * @param bounds upper bounds of the buckets; there is one more bucket than bounds
   * @param buckets how many fell into each, not cumulated
   */
  histogram(
    labels: Labels,
    bounds: readonly number[],
    { buckets, sum }: { readonly buckets: readonly number[]; readonly sum: number },
  ): void {
    let count = 0;
    for (const [at, amount] of buckets.entries()) {
      count += amount;
      const bound = at < bounds.length ? String(bounds[at]) : '+Inf';
      this.sample([...labels, ['le', bound]], count, '_bucket');
    }
    this.sample(labels, sum, '_sum');
    this.sample(labels, count, '_count');
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
