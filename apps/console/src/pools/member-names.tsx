import type { MemberWire } from '@elbow/api';
import { useMessages } from '../i18n/use-messages.ts';
import { placeOf } from './member-state.ts';
import { poolMessages } from './messages.ts';

const mostShown = 8;

/** Servers that a dialog is about. */
export function MemberNames({ of }: { readonly of: readonly MemberWire[] }) {
  const t = useMessages(poolMessages);
  return (
    <p className="member-names">
      {of.slice(0, mostShown).map((member) => (
        <span key={member.id}>
          {member.name} <code>{placeOf(member)}</code>
        </span>
      ))}
      {of.length > mostShown && <span>{t.more(of.length - mostShown)}</span>}
    </p>
  );
}
