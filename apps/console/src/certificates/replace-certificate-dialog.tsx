import type { CertificateWire } from '@elbow/api';
import { Alert, Checkbox, Modal, Select } from 'antd';
import { useState } from 'react';
import { useServerSearch } from '../fields/use-server-search.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { ExpiryTag } from '../load-balancers/expiry-tag.tsx';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { certificateSource } from '../load-balancers/search-sources.ts';
import { FailureText } from '../shell/failure-panel.tsx';
import { shellMessages } from '../shell/messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import type { CertificateUse } from './certificate-uses.ts';
import { certificateMessages } from './messages.ts';
import { type ReplacementState, useReplacement } from './use-replacement.ts';
import { serverWords } from '../server-words/server-words.ts';

export interface ReplaceCertificateDialogProps {
  readonly of: CertificateWire;
  readonly uses: readonly CertificateUse[];
  readonly onClose: () => void;
}

/** Puts another certificate in the place of one, in all listeners or in some. */
export function ReplaceCertificateDialog({ of, uses, onClose }: ReplaceCertificateDialogProps) {
  const { replace: t } = useMessages(certificateMessages);
  const { actions } = useMessages(shellMessages);
  // The listeners as they were at first: those that are done stay in the list.
  const [initial] = useState(uses);
  const [target, setTarget] = useState<CertificateWire | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { states, run, isRunning, error } = useReplacement(onClose);
  const chosen = initial.filter(
    ({ listener }) => !left.has(listener.id) && states.get(listener.id)?.kind !== 'done',
  );
  const start = (): void => {
    if (target !== null) void run({ from: of, to: target, uses: chosen });
  };
  return (
    <Modal
      open
      title={t.title(nameOf(of))}
      okText={t.start}
      cancelText={actions.cancel}
      okButtonProps={{ disabled: target === null || chosen.length === 0, loading: isRunning }}
      onOk={start}
      onCancel={onClose}
    >
      <p>{t.text}</p>
      <label className="cert-replace-by">
        <span>{t.by}</span>
        <CertificateSelect of={of} value={target} onChange={setTarget} />
      </label>
      <div className="cert-replace-head">{t.listeners}</div>
      <ul className="cert-replace">
        {initial.map((use) => (
          <UseRow
            key={use.listener.id}
            use={use}
            isChosen={!left.has(use.listener.id)}
            state={states.get(use.listener.id)}
            onToggle={() => setLeft(toggled(left, use.listener.id))}
          />
        ))}
      </ul>
      {error !== null && <Alert role="alert" type="error" showIcon title={<FailureText error={error} />} />}
    </Modal>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return set.has(id) ? new Set([...set].filter((one) => one !== id)) : new Set([...set, id]);
}

interface CertificateSelectProps {
  readonly of: CertificateWire;
  readonly value: CertificateWire | null;
  readonly onChange: (certificate: CertificateWire | null) => void;
}

/** Others of the same type. */
function CertificateSelect({ of, value, onChange }: CertificateSelectProps) {
  const { replace: t } = useMessages(certificateMessages);
  const chosen = value === null ? [] : [value.id];
  const { rows, isLoading, showSearch } = useServerSearch(certificateSource, chosen, { type: of.type });
  const options = rows
    .filter(({ id }) => id !== of.id)
    .map((one) => ({
      value: one.id,
      label: (
        <span>
          {nameOf(one)} <span className="cert-option-names">{one.common_name}</span>{' '}
          <ExpiryTag expiresAt={one.expire_time} />
        </span>
      ),
    }));
  return (
    <Select
      aria-label={t.by}
      placeholder={t.choose}
      value={value?.id ?? null}
      options={options}
      loading={isLoading}
      showSearch={showSearch}
      onChange={(id) => onChange(rows.find((one) => one.id === id) ?? null)}
    />
  );
}

interface UseRowProps {
  readonly use: CertificateUse;
  readonly isChosen: boolean;
  readonly state: ReplacementState | undefined;
  readonly onToggle: () => void;
}

function UseRow({ use: { listener, roles }, isChosen, state, onToggle }: UseRowProps) {
  const t = useMessages(certificateMessages);
  const isDone = state?.kind === 'done';
  return (
    <li>
      <Checkbox checked={isChosen || isDone} disabled={isDone} onChange={onToggle}>
        {`${nameOf(listener)} ${listener.protocol}/${listener.protocol_port}`}
      </Checkbox>
      <span className="cell-sub">{roles.map((role) => t.role[role]).join(', ')}</span>
      {isDone && <StatusText tone="good">{t.replace.done}</StatusText>}
      {state?.kind === 'failed' && <StatusText tone="bad">{serverWords(state.reason)}</StatusText>}
    </li>
  );
}
