import type { RedirectAction } from '@elbow/plan';
import {
  encodeForHost,
  encodeForPath,
  encodeForQuery,
  fillTemplate,
  type TemplateValues,
} from './template.ts';

/** The `Location` of a redirect: the port is left out where it is the scheme's own. */
export function redirectLocation(action: RedirectAction, values: TemplateValues): string {
  const protocol = fillTemplate(action.protocol, values, encodeForHost).toLowerCase();
  const host = fillTemplate(action.host, values, encodeForHost);
  const port = fillTemplate(action.port, values, encodeForHost);
  const path = fillTemplate(action.path, values, encodeForPath);
  const query = fillTemplate(action.query, values, encodeForQuery);
  const isOwnPort = port === (protocol === 'https' ? '443' : '80');
  const authority = isOwnPort ? host : `${host}:${port}`;
  return `${protocol}://${authority}${path.startsWith('/') ? '' : '/'}${path}${query === '' ? '' : `?${query}`}`;
}
