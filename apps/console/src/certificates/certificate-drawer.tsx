import type { CertificateWire } from '@elbow/api';
import { Form } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { ChoiceField } from '../fields/choice-field.tsx';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { CertificateFields } from './certificate-fields.tsx';
import { type CertificateValues, emptyCertificate, toCreateBody } from './certificate-values.ts';
import { certificateMessages } from './messages.ts';

export interface CertificateDrawerProps {
  /** The only type that is of use where the drawer was opened; without it the user chooses. */
  readonly type?: 'server' | 'client';
  readonly onCreated: (certificate: CertificateWire) => void;
  readonly onClose: () => void;
}

/** Adds a certificate: pasted, chosen as files, or dropped. */
export function CertificateDrawer({ type, onCreated, onClose }: CertificateDrawerProps) {
  const t = useMessages(certificateMessages);
  const [form] = Form.useForm<CertificateValues>();
  const chosen = Form.useWatch('type', form) ?? type ?? 'server';
  const create = useWrite({
    call: (values: CertificateValues) =>
      client.createCertificate({ body: { certificate: toCreateBody(values) } }),
    said: (_, { certificate }) => t.created(nameOf(certificate)),
    onDone: ({ certificate }) => onCreated(certificate),
  });
  const choices = (['server', 'client'] as const).map((value) => ({ value, label: t.typeLong[value] }));
  return (
    <FormDrawer
      title={t.add}
      submitLabel={t.add}
      form={form}
      initialValues={{ ...emptyCertificate, type: type ?? 'server' }}
      isBusy={create.isRunning}
      error={create.error}
      onSubmit={(values) => void create.run({ ...emptyCertificate, ...values, type: chosen })}
      onClose={onClose}
    >
      {type === undefined && <ChoiceField name="type" label={t.form.type} choices={choices} />}
      <CertificateFields form={form} type={chosen} />
    </FormDrawer>
  );
}
