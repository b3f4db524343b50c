import type { ConsoleFiles } from './console-files.ts';

/** Names of files under `/assets/` carry a hash of what is inside: what is there never changes. */
const assetRoot = '/assets/';
const forever = 'public, max-age=31536000, immutable';
/** Stands in `index.html` wherever the nonce of the answer belongs. */
const noncePlace = '__CSP_NONCE__';

export interface PageRequest {
  readonly pathname: string;
  readonly accept: string;
  readonly acceptEncoding: string;
}

/**
 * What the console answers to a GET: one of its files, or the page that it starts from for a path that a person may
 * have typed. The caller asks about no path that is something else's.
 * @param newNonce random text for one answer
 * @returns null when the console has nothing there
 */
export function consolePage(
  files: ConsoleFiles,
  { pathname, accept, acceptEncoding }: PageRequest,
  newNonce: () => string,
): Response | null {
  if (pathname.startsWith(assetRoot) || /\.\w+$/.test(pathname))
    return assetAnswer(files, pathname, acceptEncoding);
  if (pathname !== '/' && !accept.includes('text/html')) return null;
  const nonce = newNonce();
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'Cache-Control': 'no-store',
  };
  return new Response(files.page.replaceAll(noncePlace, nonce), { headers });
}

function assetAnswer(files: ConsoleFiles, pathname: string, accepts: string): Response | null {
  const asset = files.asset(pathname, accepts);
  if (asset === null) return null;
  const headers = new Headers({
    'Content-Type': asset.contentType,
    'Cache-Control': pathname.startsWith(assetRoot) ? forever : 'no-cache',
    Vary: 'Accept-Encoding',
  });
  if (asset.encoding !== null) headers.set('Content-Encoding', asset.encoding);
  return new Response(asset.bytes, { headers });
}

/**
 * Scripts come from the app's own files alone. The component library writes its styles as it needs them: the style
 * elements it makes carry the nonce of the answer that brought the page.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
