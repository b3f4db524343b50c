import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { policyMessages } from './messages.ts';
import type { Outcome } from './tried-policy.ts';

const tones = { wins: 'good', loses: 'off', behind: 'off' } as const;

/** How a policy fared with the request that was tried, in a word. */
export function TriedBadge({ outcome }: { readonly outcome: Outcome }) {
  const t = useMessages(policyMessages).tryIt;
  if (outcome === 'untried') return null;
  const words = { wins: t.winsShort, loses: t.loses, behind: t.notReached };
  return (
    <span className={`pol-badge pol-badge-${outcome}`}>
      <StatusText tone={tones[outcome]}>{words[outcome]}</StatusText>
    </span>
  );
}
