import { type Problem, problem } from '@elbow/model';
import type { RawRequest } from './canonical-request.ts';

/** The console says it with every call: `active` when its user has done something lately, else `idle`. */
export const consoleHeader = 'x-elbow-console';

/**
 * A browser sends a cookie along with whatever page asks it to. What changes something is taken only from pages of this
 * server: no other page may set a header of its own without asking (Fetch, CORS-unsafe request headers), and the
 * browser says where the request comes from in `Sec-Fetch-Site` and `Origin`. Another port of the same host is another
 * origin: a backend server may answer there.
 * @returns null when it comes from here
 */
export function crossSiteProblem({ header }: Pick<RawRequest, 'header'>): Problem | null {
  const site = header('sec-fetch-site');
  const origin = header('origin');
  if (header(consoleHeader) === null)
    return problem(
      'crossSite',
      'a session of the console changes things only with the header X-Elbow-Console',
    );
  const isForeign = (site !== null && site !== 'same-origin') || !isOwn(origin, header('host'));
  return isForeign ? problem('crossSite', 'the request comes from a page of another origin') : null;
}

/** The scheme is not compared: whoever ends TLS before this server leaves the host as it is. */
function isOwn(origin: string | null, host: string | null): boolean {
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === withoutUsualPort(origin, host ?? '');
}

/** `Host` may name the port that the scheme has anyway, `Origin` never does. */
function withoutUsualPort(origin: string, host: string): string {
  const scheme = new URL(origin).protocol;
  return URL.canParse(`${scheme}//${host}`) ? new URL(`${scheme}//${host}`).host : '';
}
