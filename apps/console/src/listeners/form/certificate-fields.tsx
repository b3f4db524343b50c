import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { certificateById } from '../../load-balancers/named-queries.ts';
import { fieldMessages, formMessages } from '../texts/messages.ts';
import { isExpired } from './certificate-facts.ts';
import { CertificateSelect } from './certificate-select.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { FieldRow } from './field-row.tsx';
import { FormSection } from './form-section.tsx';
import { useListenerForm } from './listener-form-context.ts';
import type { ListenerValues } from './listener-values.ts';
import { SniFields } from './sni-fields.tsx';

/** Who proves what to whom: only HTTPS has it. */
export function CertificateFields() {
  const t = useMessages(formMessages);
  return (
    <FormSection title={t.section.tls} text={t.sectionText.tls}>
      <AuthenticationFields />
      <SniFields />
    </FormSection>
  );
}

/** One-way or mutual, and the certificates for it. */
export function AuthenticationFields() {
  const t = useMessages(formMessages);
  const labels = useMessages(fieldMessages);
  const authentication = Form.useWatch<ListenerValues['authentication']>('authentication');
  return (
    <>
      <FieldRow field="authentication" name="authentication">
        <ChoiceCards
          label={labels.authentication}
          choices={[
            { value: 'oneWay', title: t.oneWay, text: t.oneWayText },
            { value: 'mutual', title: t.mutual, text: t.mutualText },
          ]}
        />
      </FieldRow>
      {authentication === 'mutual' && <AuthorityField />}
      <ServerCertificateField />
    </>
  );
}

function AuthorityField() {
  const { complaint } = useMessages(formMessages);
  const { remarksOn } = useListenerForm();
  const field = 'client_ca_tls_container_ref';
  return (
    <FieldRow
      field="authority"
      name={field}
      rules={[{ required: true, message: complaint.authority }]}
      remarks={[...useExpiryRemarks(field), ...remarksOn(field)]}
    >
      <CertificateSelect type="client" />
    </FieldRow>
  );
}

function ServerCertificateField() {
  const { complaint } = useMessages(formMessages);
  const { remarksOn } = useListenerForm();
  const field = 'default_tls_container_ref';
  return (
    <FieldRow
      field="certificate"
      name={field}
      rules={[{ required: true, message: complaint.certificate }]}
      remarks={[...useExpiryRemarks(field), ...remarksOn(field)]}
    >
      <CertificateSelect type="server" />
    </FieldRow>
  );
}

/** Not blocking: an expired certificate is served, and clients see an error. */
function useExpiryRemarks(field: string): readonly string[] {
  const { remark } = useMessages(formMessages);
  const chosen = Form.useWatch<string | null | undefined>(field);
  const found = useQuery(certificateById(chosen ?? null)).data;
  const [nowMs] = useState(() => Date.now());
  if (!found || !isExpired(found, nowMs)) return [];
  return [remark.expired(found.expire_time.slice(0, 10))];
}

/** How far a star reaches, for the fold of what most people leave alone. */
export function SniMatchField() {
  const t = useMessages(formMessages);
  const isOn = Form.useWatch<boolean>('isSniOn');
  if (isOn !== true) return null;
  const options = (['wildcard', 'longest_suffix'] as const).map((value) => ({
    value,
    label: t.sniMatch[value],
  }));
  return (
    <FieldRow field="sniMatch" name="sni_match_algo">
      <Select options={options} />
    </FieldRow>
  );
}
