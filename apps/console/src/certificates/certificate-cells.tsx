import type { CertificateWire } from '@elbow/api';
import { Popover, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { StatusText, type Tone } from '../shell/status-dot.tsx';
import { TimeText } from '../shell/time-text.tsx';
import { type CertificateUse, daysLeft, expiryOf } from './certificate-uses.ts';
import { keyTypeOf } from './key-type.ts';
import { certificateMessages } from './messages.ts';

interface CellProps {
  readonly of: CertificateWire;
}

/** What a certificate is called that has no name of its own. */
export function certificateName({ id, name, common_name: common }: CertificateWire): string {
  return name || common || id;
}

export function CertificateNameCell({ of }: CellProps) {
  return (
    <>
      <span className="cell-main">{certificateName(of)}</span>
      <code className="cell-sub cert-id">{of.id}</code>
    </>
  );
}

const shownNames = 2;

/** Names for SNI where they were given, else those the certificate holds. */
export function DomainsCell({ of }: CellProps) {
  const t = useMessages(certificateMessages);
  const given = of.domain === null ? [] : of.domain.split(',');
  const all = given.length > 0 ? given : of.subject_alternative_names;
  if (of.type === 'client' || all.length === 0)
    return <span className="cell-plain">{of.common_name || '–'}</span>;
  const rest = all.slice(shownNames);
  return (
    <span className="cert-names">
      {all.slice(0, shownNames).map((name) => (
        <span key={name}>{name}</span>
      ))}
      {rest.length > 0 && (
        <Popover content={rest.map((name) => <div key={name}>{name}</div>)}>
          <Tag tabIndex={0}>{t.more(rest.length)}</Tag>
        </Popover>
      )}
    </span>
  );
}

export function KeyTypeCell({ of }: CellProps) {
  const t = useMessages(certificateMessages);
  return useMemo(() => keyTypeOf(of.certificate), [of.certificate]) ?? t.keyUnknown;
}

const tones: Readonly<Record<ReturnType<typeof expiryOf>, Tone>> = {
  expired: 'bad',
  expiring: 'warn',
  fine: 'good',
};

/** When it ends, and how long that is from now. */
export function ExpiryCell({ of }: CellProps) {
  const { expiry: t } = useMessages(certificateMessages);
  const [nowMs] = useState(() => Date.now());
  const days = daysLeft(of, nowMs);
  const state = expiryOf(of, nowMs);
  const text = days < 0 ? t.expired : days === 0 ? t.today : t.left(days);
  return (
    <>
      <span className={`cert-expiry cert-expiry-${state}`}>
        <StatusText tone={tones[state]}>{text}</StatusText>
      </span>
      <span className="cell-sub">
        <TimeText iso={of.expire_time} />
      </span>
    </>
  );
}

const shownListeners = 5;

export function UsedByCell({ uses }: { readonly uses: readonly CertificateUse[] }) {
  const t = useMessages(certificateMessages);
  if (uses.length === 0) return <span className="cell-sub">{t.unused}</span>;
  const links = uses.map((use) => <UseLink key={use.listener.id} use={use} />);
  if (links.length <= shownListeners) return <span className="cell-links">{links}</span>;
  return (
    <span className="cell-links">
      {links.slice(0, shownListeners)}
      <Popover content={<span className="cert-all-uses">{links}</span>} trigger={['click', 'focus']}>
        <a href="#all" role="button" onClick={(event) => event.preventDefault()}>
          {t.viewAll(uses.length)}
        </a>
      </Popover>
    </span>
  );
}

/** `HTTPS/443` as a link, with the listener's name and the role on hover. */
export function UseLink({ use: { listener, roles } }: { readonly use: CertificateUse }) {
  const t = useMessages(certificateMessages);
  const title = `${nameOf(listener)}: ${roles.map((role) => t.role[role]).join(', ')}`;
  return (
    <Link to={`/listeners/${listener.id}/summary`} title={title}>
      {`${listener.protocol}/${listener.protocol_port}`}
    </Link>
  );
}
