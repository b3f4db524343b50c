import type { PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { certificateById } from '../load-balancers/named-queries.ts';
import { MemberTlsEditor } from './member-tls-editor.tsx';
import { poolMessages } from './messages.ts';
import { poolExtras } from './queries.ts';
import { SettingRow } from './setting-row.tsx';

/** What servers have to show over TLS; only groups that speak HTTPS have it. */
export function ConnectionSettings({ of }: { readonly of: PoolWire }) {
  const t = useMessages(poolMessages);
  const tls = useQuery(poolExtras(of.id)).data?.member_tls ?? null;
  const stored = useQuery(certificateById(tls?.ca_certificate_id ?? null)).data;
  if (of.protocol !== 'HTTPS' || tls === null) return null;
  const by = stored ? nameOf(stored) : t.settings.tlsPem;
  return (
    <>
      <h2 className="section-title">{t.summary.connection}</h2>
      <SettingRow
        label={t.settings.tls}
        value={tls.verify ? t.settings.tlsOn(by) : t.settings.tlsOff}
        help={tls.server_name ?? t.settings.tlsNameHelp}
        renderEditor={(close) => <MemberTlsEditor of={of} now={tls} onClose={close} />}
      />
    </>
  );
}
