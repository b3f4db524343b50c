import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../i18n/use-messages.ts';
import { capabilities } from '../listeners/queries.ts';
import { Facts } from '../shell/facts.tsx';
import { systemMessages } from './messages.ts';
import { serverWords } from '../server-words/server-words.ts';

/** What the installation offers, and the reason for what it does not. */
export function CapabilityFacts() {
  const t = useMessages(systemMessages).nodes;
  const found = useQuery(capabilities).data;
  if (found === undefined) return null;
  const { early_data_reason: reason, unavailable_ciphers: missing } = found;
  const items = [
    { label: t.lowestPort, value: String(found.lowest_port) },
    { label: t.engine, value: t.engines[found.tls_engine] },
    { label: t.http2, value: found.http2 ? t.yes : t.noPlain },
    { label: t.earlyData, value: found.early_data ? t.yes : t.no(serverWords(reason ?? '')) },
    ...(missing.names.length === 0
      ? []
      : [
          {
            label: t.ciphers,
            value: (
              <>
                <code>{missing.names.join(', ')}</code>
                <span className="cell-sub">{serverWords(missing.reason)}</span>
              </>
            ),
          },
        ]),
  ];
  return <Facts items={items} />;
}
