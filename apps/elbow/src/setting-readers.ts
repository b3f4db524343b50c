import { isIP } from 'node:net';
import { defaultQuotas } from '@elbow/model';
import type { QuotaKey, Settings } from '@elbow/model';

/** How one setting is read from text (flag, environment) or from JSON (file). Undefined means: against the rule. */
export interface SettingReader<T> {
  /** What a value must be, as the end of the sentence "workers must be …". */
  readonly rule: string;
  readonly fromText: (text: string) => T | undefined;
  readonly fromJson: (value: unknown) => T | undefined;
}

export type Admin = Settings['admin'];

export const directory: SettingReader<string> = textual('a path, not empty', (text) =>
  text.trim() === '' || text.includes('\0') ? undefined : text,
);

export const adminAddress: SettingReader<Admin> = textual(
  'HOST:PORT with an IP address (IPv6 in brackets) or localhost, and a port from 1 to 65535',
  readAdmin,
);

export const workerCount: SettingReader<number> = wholeNumber(1, 256);

/** A whole number; in a file a number, not text. */
export function wholeNumber(least: number, most: number): SettingReader<number> {
  return {
    rule: `a whole number from ${least} to ${most}`,
    fromText: (text) => (/^\d+$/.test(text) ? inRange(Number(text), least, most) : undefined),
    fromJson: (value) => (typeof value === 'number' ? inRange(value, least, most) : undefined),
  };
}

/** One of a few words. */
export function choice<T extends string>(...words: readonly T[]): SettingReader<T> {
  return textual(`one of ${words.join(', ')}`, (text) => words.find((word) => word === text));
}

export const label: SettingReader<string> = textual(
  '1 to 64 letters, digits, dots, dashes or underscores',
  (text) => (/^[A-Za-z0-9._-]{1,64}$/.test(text) ? text : undefined),
);

export const networks: SettingReader<readonly string[]> = {
  rule: 'at least one network as ADDRESS/BITS, several separated by commas (in a file: a list)',
  fromText: (text) => readNetworks(text.split(',').map((part) => part.trim())),
  fromJson: (value) => (Array.isArray(value) ? readNetworks(value) : undefined),
};

export const dnsServers: SettingReader<readonly string[]> = {
  rule: 'DNS servers as ADDRESS or ADDRESS:PORT (IPv6 in brackets), several separated by commas (in a file: a list)',
  fromText: (text) => readServers(text.split(',').map((part) => part.trim())),
  fromJson: (value) => (Array.isArray(value) ? readServers(value) : undefined),
};

/** Every address of these is known by an id of its own. */
export const smallNetworks: SettingReader<readonly string[]> = {
  rule: 'at least one network of at most 4096 addresses as ADDRESS/BITS, several separated by commas (in a file: a list)',
  fromText: (text) => onlySmall(networks.fromText(text)),
  fromJson: (value) => onlySmall(networks.fromJson(value)),
};

export const flag: SettingReader<boolean> = {
  rule: 'true or false',
  fromText: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  fromJson: (value) => (typeof value === 'boolean' ? value : undefined),
};

export const quotas: SettingReader<Settings['quotas']> = {
  rule: `limits as key=number, several separated by commas (in a file: an object); -1 is no limit; keys: ${Object.keys(defaultQuotas).join(', ')}`,
  fromText: (text) => readQuotas(text.split(',').map((part) => readPair(part))),
  fromJson: (value) => (isRecord(value) ? readQuotas(Object.entries(value)) : undefined),
};

function textual<T>(rule: string, read: (text: string) => T | undefined): SettingReader<T> {
  return { rule, fromText: read, fromJson: (value) => (typeof value === 'string' ? read(value) : undefined) };
}

function readAdmin(text: string): Admin | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const [, inBrackets, plain, digits] = match;
  const port = inRange(Number(digits), 1, 65_535);
  const host = plain === 'localhost' ? '127.0.0.1' : (inBrackets ?? plain ?? '');
  const family = inBrackets === undefined ? 4 : 6;
  return port === undefined || isIP(host) !== family ? undefined : { host, port };
}

function readServers(values: readonly unknown[]): readonly string[] | undefined {
  const isFine = values.every((value) => typeof value === 'string' && isServer(value));
  return isFine ? (values as string[]) : undefined;
}

function isServer(text: string): boolean {
  if (isIP(text) !== 0) return true;
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([\d.]+)):(\d{1,5})$/.exec(text) ?? [];
  const isHost = bracketed === undefined ? isIP(plain ?? '') === 4 : isIP(bracketed) === 6;
  return isHost && inRange(Number(port), 1, 65_535) !== undefined;
}

function readNetworks(values: readonly unknown[]): readonly string[] | undefined {
  const isFine = values.length > 0 && values.every((value) => typeof value === 'string' && isNetwork(value));
  return isFine ? (values as string[]) : undefined;
}

function onlySmall(values: readonly string[] | undefined): readonly string[] | undefined {
  const isSmall = (text: string): boolean => {
    const [address = '', bits] = text.split('/');
    return (isIP(address) === 4 ? 32 : 128) - Number(bits) <= 12;
  };
  return values?.every(isSmall) === true ? values : undefined;
}

function isNetwork(text: string): boolean {
  const [, address, bits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address ?? '');
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}

function readPair(text: string): readonly [string, unknown] {
  const [key = '', digits = ''] = text.trim().split('=', 2);
  return [key.trim(), /^-?\d+$/.test(digits.trim()) ? Number(digits) : undefined];
}

function readQuotas(pairs: readonly (readonly [string, unknown])[]): Settings['quotas'] | undefined {
  const isFine = pairs.every(
    ([key, limit]) => Object.hasOwn(defaultQuotas, key) && typeof limit === 'number' && isLimit(limit),
  );
  return isFine
    ? { ...defaultQuotas, ...(Object.fromEntries(pairs) as Partial<Record<QuotaKey, number>>) }
    : undefined;
}

function isLimit(value: number): boolean {
  return Number.isSafeInteger(value) && value >= -1;
}

function inRange(value: number, least: number, most: number): number | undefined {
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
