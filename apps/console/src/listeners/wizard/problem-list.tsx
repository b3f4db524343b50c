import { Alert, Button, type FormInstance } from 'antd';
import { useMessages } from '../../i18n/use-messages.ts';
import { fieldOfPath } from '../form/field-names.ts';
import { fieldMessages, formMessages } from '../texts/messages.ts';

export interface FieldProblem {
  readonly name: (string | number)[];
  readonly errors: readonly string[];
}

export interface ProblemListProps {
  readonly form: FormInstance;
  readonly of: 'listener' | 'pool' | 'healthmonitor';
  readonly problems: readonly FieldProblem[];
}

/** All that keeps from going on, each a way to its field. */
export function ProblemList({ form, of, problems }: ProblemListProps) {
  const t = useMessages(formMessages);
  const labels: Readonly<Record<string, string>> = useMessages(fieldMessages);
  if (problems.length === 0) return null;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      className="problem-list"
      title={t.listed(problems.length)}
      description={
        <ul>
          {problems.map(({ name, errors }) => (
            <li key={name.join('.')}>
              <Button
                type="link"
                size="small"
                onClick={() => form.scrollToField(name, { block: 'center', focus: true })}
              >
                {labels[fieldOfPath(of, name)] ?? fieldOfPath(of, name)}
              </Button>
              {errors[0]}
            </li>
          ))}
        </ul>
      }
    />
  );
}

/** What the form complains about now. */
export function problemsOf(form: FormInstance): readonly FieldProblem[] {
  return form
    .getFieldsError()
    .filter(({ errors }) => errors.length > 0)
    .map(({ name, errors }) => ({ name: [...name] as (string | number)[], errors }));
}
