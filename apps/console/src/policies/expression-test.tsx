import { Input } from 'antd';
import { useState } from 'react';
import { useMessages } from '../i18n/use-messages.ts';
import { StatusText } from '../shell/status-dot.tsx';
import { policyMessages } from './messages.ts';

/**
 * Whether a path fits one of the expressions. The browser's own engine stands in for RE2: what RE2 takes, both read the
 * same way; what RE2 does not know is refused when the policy is saved.
 */
export function ExpressionTest({ expressions }: { readonly expressions: readonly string[] }) {
  const t = useMessages(policyMessages).rules;
  const [path, setPath] = useState('');
  const fits = expressions.some((expression) => fitsWhole(expression, path));
  return (
    <div className="pol-test">
      <Input
        size="small"
        className="mono"
        aria-label={t.test}
        placeholder={t.test}
        value={path}
        onChange={({ target }) => setPath(target.value)}
      />
      <span role="status">
        {path !== '' && <StatusText tone={fits ? 'good' : 'off'}>{fits ? t.fits : t.fitsNot}</StatusText>}
      </span>
    </div>
  );
}

function fitsWhole(expression: string, path: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`, 'u').test(path);
  } catch {
    return false;
  }
}
