import type { CertificateUpdateBody, CertificateWire } from '@elbow/api';
import { Alert, Form } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { useEdit } from '../fields/use-edit.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { shellMessages } from '../shell/messages.ts';
import { CertificateFields } from './certificate-fields.tsx';
import type { CertificateUse } from './certificate-uses.ts';
import { type CertificateValues, emptyCertificate, toUpdateBody, valuesOf } from './certificate-values.ts';
import { certificateMessages } from './messages.ts';
import { readCertificate } from './queries.ts';

export interface ModifyCertificateDrawerProps {
  readonly of: CertificateWire;
  readonly uses: readonly CertificateUse[];
  readonly onClose: () => void;
}

/** Changes a certificate in place: listeners that use it follow by themselves. */
export function ModifyCertificateDrawer({ of, uses, onClose }: ModifyCertificateDrawerProps) {
  const t = useMessages(certificateMessages);
  const [form] = Form.useForm<CertificateValues>();
  // The list goes on looking; the form stays with what it was opened on.
  const [opened] = useState(of);
  const edit = useCertificateEdit(opened, uses, onClose);
  return (
    <>
      <FormDrawer
        title={t.modifyNamed(nameOf(of))}
        submitLabel={t.save}
        form={form}
        initialValues={valuesOf(opened)}
        isBusy={edit.isRunning}
        error={edit.error}
        onSubmit={(values) => {
          const all = { ...emptyCertificate, ...values, type: of.type };
          void edit.run(toUpdateBody(all, opened));
        }}
        onClose={onClose}
      >
        <Alert
          type="info"
          showIcon
          className="cert-effect"
          title={uses.length === 0 ? t.noEffect : t.effect(uses.length)}
        />
        <CertificateFields form={form} type={of.type} isStored />
      </FormDrawer>
      {edit.dialog}
    </>
  );
}

function useCertificateEdit(of: CertificateWire, uses: readonly CertificateUse[], onDone: () => void) {
  const t = useMessages(certificateMessages);
  const { form, inspection } = t;
  const { field } = useMessages(shellMessages);
  return useEdit({
    of,
    isOpenAtOnce: true,
    read: () => readCertificate(of.id),
    call: (certificate: CertificateUpdateBody, ifMatch) =>
      client.updateCertificate({ params: { certificate_id: of.id }, body: { certificate }, ifMatch }),
    said: ({ certificate }) => t.saved(nameOf(certificate)),
    concerns: () => uses.map(({ listener }) => listener.id),
    onDone,
    labels: {
      name: form.name,
      description: field.description,
      certificate: form.content,
      private_key: form.key,
      domain: form.domain,
      expire_time: t.columns.expires,
      fingerprint: inspection.fingerprint,
    },
    words: { private_key: (key) => (key === null || key === undefined ? '–' : '••••') },
  });
}
