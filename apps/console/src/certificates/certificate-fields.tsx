import { useQuery } from '@tanstack/react-query';
import { Button, Form, type FormInstance } from 'antd';
import { DescriptionField } from '../fields/description-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import type { CertificateValues } from './certificate-values.ts';
import { DomainSelect } from './domain-select.tsx';
import { InspectionPanel } from './inspection-panel.tsx';
import { certificateMessages } from './messages.ts';
import { PemDrop } from './pem-drop.tsx';
import { splitPem } from './pem-file.ts';
import { PemInput } from './pem-input.tsx';
import { inspectionOf } from './queries.ts';
import { useSettled } from './use-settled.ts';
import './certificates.css';

export interface CertificateFieldsProps {
  readonly form: FormInstance<CertificateValues>;
  readonly type: 'server' | 'client';
  /** The certificate is there already, and its key with it. */
  readonly isStored?: boolean;
}

const most = { certificate: 65_536, privateKey: 8_192 } as const;

/** Everything of a certificate but its type. */
export function CertificateFields({ form, type, isStored = false }: CertificateFieldsProps) {
  const t = useMessages(certificateMessages).form;
  const certificate = Form.useWatch('certificate', form) ?? '';
  const privateKey = Form.useWatch('private_key', form) ?? '';
  const commonName = useNames({ type, certificate }).commonName;
  const take = (text: string): void => fill(form, type, text);
  const keyHelp = isStored ? t.keyKept : t.keyHelp;
  return (
    <>
      <TextField name="name" label={t.name} rules={[{ max: 255 }]} placeholder={commonName} />
      <PemDrop onText={take} />
      <Form.Item
        name="certificate"
        label={t.content}
        extra={t.contentHelp[type]}
        rules={[{ required: true }, { max: most.certificate }]}
      >
        <PemInput
          placeholder="-----BEGIN CERTIFICATE-----"
          mostCharacters={most.certificate}
          onMixed={take}
        />
      </Form.Item>
      {type === 'server' && (
        <Form.Item
          name="private_key"
          label={t.key}
          extra={keyHelp}
          rules={[{ required: !isStored }, { max: most.privateKey }]}
        >
          <PemInput
            placeholder={isStored ? '••••••••' : '-----BEGIN PRIVATE KEY-----'}
            mostCharacters={most.privateKey}
            onMixed={take}
          />
        </Form.Item>
      )}
      <InspectionPanel {...{ type, certificate, privateKey }} hasStoredKey={isStored} />
      {type === 'server' && <DomainField form={form} certificate={certificate} />}
      <DescriptionField />
    </>
  );
}

/** Puts each part of a text where it belongs. What the text has nothing of stays. */
function fill(form: FormInstance<CertificateValues>, type: string, text: string): void {
  const { certificates, keys } = splitPem(text);
  if (certificates !== '') form.setFields([{ name: 'certificate', value: certificates, errors: [] }]);
  if (keys !== '' && type === 'server') form.setFields([{ name: 'private_key', value: keys, errors: [] }]);
}

interface DomainFieldProps {
  readonly form: FormInstance<CertificateValues>;
  readonly certificate: string;
}

function DomainField({ form, certificate }: DomainFieldProps) {
  const t = useMessages(certificateMessages).form;
  const { names } = useNames({ type: 'server', certificate });
  const fillIn = (): void => form.setFields([{ name: 'domain', value: [...names], errors: [] }]);
  return (
    <>
      <Form.Item name="domain" label={t.domain} extra={t.domainHelp} className="cert-domain">
        <DomainSelect names={names} />
      </Form.Item>
      <Button size="small" className="cert-fill" disabled={names.length === 0} onClick={fillIn}>
        {t.fill}
      </Button>
    </>
  );
}

/** Names of the certificate that SNI can ask for. */
function useNames({
  type,
  certificate,
}: {
  readonly type: 'server' | 'client';
  readonly certificate: string;
}) {
  const settled = useSettled(certificate, 250);
  const found = useQuery(inspectionOf({ type, certificate: settled, privateKey: '' })).data;
  const names = (found?.names ?? []).filter((name) => !/^[\d.]+$|:/.test(name));
  return { names, commonName: found?.common_name ?? '' };
}
