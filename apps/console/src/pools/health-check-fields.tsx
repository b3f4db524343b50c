import { type ExpectedCodes, parseExpectedCodes } from '@elbow/model';
import { Form, type FormInstance, InputNumber, Select } from 'antd';
import { ChoiceField } from '../fields/choice-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { poolMessages } from './messages.ts';
import {
  type CheckType,
  checkTypes,
  isHttpCheck,
  type MonitorValues,
  usualCodesOf,
} from './monitor-values.ts';

export interface HealthCheckFieldsProps {
  readonly form: FormInstance<MonitorValues>;
}

/** What a check asks for, and which answer is right. */
export function HealthCheckFields({ form }: HealthCheckFieldsProps) {
  const { monitor: t } = useMessages(poolMessages);
  const type = Form.useWatch('type', form) ?? 'HTTP';
  const hasRequest = isHttpCheck(type) || type === 'GRPC';
  const choose = (next: CheckType): void => {
    // Codes of HTTP and of gRPC are different things.
    if (usualCodesOf(next) !== usualCodesOf(type)) form.setFieldValue('expected_codes', usualCodesOf(next));
  };
  return (
    <>
      <Form.Item name="type" label={t.type}>
        <Select options={checkTypes.map((value) => ({ value, label: value }))} onChange={choose} />
      </Form.Item>
      {hasRequest && <HostFields form={form} />}
      <Form.Item name="monitor_port" label={t.port}>
        <InputNumber className="number-field" precision={0} min={1} max={65_535} placeholder={t.portEmpty} />
      </Form.Item>
      {isHttpCheck(type) && <PathFields />}
      {hasRequest && <CodesField type={type} />}
    </>
  );
}

const hostPattern = /^(?=.{1,100}$)[0-9A-Za-z](?:[0-9A-Za-z-]{0,62})(?:\.[0-9A-Za-z-]{1,63})*$/;

function HostFields({ form }: HealthCheckFieldsProps) {
  const { monitor: t } = useMessages(poolMessages);
  const hasDomain = Form.useWatch('hasDomain', form) ?? false;
  return (
    <>
      <ChoiceField
        name="hasDomain"
        label={t.host}
        choices={[
          { value: false, label: t.hostOwn },
          { value: true, label: t.hostCustom },
        ]}
      />
      {hasDomain && (
        <TextField
          name="domain_name"
          label={t.hostName}
          isRequired
          isMono
          placeholder="www.example.com"
          rules={[{ pattern: hostPattern, message: t.hostRule }]}
        />
      )}
    </>
  );
}

const pathPattern = /^\/[\w\-/.%?#&;~!()*[\]@$^:',+]{0,79}$/;

function PathFields() {
  const { monitor: t } = useMessages(poolMessages);
  return (
    <>
      <TextField
        name="url_path"
        label={t.path}
        isRequired
        isMono
        rules={[{ pattern: pathPattern, message: t.pathRule }]}
      />
      <ChoiceField
        name="http_method"
        label={t.method}
        choices={(['GET', 'HEAD', 'POST'] as const).map((value) => ({ value, label: value }))}
      />
    </>
  );
}

function CodesField({ type }: { readonly type: CheckType }) {
  const { monitor: t } = useMessages(poolMessages);
  const rule = type === 'GRPC' ? t.codesRuleGrpc : t.codesRule;
  const validator = async (_: unknown, text = ''): Promise<void> => {
    const codes: readonly ExpectedCodes[] | null = parseExpectedCodes(text.replaceAll(/\s/g, ''), type);
    if (text !== '' && codes === null) throw new Error(rule);
  };
  return (
    <TextField name="expected_codes" label={t.codes} help={rule} isRequired isMono rules={[{ validator }]} />
  );
}
