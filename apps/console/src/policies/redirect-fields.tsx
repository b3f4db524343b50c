import type { ListenerWire } from '@elbow/api';
import { Alert, Form, Select } from 'antd';
import { useMessages } from '../i18n/use-messages.ts';
import { exampleOf, leadsBack } from './location-example.ts';
import { policyMessages } from './messages.ts';
import type { UrlValues } from './policy-values.ts';
import { TemplateInput } from './template-input.tsx';
import { UrlParts } from './url-parts.tsx';

const base = 'redirect_url_config';

/** The five parts of where to, what they make of an example, and which of them lead in a circle. */
export function RedirectFields({ listener }: { readonly listener: ListenerWire }) {
  const t = useMessages(policyMessages).redirect;
  const protocols = [
    { value: 'HTTPS', label: 'HTTPS' },
    { value: 'HTTP', label: 'HTTP' },
    { value: '${protocol}', label: `\${protocol} (${t.keep})` },
  ];
  const codes = Object.entries(t.codes).map(([value, text]) => ({ value, label: `${value} ${text}` }));
  return (
    <>
      <div className="pol-pair">
        <Form.Item name={[base, 'protocol']} label={t.protocol}>
          <Select options={protocols} />
        </Form.Item>
        <Form.Item name={[base, 'port']} label={t.port} rules={[{ required: true }]}>
          <TemplateInput label={t.port} inserts={['${port}']} />
        </Form.Item>
      </div>
      <UrlParts base={[base]} />
      <Form.Item name={[base, 'status_code']} label={t.status}>
        <Select options={codes} />
      </Form.Item>
      <Example listener={listener} />
    </>
  );
}

function Example({ listener }: { readonly listener: ListenerWire }) {
  const t = useMessages(policyMessages).redirect;
  const form = Form.useFormInstance();
  const url = Form.useWatch(base, form) as UrlValues | undefined;
  if (url === undefined) return null;
  const { from, to } = exampleOf(url, listener);
  const changesProtocol = url.protocol !== '${protocol}' && url.protocol !== listener.protocol;
  return (
    <>
      {changesProtocol && url.port === '${port}' && (
        <Alert type="warning" showIcon title={t.portNote(listener.protocol_port)} className="pol-alert" />
      )}
      {leadsBack(url, listener) ? (
        <Alert type="error" showIcon role="alert" title={t.loop} className="pol-alert" />
      ) : (
        <div className="pol-example">
          <h4>{t.example}</h4>
          <p>{t.exampleText(from)}</p>
          <code>{to}</code>
        </div>
      )}
    </>
  );
}
