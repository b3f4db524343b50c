import { planCompression, type StatusPage } from '@elbow/traffic';
import { Field, fieldValue, type RequestHead } from '@elbow/wire';
import type { Encoders } from './encoders.ts';

/** What the plan for an answer asks about its fields. */
const asked: readonly (readonly [name: string, bit: number])[] = [
  ['content-type', Field.contentType],
  ['content-encoding', Field.contentEncoding],
  ['cache-control', Field.cacheControl],
  ['vary', Field.vary],
  ['etag', Field.etag],
];

/** A page that a policy made, encoded where its client takes that: it is short enough to be encoded on the spot. */
export function encodePage(request: RequestHead, page: StatusPage, encoders: Encoders): StatusPage {
  const body = Buffer.from(page.body, 'latin1');
  const present = asked.reduce(
    (bits, [name, bit]) => (fieldValue(page.fields, name) === null ? bits : bits | bit),
    0,
  );
  const { status, fields } = page;
  const answer = { status, fields, present, framing: 'length', contentLength: body.length } as const;
  const plan = planCompression(request, answer);
  if (plan === null) return page;
  let made: StatusPage = { ...page, fields: plan.plainFields };
  if (plan.coding === null) return { ...page, fields: plan.fields };
  encoders.encode(plan.coding, body, (encoded) => {
    if (encoded !== null) made = { ...page, fields: plan.fields, body: encoded.toString('latin1') };
  });
  return made;
}
