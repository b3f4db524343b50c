import { parseAst } from 'vite';

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/**
 * Sentences that a source file is able to say: string literals, templates and sums of them that hold two words.
 * @param source TypeScript
 * @returns each with `{}` where something is put in, in the order of the file
 */
export function messagesIn(source: string): readonly string[] {
  const found: string[] = [];
  visit(parseAst(source, { lang: 'ts' }) as unknown as Node, found);
  return found;
}

function visit(value: unknown, found: string[]): void {
  if (Array.isArray(value)) for (const one of value) visit(one, found);
  if (!isNode(value) || isSilent(value)) return;
  const text = textOf(value);
  if (text === null) {
    for (const child of Object.values(value)) visit(child, found);
    return;
  }
  if (isSentence(text)) found.push(text);
  for (const part of placesOf(value)) visit(part, found);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node)['type'] === 'string';
}

/** Types, imports, and errors that are thrown at programmers. */
function isSilent(node: Node): boolean {
  if (/^TS(?!As|Satisfies|NonNull)|^Import|^ExportAll/.test(node.type)) return true;
  const callee = node['callee'];
  return (
    node.type === 'NewExpression' &&
    isNode(callee) &&
    /^(?:Type|Range)?Error$/.test(String(callee['name'] ?? ''))
  );
}

/** The text of a literal, a template or a sum of them; null for everything else. */
function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null;
  if (node.type === 'TemplateLiteral')
    return (node['quasis'] as readonly { readonly value: { readonly cooked: string } }[])
      .map(({ value }) => value.cooked)
      .join('{}');
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return null;
  const [left, right] = [textOf(node['left'] as Node), textOf(node['right'] as Node)];
  return left === null && right === null ? null : `${left ?? '{}'}${right ?? '{}'}`;
}

/** What is put into a text: it may hold words of its own. */
function placesOf(node: Node): readonly Node[] {
  if (node.type === 'TemplateLiteral') return node['expressions'] as readonly Node[];
  if (node.type !== 'BinaryExpression') return [];
  return [node['left'] as Node, node['right'] as Node].flatMap((side) =>
    textOf(side) === null ? [side] : placesOf(side),
  );
}

function isSentence(text: string): boolean {
  return /[a-z]{2,} [a-z{]|\} [a-z]{2}/.test(text);
}
