import { accepted, canonicalAddress, invalidField, type Outcome, refused } from '@elbow/model';
import { z } from 'zod';
import { parseBody } from '../schema/parse-body.ts';
import { says, uuid } from '../schema/values.ts';

const addressRule = 'must be an IPv4 or IPv6 address';
const address = z.string(says(addressRule)).refine((text) => canonicalAddress(text) !== null, addressRule);
const header = z.strictObject(
  {
    name: z.string(says('must be a field name')).regex(/^[\w!#$%&'*+.^`|~-]{1,128}$/, 'must be a field name'),
    value: z
      .string(says('must be a field value'))
      .regex(/^[\t\x20-\x7e\x80-\xff]{0,8192}$/, 'must be a field value without control characters'),
  },
  says('must be an object with name and value'),
);

const body = z.strictObject({
  url: z.string(says('must be a URL')).max(16_384, 'must be a URL of at most 16384 characters'),
  from: address.default('127.0.0.1'),
  method: z
    .string(says('must be a method'))
    .regex(/^[A-Z]{1,20}$/, 'must be a method in capital letters')
    .default('GET'),
  headers: z
    .array(header, says('must be a list of headers'))
    .max(100, 'must hold at most 100 headers')
    .default([]),
  listener_id: uuid.nullable().default(null),
});

/** A request that nobody sent, to be told what would become of it. */
export interface ExplainRequest {
  readonly protocol: 'HTTP' | 'HTTPS';
  /** Of the URL, or the protocol's own. */
  readonly port: number;
  /** Host of the URL, with its port if it names one. */
  readonly authority: string;
  /** The host alone, in lower case. */
  readonly host: string;
  /** Path and query exactly as they were written. */
  readonly target: string;
  readonly method: string;
  readonly from: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly listenerId: string | null;
}

const urlText =
  /^(https?):\/\/(\[[\da-fA-F:.]+\]|[^\s/?#:@[\]]+)(?::(\d{1,5}))?(\/[\x21-\x22\x24-\x7e]*|\?[\x21-\x22\x24-\x7e]*)?(?:#.*)?$/;

export function parseExplainRequest(input: unknown): Outcome<ExplainRequest> {
  const parsed = parseBody('request', body, input);
  if (!parsed.ok) return parsed;
  const wire = parsed.value;
  // A URL parser would decode and resolve what is to be explained.
  const [, scheme, host, portText, rest = '/'] = urlText.exec(wire.url) ?? [];
  if (scheme === undefined || host === undefined)
    return refused(invalidField('request.url', 'must begin with http:// or https:// and a host'));
  const port = portText === undefined ? (scheme === 'https' ? 443 : 80) : Number(portText);
  return accepted({
    protocol: scheme === 'https' ? 'HTTPS' : 'HTTP',
    port,
    authority: portText === undefined ? host : `${host}:${portText}`,
    host: host.toLowerCase(),
    target: rest.startsWith('?') ? `/${rest}` : rest,
    method: wire.method,
    from: canonicalAddress(wire.from) ?? wire.from,
    headers: wire.headers,
    listenerId: wire.listener_id,
  });
}

/** Bodies as clients write them, below their one key. */
export type ExplainRequestBody = z.input<typeof body>;

/** For documents that are made from the schemas. */
export const explainBodies = { request: body } as const;
