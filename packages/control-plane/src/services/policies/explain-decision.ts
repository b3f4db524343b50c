import type { ExplainRequest } from '@elbow/api';
import type { ConnectionFact, ListenerChunk } from '@elbow/plan';
import {
  type ConditionTrace,
  connectionFact,
  connectionFields,
  type DecidableRequest,
  type Decision,
  editFields,
  explain,
  forwardedFields,
  type PolicyTrace,
} from '@elbow/traffic';

export type ExplainTable = Parameters<typeof explain>[0];

/** Where a request that asks for nothing special of its connection comes from. */
const CLIENT_PORT = 40_000;

/** What is decided for the request, and every policy that was tried on the way. */
export function explainDecision(table: ExplainTable, chunk: ListenerChunk, request: ExplainRequest) {
  const decidable = decidableOf(chunk, request);
  const { decision, tried } = explain(table, decidable);
  return {
    request: {
      method: decidable.method,
      target: decidable.target,
      host: decidable.authority,
      from: decidable.address,
    },
    tried: tried.map(policyToWire),
    decision: { ...decisionToWire(decision, decidable, chunk), mirrors: mirrorsOf(decision, request) },
  };
}

/** Never part of what rules see: they are settled between the client and the load balancer. */
const connectionOnly =
  /^(?:connection|keep-alive|proxy-connection|proxy-authorization|te|upgrade|transfer-encoding|content-length|expect|trailer|host)$/i;

function decidableOf(chunk: ListenerChunk, request: ExplainRequest): DecidableRequest {
  const lines = request.headers
    .filter(({ name }) => !connectionOnly.test(name))
    .map(({ name, value }) => `${name}: ${value.trim()}\r\n`);
  const host = request.headers.find(({ name }) => name.toLowerCase() === 'host');
  return {
    method: request.method,
    target: request.target,
    authority: host?.value.trim() ?? request.authority,
    fields: lines.join(''),
    address: request.from,
    scheme: chunk.protocol === 'HTTPS' ? 'https' : 'http',
    listenerPort: chunk.port,
  };
}

function policyToWire({ policyId, conditions, holds }: PolicyTrace) {
  return { policy_id: policyId, matched: holds, conditions: conditions.map(conditionToWire) };
}

function conditionToWire({ kind, name, expected, seen, holds }: ConditionTrace) {
  return { type: kind, key: name, expected, seen, matched: holds };
}

function decisionToWire(decision: Decision, request: DecidableRequest, chunk: ListenerChunk) {
  const policy = decision.policy?.entry ?? null;
  const common = { kind: decision.kind, policy_id: policy?.id ?? null, limit: policy?.limit ?? null };
  const none = { status: null, location: null, body: null, reason: null, member_request: null, pools: [] };
  switch (decision.kind) {
    case 'forward': {
      const pools = decision.pools.map(({ poolId, weight }) => ({ pool_id: poolId, weight }));
      return { ...common, ...none, pools, member_request: memberRequest(decision, request, chunk) };
    }
    case 'redirect':
      return { ...common, ...none, status: decision.status, location: decision.location };
    case 'fixed':
      return { ...common, ...none, status: decision.answer.status, body: decision.answer.body };
    case 'preflight':
      return { ...common, ...none, status: 204 };
    case 'answer':
      return { ...common, ...none, status: decision.status, reason: decision.reason };
  }
}

/** The pools that get a copy. A request that is one is not copied, nor is one that is to become a tunnel. */
function mirrorsOf(decision: Decision, { headers }: ExplainRequest) {
  const action = decision.kind === 'forward' ? decision.policy?.entry.action : null;
  const mirror = action?.kind === 'forward' ? action.mirror : null;
  if (mirror === null || headers.some(({ name }) => /^(?:x-mirrored|upgrade)$/i.test(name))) return [];
  return mirror.poolIds.map((id) => ({ pool_id: id, with_body: mirror.isBodySent }));
}

/** What a member is sent, but for what only a real connection knows. */
function memberRequest(
  decision: Extract<Decision, { kind: 'forward' }>,
  request: DecidableRequest,
  chunk: ListenerChunk,
) {
  const client = {
    address: request.address,
    port: CLIENT_PORT,
    listenerPort: chunk.port,
    scheme: request.scheme,
  };
  const seen = { client, tlsFact: () => null };
  const source = {
    requestFields: request.fields,
    fact: (fact: ConnectionFact) => connectionFact(fact, seen, chunk),
  };
  const edited =
    decision.policy === null ? request.fields : editFields(request.fields, decision.policy.entry, source);
  const fields = forwardedFields(chunk.forwarding, connectionFields(chunk.forwarding, client), {
    fields: edited,
    present: -1,
    authority: request.authority,
  });
  return {
    target: decision.rewritten?.target ?? request.target,
    host: decision.rewritten?.authority ?? request.authority,
    headers: fields
      .split('\r\n')
      .filter((line) => line !== '')
      .map((line) => ({ name: line.slice(0, line.indexOf(':')), value: line.slice(line.indexOf(':') + 2) })),
  };
}
