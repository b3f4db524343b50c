import { planCompression } from '@elbow/traffic';
import type { RequestHead, ResponseHead } from '@elbow/wire';
import type { AnswerEncoder, AnswerOutput } from './answer-output.ts';
import type { Encoders } from './encoders.ts';
import { StreamEncoder } from './stream-encoder.ts';
import { encodedHead, WholeBodyEncoder } from './whole-body-encoder.ts';

/** Longer bodies are encoded as they come. */
const MOST_WHOLE_BYTES = 128 * 1024;

/**
 * Begins an answer of a listener with compression. Where it is not encoded its head goes out at once.
 * @returns what the body goes through; null when it goes as it is
 */
export function encodeAnswer(
  request: RequestHead,
  head: ResponseHead,
  parts: { readonly encoders: Encoders; readonly output: AnswerOutput },
): AnswerEncoder | null {
  const plan = planCompression(request, head);
  if (plan === null || plan.coding === null) {
    parts.output.head(plan === null ? head : { ...head, fields: plan.fields });
    return null;
  }
  const { coding } = plan;
  const encoded = encodedHead(head, plan.fields);
  const plain = { ...head, fields: plan.plainFields };
  if (head.framing === 'length' && head.contentLength <= MOST_WHOLE_BYTES)
    return new WholeBodyEncoder({ plain, encoded }, coding, parts);
  const encoder = parts.encoders.open(coding);
  if (encoder !== null) return new StreamEncoder(encoded, encoder, parts);
  parts.output.head(plain);
  return null;
}
