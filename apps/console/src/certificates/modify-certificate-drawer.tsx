import type { CertificateWire } from '@elbow/api';
import { Alert, Form } from 'antd';
import { client } from '../api/client.ts';
import { useWrite } from '../api/use-write.ts';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { nameOf } from '../load-balancers/load-balancer-status.ts';
import { CertificateFields } from './certificate-fields.tsx';
import type { CertificateUse } from './certificate-uses.ts';
import { type CertificateValues, emptyCertificate, toUpdateBody, valuesOf } from './certificate-values.ts';
import { certificateMessages } from './messages.ts';

export interface ModifyCertificateDrawerProps {
  readonly of: CertificateWire;
  readonly uses: readonly CertificateUse[];
  readonly onClose: () => void;
}

/** Changes a certificate in place: listeners that use it follow by themselves. */
export function ModifyCertificateDrawer({ of, uses, onClose }: ModifyCertificateDrawerProps) {
  const t = useMessages(certificateMessages);
  const [form] = Form.useForm<CertificateValues>();
  const save = useWrite({
    call: (values: CertificateValues) =>
      client.updateCertificate({
        params: { certificate_id: of.id },
        body: { certificate: toUpdateBody(values, of) },
      }),
    said: (_, { certificate }) => t.saved(nameOf(certificate)),
    concerns: () => uses.map(({ listener }) => listener.id),
    onDone: onClose,
  });
  return (
    <FormDrawer
      title={t.modifyNamed(nameOf(of))}
      submitLabel={t.save}
      form={form}
      initialValues={valuesOf(of)}
      isBusy={save.isRunning}
      error={save.error}
      onSubmit={(values) => void save.run({ ...emptyCertificate, ...values, type: of.type })}
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
  );
}
