import type { ApiError } from '@elbow/api';
import { Alert, type FormInstance } from 'antd';
import { FailureText } from '../shell/failure-panel.tsx';
import { hasEveryField } from './server-errors.ts';

export interface FormProblemProps {
  readonly form: FormInstance;
  readonly error: ApiError | null;
}

/** What the server said that belongs to no field of the form. */
export function FormProblem({ form, error }: FormProblemProps) {
  if (error === null || hasEveryField(form, error)) return null;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      title={<FailureText error={error} />}
      className="form-problem"
    />
  );
}
