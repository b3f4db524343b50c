import { ApiError } from '@elbow/api';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { logIn } from '../api/log-in.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { loginMessages } from './messages.ts';
import { serverWords } from '../server-words/server-words.ts';

interface Fields {
  readonly name: string;
  readonly password: string;
}

export function LoginForm() {
  const t = useMessages(loginMessages);
  const { required } = useMessages(shellMessages).field;
  const { problem, isBusy, submit } = useLogIn();
  const rules = [{ required: true, message: required }];
  return (
    <Form layout="vertical" requiredMark={false} onFinish={submit}>
      {problem !== null && (
        <Alert role="alert" type="error" showIcon title={problem} className="login-problem" />
      )}
      <Form.Item label={t.userName} name="name" rules={rules}>
        <Input autoComplete="username" autoFocus spellCheck={false} />
      </Form.Item>
      <Form.Item label={t.password} name="password" rules={rules}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {t.submit}
      </Button>
    </Form>
  );
}

function useLogIn() {
  const t = useMessages(loginMessages);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async ({ name, password }: Fields): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await logIn(name, password);
    } catch (error) {
      setProblem(reasonOf(error, t));
      setBusy(false);
    }
  };
  return { problem, isBusy, submit };
}

function reasonOf(error: unknown, t: (typeof loginMessages)['en']): string {
  if (!(error instanceof ApiError)) return String(error);
  if (error.status === 401) return t.wrong;
  return error.status === 0 ? t.away : serverWords(error.message);
}
