import type { CorsRules } from '@elbow/plan';
import { fieldValue, removeFields } from '@elbow/wire';

/** Answers of members must not contradict the rules: what they say of them is dropped. */
const corsFields: ReadonlySet<string> = new Set([
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-allow-credentials',
  'access-control-expose-headers',
  'access-control-max-age',
]);

interface CorsRequest {
  readonly method: string;
  readonly fields: string;
}

/** Whether a browser asks what it may do (Fetch standard, CORS-preflight request). */
export function isPreflight({ method, fields }: CorsRequest): boolean {
  return (
    method === 'OPTIONS' &&
    fieldValue(fields, 'origin') !== null &&
    fieldValue(fields, 'access-control-request-method') !== null
  );
}

/** Field lines of the answer to a preflight; an origin that may not come is told nothing. */
export function preflightFields(rules: CorsRules, { fields }: CorsRequest): string {
  const origin = fieldValue(fields, 'origin') ?? '';
  const granted = allowedOrigin(rules, origin);
  if (granted === null) return varyLine(rules);
  const lines = [`Access-Control-Allow-Origin: ${granted}`];
  if (rules.methods.length > 0) {
    const wished = fieldValue(fields, 'access-control-request-method') ?? '';
    lines.push(`Access-Control-Allow-Methods: ${listed(rules, rules.methods, wished)}`);
  }
  if (rules.headers.length > 0) {
    const wished = fieldValue(fields, 'access-control-request-headers') ?? '';
    lines.push(`Access-Control-Allow-Headers: ${listed(rules, rules.headers, wished)}`);
  }
  if (rules.isCredentialed) lines.push('Access-Control-Allow-Credentials: true');
  lines.push(`Access-Control-Max-Age: ${rules.maxAgeSeconds}`);
  return `${lines.join('\r\n')}\r\n${varyLine(rules)}`;
}

/** The fields of an answer under the rules instead of what the member said of them. */
export function corsAnswerFields(rules: CorsRules, request: CorsRequest, answerFields: string): string {
  const kept = removeFields(answerFields, corsFields);
  const origin = fieldValue(request.fields, 'origin');
  const granted = origin === null ? null : allowedOrigin(rules, origin);
  if (granted === null) return withVary(kept, rules);
  let lines = `Access-Control-Allow-Origin: ${granted}\r\n`;
  if (rules.isCredentialed) lines += 'Access-Control-Allow-Credentials: true\r\n';
  if (rules.exposedHeaders.length > 0)
    lines += `Access-Control-Expose-Headers: ${rules.exposedHeaders.join(', ')}\r\n`;
  return withVary(kept, rules) + lines;
}

/** `*` means nothing to a request with credentials, so the origin itself is named then. */
function allowedOrigin(rules: CorsRules, origin: string): string | null {
  if (!/^[\x21-\x7e]{1,255}$/.test(origin)) return null;
  if (rules.origins[0] === '*') return rules.isCredentialed ? origin : '*';
  return rules.origins.some((pattern) => isSameOrigin(pattern, origin.toLowerCase())) ? origin : null;
}

/** `https://*.example.com` is any name with one label more. */
function isSameOrigin(pattern: string, origin: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern.toLowerCase() === origin;
  const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1).toLowerCase()];
  if (!origin.startsWith(start) || !origin.endsWith(end)) return false;
  const label = origin.slice(start.length, origin.length - end.length);
  return /^[a-z0-9-]+$/.test(label);
}

/** With credentials a star is a name like any other, so what was asked for is granted by name. */
function listed({ isCredentialed }: CorsRules, allowed: readonly string[], wished: string): string {
  return isCredentialed && allowed[0] === '*' && wished !== '' ? wished : allowed.join(', ');
}

function isSameForAll(rules: CorsRules): boolean {
  return rules.origins[0] === '*' && !rules.isCredentialed;
}

function varyLine(rules: CorsRules): string {
  return isSameForAll(rules) ? '' : 'Vary: Origin\r\n';
}

function withVary(fields: string, rules: CorsRules): string {
  const said =
    fieldValue(fields, 'vary')
      ?.toLowerCase()
      .split(/\s*,\s*/) ?? [];
  return said.includes('origin') || said.includes('*') ? fields : fields + varyLine(rules);
}
