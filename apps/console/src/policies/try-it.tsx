import type { ExplainAnswer, ExplainRequestBody, ListenerWire } from '@elbow/api';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useEffect } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { loadBalancerDetail } from '../load-balancers/queries.ts';
import { FailurePanel } from '../shell/failure-panel.tsx';
import { policyMessages } from './messages.ts';
import { ownAddress } from './queries.ts';
import { TryItOutcome } from './try-it-outcome.tsx';
import type { WholePolicy } from './whole-policy.ts';

export interface TryItProps {
  readonly listener: ListenerWire;
  readonly policies: readonly WholePolicy[];
  readonly explanation: ExplainAnswer | null;
  readonly error: Error | null;
  readonly isBusy: boolean;
  /** Null: shows nothing any more. */
  readonly onTry: (request: ExplainRequestBody | null) => void;
}

interface TryItValues {
  readonly method: string;
  readonly url: string;
  readonly headers?: string;
  readonly from?: string;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

/** A request that nobody sends: which policy would take it, why the ones before did not, and what would be done. */
export function TryIt({ listener, policies, explanation, error, isBusy, onTry }: TryItProps) {
  const t = useMessages(policyMessages).tryIt;
  return (
    <section className="pol-try" aria-label={t.title}>
      <h3>{t.title}</h3>
      <p className="pol-hint">{t.intro}</p>
      <TryItForm
        listener={listener}
        isBusy={isBusy}
        onRun={(values) => onTry(requestOf(values, listener.id))}
      />
      {error !== null && <FailurePanel error={error} />}
      <div role="status">
        {explanation !== null && <TryItOutcome explanation={explanation} policies={policies} />}
      </div>
      {explanation !== null && (
        <Button size="small" onClick={() => onTry(null)}>
          {t.clear}
        </Button>
      )}
    </section>
  );
}

interface TryItFormProps {
  readonly listener: ListenerWire;
  readonly isBusy: boolean;
  readonly onRun: (values: TryItValues) => void;
}

function TryItForm({ listener, isBusy, onRun }: TryItFormProps) {
  const t = useMessages(policyMessages).tryIt;
  const [form] = Form.useForm<TryItValues>();
  const address = useQuery(ownAddress).data;
  const vip = useQuery(loadBalancerDetail(listener.loadbalancers[0]?.id ?? '')).data?.vip_address;
  useEffect(() => {
    if (address !== undefined && !form.isFieldTouched('from')) form.setFieldsValue({ from: address });
  }, [form, address]);
  useEffect(() => {
    const url = `${listener.protocol.toLowerCase()}://${vip}:${listener.protocol_port}/`;
    if (vip && !form.isFieldTouched('url')) form.setFieldsValue({ url });
  }, [form, vip, listener]);
  return (
    <Form<TryItValues>
      form={form}
      layout="vertical"
      size="small"
      name="try-it"
      requiredMark={false}
      initialValues={{ method: 'GET', headers: '' }}
      onFinish={onRun}
    >
      <div className="pol-try-line">
        <Form.Item name="method" label={t.method}>
          <Select options={methods.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="url" label={t.url} rules={[{ required: true }]}>
          <Input className="mono" autoComplete="off" spellCheck={false} />
        </Form.Item>
      </div>
      <Form.Item name="headers" label={t.headers}>
        <Input.TextArea className="mono" rows={2} placeholder={t.headersHelp} spellCheck={false} />
      </Form.Item>
      <div className="pol-try-last">
        <Form.Item name="from" label={t.from}>
          <Input className="mono" autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t.run}
        </Button>
      </div>
    </Form>
  );
}

function requestOf(
  { method, url, headers = '', from = '' }: TryItValues,
  listenerId: string,
): ExplainRequestBody {
  const lines = headers.split('\n').filter((line) => line.trim() !== '');
  return {
    method,
    url: url.trim(),
    listener_id: listenerId,
    headers: lines.map((line) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() };
    }),
    ...(from.trim() === '' ? {} : { from: from.trim() }),
  };
}
