import { removeFields } from './fields.ts';
import { forEachListElement } from './octets.ts';

/** What a Connection field asks for (RFC 9110 §7.6.1). */
export interface ConnectionOptions {
  readonly close: boolean;
  readonly keepAlive: boolean;
  readonly upgrade: boolean;
  /** Other field names, lower case, that must not go further. */
  readonly named: ReadonlySet<string>;
}

const noNames: ReadonlySet<string> = new Set();
const nothing: ConnectionOptions = { close: false, keepAlive: false, upgrade: false, named: noNames };
const keepAliveOnly: ConnectionOptions = { ...nothing, keepAlive: true };
const closeOnly: ConnectionOptions = { ...nothing, close: true };

/** Naming one of these would have a message lose its framing or its address on the way. */
const notNameable: ReadonlySet<string> = new Set([
  'content-length',
  'expect',
  'host',
  'transfer-encoding',
  'content-encoding',
  'content-type',
]);

/** Null when a field is named that must not be. */
export function parseConnection(connection: string | null): ConnectionOptions | null {
  if (connection === null) return nothing;
  if (connection === 'keep-alive' || connection === 'Keep-Alive') return keepAliveOnly;
  if (connection === 'close') return closeOnly;
  const options = { close: false, keepAlive: false, upgrade: false, named: new Set<string>() };
  forEachListElement(connection, (element) => {
    if (element === 'close') options.close = true;
    else if (element === 'keep-alive') options.keepAlive = true;
    else if (element === 'upgrade') options.upgrade = true;
    else options.named.add(element);
  });
  for (const name of options.named) if (notNameable.has(name)) return null;
  return options;
}

/** The lines of `passed` without those that Connection named. */
export function withoutNamed(passed: string, options: ConnectionOptions): string {
  return options.named.size === 0 ? passed : removeFields(passed, options.named);
}

/** RFC 9112 §9.3: persistent unless `close` since HTTP/1.1, only with `keep-alive` in HTTP/1.0. */
export function isPersistent(version: '1.0' | '1.1', options: ConnectionOptions): boolean {
  if (options.close) return false;
  return version === '1.1' || options.keepAlive;
}
