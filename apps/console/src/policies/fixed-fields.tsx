import { Form, Input, Select } from 'antd';
import { TextField } from '../fields/text-field.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { policyMessages } from './messages.ts';
import type { FixedValues } from './policy-values.ts';

const base = 'fixed_response_config';
const types = ['text/plain', 'text/html', 'text/css', 'application/json', 'application/javascript'];

/** An answer of the load balancer's own, and how it looks to the client. */
export function FixedFields() {
  const t = useMessages(policyMessages).fixed;
  return (
    <>
      <div className="pol-pair">
        <TextField
          name={[base, 'status_code']}
          label={t.status}
          help={t.statusHelp}
          maxLength={3}
          isRequired
        />
        <Form.Item name={[base, 'content_type']} label={t.type}>
          <Select options={types.map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <Form.Item name={[base, 'message_body']} label={t.body} rules={[{ max: 1024 }]}>
        <Input.TextArea className="mono" rows={4} spellCheck={false} count={{ show: true, max: 1024 }} />
      </Form.Item>
      <Preview />
    </>
  );
}

function Preview() {
  const t = useMessages(policyMessages).fixed;
  const form = Form.useFormInstance();
  const fixed = (Form.useWatch(base, form) ?? {}) as Partial<FixedValues>;
  const type = fixed.content_type ?? 'text/plain';
  const charset = type.startsWith('text/') ? '; charset=utf-8' : '';
  const body = fixed.message_body ?? '';
  return (
    <figure className="pol-preview">
      <figcaption>{t.preview}</figcaption>
      <pre>{`HTTP/1.1 ${fixed.status_code ?? ''}\nContent-Type: ${type}${charset}\n\n${body === '' ? t.noBody : body}`}</pre>
    </figure>
  );
}
