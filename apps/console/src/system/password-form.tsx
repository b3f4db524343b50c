import type { ApiError, PasswordChangeBody } from '@elbow/api';
import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input } from 'antd';
import { client } from '../api/client.ts';
import { logIn } from '../api/log-in.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { FailureText } from '../shell/failure-panel.tsx';
import { systemMessages } from './messages.ts';

type Values = PasswordChangeBody & { readonly again: string };

/** A new password for oneself. It ends every session, so this one logs in again at once. */
export function PasswordForm({ userName }: { readonly userName: string }) {
  const t = useMessages(systemMessages).account;
  const { notification } = App.useApp();
  const [form] = Form.useForm<Values>();
  const change = useMutation<void, ApiError, PasswordChangeBody>({
    mutationFn: async (password) => {
      await client.changeOwnPassword({ body: { password } });
      await logIn(userName, password.new_password);
    },
    onSuccess: () => {
      form.resetFields();
      notification.success({ title: t.changed, placement: 'bottomRight', role: 'status' });
    },
  });
  return (
    <Form<Values>
      form={form}
      name="password"
      layout="vertical"
      requiredMark={false}
      className="sys-form"
      onFinish={({ current_password, new_password }) => change.mutate({ current_password, new_password })}
    >
      <p className="sys-soft">{t.passwordText}</p>
      <Form.Item name="current_password" label={t.current} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="new_password"
        label={t.next}
        rules={[{ required: true }, { min: 10, message: t.tooShort }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="again" label={t.again} dependencies={['new_password']} rules={[sameAs(t.different)]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {change.error !== null && (
        <Alert
          role="alert"
          type="error"
          showIcon
          className="form-problem"
          title={<FailureText error={change.error} />}
        />
      )}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t.change}
      </Button>
    </Form>
  );
}

function sameAs(complaint: string) {
  return ({ getFieldValue }: { readonly getFieldValue: (name: string) => unknown }) => ({
    validator: async (_: unknown, again: unknown): Promise<void> => {
      if (again !== getFieldValue('new_password')) throw new Error(complaint);
    },
  });
}
