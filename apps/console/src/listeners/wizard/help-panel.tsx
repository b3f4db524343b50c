import { SearchOutlined } from '@ant-design/icons';
import { systemSecurityPolicies, tlsProtocols } from '@elbow/model';
import { Input } from 'antd';
import { useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { matchesSearch } from '../../shell/use-search.ts';
import { aliases } from '../texts/aliases.ts';
import { fieldMessages, type HelpKey, helpMessages, wizardMessages } from '../texts/messages.ts';

export interface HelpPanelProps {
  /** The field that has the focus. */
  readonly field: HelpKey | null;
  /** Leads to a field that was searched for. */
  readonly onPick: (field: HelpKey) => void;
}

/** What the focused field is for; and a search over all of them, by any name they ever had. */
export function HelpPanel({ field, onPick }: HelpPanelProps) {
  const t = useMessages(wizardMessages);
  const [search, setSearch] = useState('');
  return (
    <div className="help-panel">
      <Input
        allowClear
        prefix={<SearchOutlined />}
        placeholder={t.helpSearch}
        aria-label={t.helpSearch}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {search.trim() === '' ? (
        <HelpText field={field} />
      ) : (
        <Found
          search={search}
          onPick={(found) => {
            setSearch('');
            onPick(found);
          }}
        />
      )}
    </div>
  );
}

interface FoundProps {
  readonly search: string;
  readonly onPick: (field: HelpKey) => void;
}

function Found({ search, onPick }: FoundProps) {
  const t = useMessages(wizardMessages);
  const texts = useMessages(helpMessages);
  const labels = useMessages(fieldMessages);
  const found = (Object.keys(texts) as HelpKey[]).filter((key) =>
    matchesSearch(search, [labels[key], ...(aliases[key] ?? []), texts[key].what]),
  );
  if (found.length === 0) return <p className="lf-soft">{t.helpNothing}</p>;
  return (
    <ul className="help-found">
      {found.map((key) => (
        <li key={key}>
          <button type="button" onClick={() => onPick(key)}>
            <span>{labels[key]}</span>
            <span className="lf-soft">{aliasOf(key, search)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The other name that was searched for, so that people see why this field was found. */
function aliasOf(key: HelpKey, search: string): string {
  return aliases[key]?.find((alias) => matchesSearch(search, [alias])) ?? '';
}

function HelpText({ field }: { readonly field: HelpKey | null }) {
  const t = useMessages(wizardMessages);
  const texts = useMessages(helpMessages);
  const labels = useMessages(fieldMessages);
  if (field === null) return <p className="lf-soft">{t.helpIdle}</p>;
  const { what, usual, mind } = texts[field];
  return (
    <div aria-live="polite">
      <h3>{labels[field]}</h3>
      <p>{what}</p>
      {usual !== '' && (
        <p>
          <span className="help-word">{t.helpUsual}</span> {usual}
        </p>
      )}
      {mind !== '' && (
        <p>
          <span className="help-word">{t.helpMind}</span> {mind}
        </p>
      )}
      {field === 'policy' && <VersionTable />}
    </div>
  );
}

function VersionTable() {
  const t = useMessages(wizardMessages);
  return (
    <table className="version-table">
      <caption>{t.versions}</caption>
      <thead>
        <tr>
          <th scope="col" aria-label="TLS" />
          {tlsProtocols.map((protocol) => (
            <th key={protocol} scope="col">
              {protocol.replace('TLSv', '').padEnd(3, '.0').slice(0, 3)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {systemSecurityPolicies.map(({ name, protocols }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {tlsProtocols.map((protocol) => (
              <td key={protocol}>{protocols.includes(protocol) ? '✓' : ''}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
