import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';

/** The built console: `index.html` with `assets/` beside it, each asset perhaps with `.br` and `.gz` made at build. */
export interface ConsoleFiles {
  /** Text of the page that the app starts from. */
  readonly page: string;
  /**
   * @param path as the URL has it
   * @param accepts the request's `Accept-Encoding`
   * @returns null for a path that is no file of the app
   */
  asset(path: string, accepts: string): ConsoleAsset | null;
}

export interface ConsoleAsset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** As `Content-Encoding` writes it, or null for the file as it is. */
  readonly encoding: string | null;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Best first. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/**
 * Reads everything once: no path of the network becomes a path of the disk, and a build that replaces this one while the
 * daemon runs is seen as a whole after a restart, never in part.
 * @returns null when there is no build in `folder`
 */
export function openConsoleFiles(folder: string): ConsoleFiles | null {
  const files = readFiles(folder);
  const page = files.get('index.html');
  if (page === undefined) return null;
  return {
    page: new TextDecoder().decode(page),
    asset: (path, accepts) => {
      const name = path.slice(1);
      const plain = files.get(name);
      const contentType = contentTypes[extname(name)];
      if (plain === undefined || contentType === undefined) return null;
      const encoding = encodings.find((one) => files.has(name + one.suffix) && takes(accepts, one.name));
      const bytes = files.get(name + (encoding?.suffix ?? '')) ?? plain;
      return { bytes, contentType, encoding: encoding?.name ?? null };
    },
  };
}

type Bytes = Uint8Array<ArrayBuffer>;

function readFiles(folder: string): ReadonlyMap<string, Bytes> {
  const files = new Map<string, Bytes>();
  for (const entry of entriesBelow(folder)) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(relative(folder, path).replaceAll('\\', '/'), readFileSync(path));
  }
  return files;
}

function entriesBelow(folder: string) {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
}

/** RFC 9110 §12.5.3, as far as clients use it: a listed coding counts unless its weight is zero. */
function takes(accepts: string, coding: string): boolean {
  return accepts.split(',').some((entry) => {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
