interface Node<T> {
  /** Text between the parent and this node. */
  label: string;
  readonly children: Map<number, Node<T>>;
  readonly values: T[];
}

/** Values by prefixes: all whose prefix a text begins with, found in one walk along the text. */
export class RadixTree<T> {
  private readonly root: Node<T> = node('');

  add(prefix: string, value: T): void {
    this.at(prefix).push(value);
  }

  /** The values of exactly this prefix, to be changed in place. */
  at(prefix: string): T[] {
    let current = this.root;
    for (let at = 0; at < prefix.length; ) {
      const child = current.children.get(prefix.charCodeAt(at));
      if (child === undefined) {
        const leaf = node<T>(prefix.slice(at));
        current.children.set(prefix.charCodeAt(at), leaf);
        current = leaf;
        break;
      }
      const shared = sharedLength(child.label, prefix, at);
      current = shared === child.label.length ? child : split(current, child, shared);
      at += shared;
    }
    return current.values;
  }

  /** Calls `onValues` with the values of each prefix of `text`, the shortest first; each list in order of insertion. */
  walk(text: string, onValues: (values: readonly T[]) => void): void {
    let current: Node<T> | undefined = this.root;
    let at = 0;
    while (current !== undefined) {
      if (current.values.length > 0) onValues(current.values);
      if (at >= text.length) return;
      const child: Node<T> | undefined = current.children.get(text.charCodeAt(at));
      if (child === undefined || !text.startsWith(child.label, at)) return;
      at += child.label.length;
      current = child;
    }
  }
}

function node<T>(label: string): Node<T> {
  return { label, children: new Map(), values: [] };
}

function sharedLength(label: string, text: string, at: number): number {
  let length = 1;
  while (length < label.length && label.charCodeAt(length) === text.charCodeAt(at + length)) length++;
  return length;
}

/** Puts a node between the two, for the part of the label that a new prefix shares. */
function split<T>(parent: Node<T>, child: Node<T>, length: number): Node<T> {
  const middle = node<T>(child.label.slice(0, length));
  child.label = child.label.slice(length);
  middle.children.set(child.label.charCodeAt(0), child);
  parent.children.set(middle.label.charCodeAt(0), middle);
  return middle;
}
