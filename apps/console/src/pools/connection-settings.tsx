import type { PoolWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../i18n/use-messages.ts';
import { certificateList } from '../load-balancers/listener-queries.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { MemberTlsEditor } from './member-tls-editor.tsx';
import { poolMessages } from './messages.ts';
import { poolExtras } from './queries.ts';
import { SettingRow } from './setting-row.tsx';

/** What servers have to show over TLS; only groups that speak HTTPS have it. */
export function ConnectionSettings({ of }: { readonly of: PoolWire }) {
  const t = useMessages(poolMessages);
  const tls = useQuery(poolExtras(of.id)).data?.member_tls ?? null;
  const certificates = useQuery(certificateList).data ?? [];
  if (of.protocol !== 'HTTPS' || tls === null) return null;
  const stored = certificates.find(({ id }) => id === tls.ca_certificate_id);
  const by = stored === undefined ? t.settings.tlsPem : nameOf(stored);
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
