import { parseProbe, type ProbeRequest, probeToWire } from '@elbow/api';
import {
  expectedCodesRule,
  invalidField,
  memberPlace,
  parseExpectedCodes,
  type Settings,
  usualCodes,
} from '@elbow/model';
import type { HealthCheck, OneOffCheck } from '@elbow/plan';
import { Refusal, valueOf } from '../crud/refusal.ts';
import type { Answer, Call, ServiceContext } from '../crud/service-context.ts';

/** Has every node try a place now. What no member may be is not tried: a probe is no way into other networks. */
export async function createProbe({ fleet, settings }: ServiceContext, call: Call): Promise<Answer> {
  const wish = valueOf(parseProbe(call.body));
  const address = placeOf(wish, settings);
  const target: OneOffCheck = { address, port: wish.port, check: checkOf(wish) };
  return { status: 200, body: { probe: probeToWire({ ...wish, address }, await fleet.probe(target)) } };
}

/** The rules of members, in the words of this call. */
function placeOf({ address, port }: ProbeRequest, settings: Settings): string {
  const place = memberPlace(address, port, settings);
  if (place.ok) return place.value;
  const reason = place.problem.fields?.[0]?.reason ?? place.problem.message;
  throw new Refusal(invalidField('probe.address', reason));
}

function checkOf(wish: ProbeRequest): HealthCheck {
  const { type, domainName, path, method, timeoutMs } = wish;
  const expectedCodes = parseExpectedCodes(wish.expectedCodes ?? usualCodes(type), type);
  if (expectedCodes === null)
    throw new Refusal(invalidField('probe.expected_codes', `must be ${expectedCodesRule(type)}`));
  return {
    type,
    port: null,
    domainName,
    virtualAddress: null,
    path,
    method,
    expectedCodes,
    intervalMs: timeoutMs,
    timeoutMs,
    healthyThreshold: 1,
    unhealthyThreshold: 1,
    sourceAddresses: [],
  };
}
