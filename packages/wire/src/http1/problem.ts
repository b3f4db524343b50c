import type { RequestHead, ResponseHead, WireProblem } from '../message.ts';

/** Tells a refusal from a parsed head: every head has a block of fields, no problem has. */
export function isWireProblem(outcome: RequestHead | ResponseHead | WireProblem): outcome is WireProblem {
  return !('fields' in outcome);
}

export function badRequest(reason: string): WireProblem {
  return { status: 400, reason };
}

/** A member's answer that cannot be understood is a bad gateway, whatever is wrong with it. */
export function badGateway(reason: string): WireProblem {
  return { status: 502, reason };
}
