import { timingSafeEqual } from 'node:crypto';
import { accepted, type Outcome, type Problem, problem, refused } from '@elbow/model';
import {
  algorithm,
  type Authorization,
  canonicalRequests,
  parseAuthorization,
  type RawRequest,
  sha256,
  signatureOf,
  stringToSign,
} from './canonical-request.ts';

const clockWindowMs = 15 * 60_000;
const unsignedPayload = 'UNSIGNED-PAYLOAD';
/** Stands in for the secret of an unknown access key, so that both cases do the same work. */
const noSecret = '-';

/** What can be said before the body has arrived: the form of the header and the time of signing. */
export function readAuthorization(
  request: RawRequest,
  nowMs: number,
): Outcome<Authorization & { readonly date: string }> {
  const authorization = parseAuthorization(request.header('authorization') ?? '');
  if (authorization === null)
    return refused(
      wrong(
        `the Authorization header is not of the form "${algorithm} Access=…, SignedHeaders=…, Signature=…"`,
      ),
    );
  if (!authorization.signedHeaders.includes('x-sdk-date'))
    return refused(wrong('x-sdk-date is not among the signed headers'));
  const date = request.header('x-sdk-date') ?? '';
  const signedAtMs = parseSdkDate(date);
  if (signedAtMs === null) return refused(wrong('X-Sdk-Date is not of the form yyyyMMddTHHmmssZ'));
  if (Math.abs(nowMs - signedAtMs) > clockWindowMs) {
    return refused(wrong(`X-Sdk-Date ${date} is more than 15 minutes away from the time of the server`));
  }
  return accepted({ ...authorization, date });
}

/**
 * Whether the signature fits. An unknown access key and a wrong signature give one answer, after the same work.
 * @param secretKey of the access key, or null when there is no such key
 * @param body the bytes as received
 */
export function checkSignature(
  request: RawRequest,
  authorization: Authorization & { readonly date: string },
  secretKey: string | null,
  body: Uint8Array,
): Problem | null {
  const payloadHash = payloadHashOf(request, body);
  const canonicals = canonicalRequests(request, authorization.signedHeaders, payloadHash ?? '');
  const matches = canonicals.filter((canonical) => {
    const expected = signatureOf(secretKey ?? noSecret, stringToSign(authorization.date, canonical));
    return timingSafeEqual(Buffer.from(expected), Buffer.from(authorization.signature));
  });
  const isRight = matches.length > 0 && secretKey !== null && payloadHash !== null;
  return isRight ? null : wrong('the access key is unknown or the signature does not match the request');
}

/** A hash in the header stands for the body only when it is the body's. */
function payloadHashOf(request: RawRequest, body: Uint8Array): string | null {
  const stated = request.header('x-sdk-content-sha256');
  if (stated === unsignedPayload) return stated;
  const actual = sha256(body);
  return stated === null || stated === actual ? actual : null;
}

function parseSdkDate(text: string): number | null {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? null : ms;
}

export function wrong(step: string): Problem {
  return problem('wrongCredentials', `Incorrect IAM authentication information: ${step}`);
}
