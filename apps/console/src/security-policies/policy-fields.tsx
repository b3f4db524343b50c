import type { TlsProtocol } from '@elbow/model';
import { Alert, Checkbox, Form, type FormInstance } from 'antd';
import { DescriptionField } from '../fields/description-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { securityPolicyMessages } from './messages.ts';
import { SuitePicker } from './suite-picker.tsx';
import { suitesFor, suitsKey, versionName, versions, versionsWithout } from './suites.ts';
import './security-policies.css';

/** What the forms hold; names are those of the API. */
export interface PolicyValues {
  readonly name: string;
  readonly description: string;
  readonly protocols: readonly TlsProtocol[];
  readonly ciphers: readonly string[];
}

/** Name, versions, suites. */
export function PolicyFields({ form }: { readonly form: FormInstance<PolicyValues> }) {
  const { form: t } = useMessages(securityPolicyMessages);
  const chosen = Form.useWatch('protocols', form) ?? [];
  const validator = async (_: unknown, suites: readonly string[] = []): Promise<void> => {
    if (chosen.length > 0 && suitesFor(suites, chosen).length === 0) throw new Error(t.noSuite);
  };
  // A rule of its own: a group of checkboxes may not say that it is required (ARIA 1.2).
  const someVersion = async (_: unknown, list: readonly TlsProtocol[] = []): Promise<void> => {
    if (list.length === 0) throw new Error(t.noVersion);
  };
  return (
    <>
      <TextField name="name" label={t.name} rules={[{ max: 255 }]} placeholder="tls-strict" />
      <Form.Item
        name="protocols"
        label={t.versions}
        extra={t.versionsHelp}
        rules={[{ validator: someVersion }]}
      >
        <Checkbox.Group options={versions.map((value) => ({ value, label: versionName(value) }))} />
      </Form.Item>
      {chosen.some((version) => version === 'TLSv1' || version === 'TLSv1.1') && (
        <Alert type="warning" showIcon className="tls-note" title={t.outdated} />
      )}
      <Form.Item name="ciphers" label={t.suites} rules={[{ validator }]} dependencies={['protocols']}>
        <SuitePicker versions={chosen} />
      </Form.Item>
      <Fits form={form} />
      <DescriptionField />
    </>
  );
}

/** Which certificates the choice can be used with, and versions that it leaves without a suite. */
function Fits({ form }: { readonly form: FormInstance<PolicyValues> }) {
  const { form: t } = useMessages(securityPolicyMessages);
  const chosen = Form.useWatch('protocols', form) ?? [];
  const suites = suitesFor(Form.useWatch('ciphers', form) ?? [], chosen);
  if (suites.length === 0) return null;
  const bare = versionsWithout(suites, chosen);
  return (
    <div className="tls-fits" role="status">
      {(['rsa', 'ec'] as const).map((key) => (
        <StatusText key={key} tone={suitsKey(suites, key) ? 'good' : 'warn'}>
          {suitsKey(suites, key) ? t.fits[key] : t.fitsNot[key]}
        </StatusText>
      ))}
      {bare.length > 0 && <StatusText tone="warn">{t.missing(bare.map(versionName).join(', '))}</StatusText>}
    </div>
  );
}

/** Suites of versions that were taken away again are not sent. */
export function toPolicyBody({ name, description, protocols, ciphers }: PolicyValues) {
  return {
    name: name ?? '',
    description: description ?? '',
    protocols: [...protocols],
    ciphers: [...suitesFor(ciphers, protocols)],
  };
}
