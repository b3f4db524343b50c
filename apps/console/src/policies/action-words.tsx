import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { listenerById } from '../load-balancers/named-queries.ts';
import { extraWords } from './extra-words.tsx';
import { policyMessages } from './messages.ts';
import { PoolLink } from './pool-link.tsx';
import { percentOf, poolShares, type WholePolicy } from './whole-policy.ts';

/** What a policy does, the action first and what goes with it below. */
export function ActionWords({ policy }: { readonly policy: WholePolicy }) {
  const t = useMessages(policyMessages).words2;
  return (
    <ul className="pol-words">
      <li>
        <MainAction policy={policy} />
      </li>
      {extraWords(policy, t).map(({ key, text }) => (
        <li key={key} className="pol-extra">
          {text}
        </li>
      ))}
    </ul>
  );
}

function MainAction({ policy }: { readonly policy: WholePolicy }): ReactNode {
  const t = useMessages(policyMessages).words2;
  const { redirect_url_config: url, fixed_response_config: fixed } = policy;
  if (policy.action === 'REDIRECT_TO_POOL') return <Shares policy={policy} />;
  if (url !== null)
    return (
      <>
        {t.redirect(url.status_code)} <code className="pol-chip">{urlText(url)}</code>
      </>
    );
  if (fixed !== null)
    return (
      <>
        {t.fixed(fixed.status_code)}{' '}
        <code className="pol-chip">{`${fixed.content_type}${fixed.message_body === '' ? '' : `: ${fixed.message_body}`}`}</code>
      </>
    );
  return <TargetListener id={policy.redirect_listener_id} />;
}

function Shares({ policy }: { readonly policy: WholePolicy }) {
  const t = useMessages(policyMessages).words2;
  const shares = poolShares(policy);
  const weights = shares.map(({ weight }) => weight);
  return (
    <>
      {t.to}{' '}
      {shares.map(({ pool_id: id, weight }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <PoolLink id={id} />
          {shares.length > 1 && ` ${t.share(percentOf(weight, weights))}`}
        </span>
      ))}
    </>
  );
}

function TargetListener({ id }: { readonly id: string | null }) {
  const t = useMessages(policyMessages).words2;
  const listener = useQuery(listenerById(id)).data ?? undefined;
  if (id === null) return null;
  return (
    <>
      {t.toListener}{' '}
      <Link to={`/listeners/${id}/summary`}>{listener === undefined ? id : nameOf(listener)}</Link>
    </>
  );
}

type UrlConfig = NonNullable<WholePolicy['redirect_url_config']>;

/** The template as one address: `${protocol}://${host}:${port}${path}?${query}`. */
export function urlText({ protocol, host, port, path, query }: UrlConfig): string {
  const scheme = protocol === '${protocol}' ? protocol : protocol.toLowerCase();
  return `${scheme}://${host}:${port}${path}${query === '' ? '' : `?${query}`}`;
}
