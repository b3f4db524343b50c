import type { ExplainAnswer, ExplainedDecision } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { certificateById } from '../load-balancers/named-queries.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { type PolicyMessages, policyMessages } from './messages.ts';
import { PoolLink } from './pool-link.tsx';
import { TracedPolicies } from './traced-policies.tsx';
import { percentOf, type WholePolicy } from './whole-policy.ts';
import { serverWords } from '../server-words/server-words.ts';

export interface TryItOutcomeProps {
  readonly explanation: ExplainAnswer;
  readonly policies: readonly WholePolicy[];
}

/** What became of a tried request, the answer first. */
export function TryItOutcome({ explanation, policies }: TryItOutcomeProps) {
  const { tryIt: t } = useMessages(policyMessages);
  const { access, decision } = explanation;
  if (!access.admitted) return <Alert type="error" showIcon title={t.refused(access.from)} />;
  return (
    <div className="pol-outcome">
      <p className="pol-verdict">
        <StatusText tone={decision.kind === 'answer' ? 'warn' : 'good'}>{verdict(decision, t)}</StatusText>
      </p>
      {decision.location !== null && <code className="pol-block">{decision.location}</code>}
      {decision.body !== null && decision.body !== '' && <pre className="pol-block">{decision.body}</pre>}
      {decision.reason !== null && <p>{serverWords(decision.reason)}</p>}
      <Certificates ids={explanation.certificates} />
      <Candidates pools={explanation.pools} />
      <SentRequest decision={decision} method={explanation.request.method} />
      <TracedPolicies explanation={explanation} policies={policies} />
    </div>
  );
}

function verdict(decision: ExplainedDecision, { kinds }: PolicyMessages['tryIt']): string {
  const status = decision.status ?? 0;
  switch (decision.kind) {
    case 'forward':
      return kinds.forward;
    case 'preflight':
      return kinds.preflight;
    default:
      return kinds[decision.kind](status);
  }
}

function CertificateLink({ id }: { readonly id: string }) {
  const found = useQuery(certificateById(id)).data;
  return <Link to={`/certificates?q=${id}`}>{found ? nameOf(found) : id}</Link>;
}

function Certificates({ ids }: { readonly ids: readonly string[] }) {
  const t = useMessages(policyMessages).tryIt;
  if (ids.length === 0) return null;
  return (
    <>
      <h4>{t.certificate}</h4>
      <p className="cell-links">
        {ids.map((id) => (
          <CertificateLink key={id} id={id} />
        ))}
      </p>
    </>
  );
}

const tones = { ONLINE: 'good', OFFLINE: 'bad', NO_MONITOR: 'off', UNKNOWN: 'busy' } as const;

function Candidates({ pools }: { readonly pools: ExplainAnswer['pools'] }) {
  const t = useMessages(policyMessages).tryIt;
  if (pools.length === 0) return null;
  const weights = pools.map(({ weight }) => weight);
  return (
    <>
      <h4>{t.pools}</h4>
      {pools.map(({ pool_id: id, weight, members }) => (
        <div key={id} className="pol-candidates">
          <PoolLink id={id} />
          {pools.length > 1 && ` ${percentOf(weight, weights)} %`}
          <ul>
            {members.length === 0 && <li>{t.noMembers}</li>}
            {members.map((member) => (
              <li key={member.id}>
                <code>{`${member.address}:${member.protocol_port}`}</code>
                <span className="pol-soft">{t.weight(member.weight)}</span>
                <Health status={member.operating_status} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function Health({ status }: { readonly status: string }) {
  const { health } = useMessages(policyMessages).tryIt;
  const known = status in tones ? (status as keyof typeof tones) : null;
  return <StatusText tone={known === null ? 'off' : tones[known]}>{health[known ?? 'other']}</StatusText>;
}

function SentRequest({
  decision,
  method,
}: {
  readonly decision: ExplainedDecision;
  readonly method: string;
}) {
  const t = useMessages(policyMessages).tryIt;
  const { member_request: sent } = decision;
  if (sent === null) return null;
  const headers = sent.headers.map(({ name, value }) => `${name}: ${value}`);
  return (
    <>
      <h4>{t.sent}</h4>
      <pre className="pol-block">
        {[`${method} ${sent.target}`, `Host: ${sent.host}`, ...headers].join('\n')}
      </pre>
    </>
  );
}
