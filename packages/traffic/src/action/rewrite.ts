import type { ForwardAction } from '@elbow/plan';
import {
  encodeForHost,
  encodeForPath,
  encodeForQuery,
  fillTemplate,
  type TemplateValues,
} from './template.ts';

/** What a member sees instead of what the client asked for. */
export interface RewrittenRequest {
  readonly target: string;
  readonly authority: string;
}

/** @param authority as the client wrote it, with its port: kept where the template says `${host}` */
export function rewriteRequest(
  { host, path, query }: NonNullable<ForwardAction['rewrite']>,
  values: TemplateValues,
  authority: string,
): RewrittenRequest {
  const newPath = fillTemplate(path, values, encodeForPath);
  const newQuery = fillTemplate(query, values, encodeForQuery);
  const rooted = newPath.startsWith('/') ? newPath : `/${newPath}`;
  return {
    target: newQuery === '' ? rooted : `${rooted}?${newQuery}`,
    authority: host === '${host}' ? authority : fillTemplate(host, values, encodeForHost),
  };
}
