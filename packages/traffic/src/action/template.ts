/** What stands for a variable in a template. */
export interface TemplateValues {
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
  /** Groups of the path expression, the whole path first; empty without one. */
  readonly groups: readonly string[];
}

/** How a group is made fit for the place that it is put into. */
export type GroupEncoding = (text: string) => string;

const variables = ['protocol', 'host', 'port', 'path', 'query'] as const;

/**
 * Fills a template. `${name}` is a variable, `$1` to `$9` a group (empty when there is none); `$` with letters behind
 * it stands for nothing, letters included; `$` before any other sign is itself.
 */
export function fillTemplate(template: string, values: TemplateValues, encode: GroupEncoding): string {
  if (!template.includes('$')) return template;
  return template.replace(
    /\$(?:\{(protocol|host|port|path|query)\}|([1-9])|([A-Za-z0-9]+))/g,
    (_, variable: (typeof variables)[number] | undefined, group: string | undefined) => {
      if (variable !== undefined) return values[variable];
      return group === undefined ? '' : encode(values.groups[Number(group)] ?? '');
    },
  );
}

/** Groups come out of a decoded path: what has a meaning of its own in a path, or none anywhere, is encoded again. */
export function encodeForPath(text: string): string {
  return text.replace(/[^\w.~!$'()*+,;=:@&/-]/g, encodeByte);
}

/** The same for a query, where `&`, `=` and `+` separate. */
export function encodeForQuery(text: string): string {
  return text.replace(/[^\w.~!$'()*,;:@/?-]/g, encodeByte);
}

/** A host takes nothing but the letters of a name. */
export function encodeForHost(text: string): string {
  return text.replace(/[^\w.-]/g, '');
}

/** @param character of a text that has one character per byte */
function encodeByte(character: string): string {
  return `%${(character.charCodeAt(0) & 0xff).toString(16).toUpperCase().padStart(2, '0')}`;
}
