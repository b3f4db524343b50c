import type { HistoryEntryWire } from '@elbow/api';
import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { useId, useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText, type Tone } from '../shell/status-dot.tsx';
import { TimeText } from '../shell/time-text.tsx';
import { ChangeDiff } from './change-diff.tsx';
import { systemMessages } from './messages.ts';
import { serverWords } from '../server-words/server-words.ts';

export interface ActivityEntryProps {
  readonly entry: HistoryEntryWire;
}

/** One call: who, when, what and how it ended; open, what became different. */
export function ActivityEntry({ entry }: ActivityEntryProps) {
  const { activity: t } = useMessages(systemMessages);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { type, name } = entry.resource;
  const kind = t.types[type as keyof typeof t.types] ?? type;
  return (
    <>
      <button
        type="button"
        className="act-head"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="act-soft">
          <TimeText iso={entry.at} />
        </span>
        <span className="act-who">{entry.user.name}</span>
        <span className="act-what">
          <strong>{serverWords(spaced(entry.operation))}</strong>{' '}
          <span className="act-soft">{name === '' ? kind : `${kind} ${name}`}</span>
        </span>
        <Outcome entry={entry} />
        {isOpen ? <UpOutlined /> : <DownOutlined />}
      </button>
      <div id={id} className="act-body" hidden={!isOpen}>
        {isOpen && <Details entry={entry} />}
      </div>
    </>
  );
}

/** `UpdateListener` → `Update listener` */
function spaced(operation: string): string {
  const words = operation.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  return words.charAt(0) + words.slice(1).toLowerCase();
}

function Outcome({ entry }: ActivityEntryProps) {
  const { activity: t } = useMessages(systemMessages);
  const isUnderWay = entry.outcome === 'done' && entry.status === null;
  const tone: Tone = entry.outcome === 'refused' ? 'bad' : isUnderWay ? 'busy' : 'good';
  return <StatusText tone={tone}>{isUnderWay ? t.underWay : t[entry.outcome]}</StatusText>;
}

function Details({ entry }: ActivityEntryProps) {
  const { activity: t } = useMessages(systemMessages);
  const { credential, changes, omitted_changes: omitted } = entry;
  const via =
    credential.kind === 'key' ? t.via.key(credential.id) : credential.kind === 'token' ? t.via.token : '';
  const facts = [
    `${entry.user.name} ${via} ${t.from(entry.address)}`,
    entry.status === null ? '' : `${t.status} ${entry.status}`,
    entry.live !== null && /^\d+$/.test(entry.live) ? t.live(entry.live) : '',
    `${t.requestId} ${entry.request_id}`,
  ];
  return (
    <>
      {entry.message !== null && <p className="act-message">{serverWords(entry.message)}</p>}
      <p className="sys-soft">{facts.filter((fact) => fact !== '').join(' · ')}</p>
      {changes.length === 0 && <p className="sys-soft">{t.noChanges}</p>}
      {changes.map((change) => (
        <ChangeDiff key={`${change.type}/${change.id}`} change={change} />
      ))}
      {omitted > 0 && <p>{t.omitted(omitted)}</p>}
    </>
  );
}
