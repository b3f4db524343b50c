interface Condition {
  readonly type: string;
  readonly key: string;
  readonly expected: readonly string[];
  readonly seen: readonly string[];
  readonly matched: boolean;
}

interface Member {
  readonly address: string;
  readonly protocol_port: number;
  readonly weight: number;
  readonly operating_status: string;
}

/** What the API says about a request, as far as it is printed. */
export interface Explanation {
  readonly listener: {
    readonly id: string;
    readonly protocol: string;
    readonly vip_address: string;
    readonly protocol_port: number;
  };
  readonly access: { readonly mode: string; readonly from: string; readonly admitted: boolean };
  readonly certificates: readonly string[];
  readonly tried: readonly {
    readonly policy_id: string;
    readonly matched: boolean;
    readonly conditions: readonly Condition[];
  }[];
  readonly decision: {
    readonly kind: string;
    readonly policy_id: string | null;
    readonly status: number | null;
    readonly location: string | null;
    readonly reason: string | null;
    readonly member_request: { readonly target: string; readonly host: string } | null;
  };
  readonly pools: readonly {
    readonly pool_id: string;
    readonly weight: number;
    readonly members: readonly Member[];
  }[];
  /** Pools that get a copy. */
  readonly mirrors: readonly {
    readonly pool_id: string;
    readonly with_body: boolean;
    readonly members: readonly Member[];
  }[];
}

/** For a person at a terminal, from the connection to the member. */
export function printExplanation(explanation: Explanation): string {
  const { listener, access, certificates, tried } = explanation;
  const place = `${listener.protocol} ${listener.vip_address}:${listener.protocol_port}`;
  return [
    `listener ${listener.id} (${place})`,
    `access   ${access.admitted ? 'admitted' : 'refused: the connection is reset'} (${access.mode}, from ${access.from})`,
    ...certificates.map((id) => `shows    certificate ${id}`),
    ...tried.flatMap((policy) => [
      `policy   ${policy.policy_id} ${policy.matched ? 'fits' : 'does not fit'}`,
      ...policy.conditions.map(printCondition),
    ]),
    ...printDecision(explanation),
  ].join('\n');
}

function printCondition({ type, key, expected, seen, matched }: Condition): string {
  const what = key === '' ? type : `${type} ${key}`;
  const has = seen.length === 0 ? 'nothing' : seen.map((text) => JSON.stringify(text)).join(', ');
  return `         ${matched ? 'yes' : 'no '} ${what}: ${expected.join(' or ')}; the request has ${has}`;
}

function printDecision({ decision, pools, mirrors }: Explanation): readonly string[] {
  const why = decision.policy_id === null ? 'no policy fits' : `policy ${decision.policy_id}`;
  if (decision.kind !== 'forward') {
    const more = decision.location ?? decision.reason ?? '';
    return [`answer   ${decision.status} ${more} (${why})`];
  }
  const { target, host } = decision.member_request ?? { target: '', host: '' };
  return [
    `forward  ${target} for ${host} (${why})`,
    ...pools.flatMap(printPool),
    ...mirrors.flatMap(printMirror),
  ];
}

function printPool({ pool_id: id, weight, members }: Explanation['pools'][number]): readonly string[] {
  return [`pool     ${id} weight ${weight}`, ...printMembers(members)];
}

function printMirror({ pool_id: id, with_body, members }: Explanation['mirrors'][number]): readonly string[] {
  return [`mirror   ${id} ${with_body ? 'with the body' : 'without the body'}`, ...printMembers(members)];
}

function printMembers(members: readonly Member[]): readonly string[] {
  const rows = members.map(
    ({ address, protocol_port, weight, operating_status: status }) =>
      `         ${address}:${protocol_port} weight ${weight}, ${status}`,
  );
  return rows.length === 0 ? ['         has no members'] : rows;
}
