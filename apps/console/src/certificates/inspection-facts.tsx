import type { InspectionAnswer } from '@elbow/api';
import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { ExpiryTag } from '../load-balancers/expiry-tag.tsx';
import { certificateMessages } from './messages.ts';

export interface InspectionFactsProps {
  readonly found: InspectionAnswer;
  readonly type: 'server' | 'client';
  readonly hasStoredKey: boolean;
}

/** The facts of the first certificate as rows of a list. */
export function InspectionFacts({ found, type, hasStoredKey }: InspectionFactsProps) {
  const t = useMessages(certificateMessages).inspection;
  return (
    <dl className="cert-facts">
      {type === 'server' && <Fact label={t.names}>{namesOf(found, t.noNames)}</Fact>}
      <Fact label={t.issuer}>{found.issuer ?? '–'}</Fact>
      <Fact label={t.validity}>
        <Validity found={found} />
      </Fact>
      <Fact label={t.key}>{keyText(found)}</Fact>
      <Fact label={t.signature}>{found.signature_algorithm ?? '–'}</Fact>
      <Fact label={t.chain}>{t.chainLength(found.chain_length)}</Fact>
      {type === 'server' && (
        <Fact label={t.privateKey}>
          <KeyVerdict verdict={found.private_key} hasStoredKey={hasStoredKey} />
        </Fact>
      )}
      <Fact label={t.fingerprint}>
        <code className="cert-fingerprint">{found.fingerprint}</code>
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Validity({ found }: { readonly found: InspectionAnswer }) {
  const t = useMessages(certificateMessages).inspection;
  const format = useFormat();
  const { not_before: from, not_after: to } = found;
  if (from === undefined || to === undefined) return '–';
  return (
    <>
      {t.span(format.time(from), format.time(to))} <ExpiryTag expiresAt={to} />
    </>
  );
}

interface KeyVerdictProps {
  readonly verdict: InspectionAnswer['private_key'];
  readonly hasStoredKey: boolean;
}

function KeyVerdict({ verdict, hasStoredKey }: KeyVerdictProps) {
  const t = useMessages(certificateMessages).inspection;
  if (verdict === 'not given' && hasStoredKey) return t.kept;
  const tone = { 'not given': 'off', matches: 'good', 'does not match': 'bad' } as const;
  return <StatusText tone={tone[verdict]}>{t.verdict[verdict]}</StatusText>;
}

function namesOf({ names = [] }: InspectionAnswer, none: string): ReactNode {
  return names.length === 0 ? none : names.map((name) => <Tag key={name}>{name}</Tag>);
}

function keyText({ key_type: type = '–', key_size: size }: InspectionAnswer): string {
  return size === null || size === undefined ? type : `${type} ${size}`;
}
