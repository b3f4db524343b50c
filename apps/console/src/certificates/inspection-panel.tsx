import type { InspectionAnswer } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Spin, Tag } from 'antd';
import { useLanguage, useMessages } from '../i18n/use-messages.ts';
import { FailureText } from '../shell/failure-panel.tsx';
import { StatusText } from '../shell/status-dot.tsx';
import { InspectionFacts } from './inspection-facts.tsx';
import { certificateMessages } from './messages.ts';
import { inspectionOf } from './queries.ts';
import { useSettled } from './use-settled.ts';
import { serverSentence } from '../server-words/server-words.ts';

export interface InspectionPanelProps {
  readonly type: 'server' | 'client';
  readonly certificate: string;
  readonly privateKey: string;
  /** A key is stored already. */
  readonly hasStoredKey?: boolean;
}

const settleMs = 250;

/** What is in the text that was pasted, and what is wrong with it, before anything is stored. */
export function InspectionPanel({ hasStoredKey = false, ...pasted }: InspectionPanelProps) {
  const t = useMessages(certificateMessages).inspection;
  const certificate = useSettled(pasted.certificate, settleMs);
  const privateKey = useSettled(pasted.privateKey, settleMs);
  const found = useQuery(inspectionOf({ type: pasted.type, certificate, privateKey }));
  return (
    <section className="cert-panel" aria-label={t.title} aria-live="polite" aria-busy={found.isFetching}>
      {certificate.trim() === '' && <p className="cert-panel-empty">{t.waiting}</p>}
      {found.isLoading && <Spin />}
      {found.isError && <Alert type="warning" showIcon title={<FailureText error={found.error} />} />}
      {found.data !== undefined && certificate.trim() !== '' && (
        <Found found={found.data} type={pasted.type} hasStoredKey={hasStoredKey} />
      )}
    </section>
  );
}

interface FoundProps {
  readonly found: InspectionAnswer;
  readonly type: 'server' | 'client';
  readonly hasStoredKey: boolean;
}

function Found({ found, type, hasStoredKey }: FoundProps) {
  const t = useMessages(certificateMessages).inspection;
  return (
    <>
      <div className="cert-panel-head">
        <strong>{found.common_name || found.subject || '–'}</strong>
        {found.self_signed === true && <Tag>{t.selfSigned}</Tag>}
        <span className="cert-panel-verdict">
          <StatusText tone={found.usable ? 'good' : 'bad'}>{found.usable ? t.usable : t.unusable}</StatusText>
        </span>
      </div>
      <Problems found={found} />
      {found.subject !== null && <InspectionFacts {...{ found, type, hasStoredKey }} />}
    </>
  );
}

function Problems({ found }: { readonly found: InspectionAnswer }) {
  const { form, inspection: t } = useMessages(certificateMessages);
  const colon = useLanguage() === 'zh' ? '：' : ': ';
  if (found.problems.length === 0) return null;
  const place = (field: string): string => (field.endsWith('private_key') ? form.key : form.content);
  return (
    <ul className="cert-problems">
      {found.problems.map(({ severity, field, message }) => (
        <li key={field + message}>
          <StatusText tone={severity === 'error' ? 'bad' : 'warn'}>{t.problem[severity]}</StatusText>
          <span>{`${place(field)}${colon}${serverSentence(message)}`}</span>
        </li>
      ))}
    </ul>
  );
}
