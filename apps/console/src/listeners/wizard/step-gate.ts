import type { FieldComplaint } from '@elbow/model';
import type { FormInstance } from 'antd';
import { type Ref, useCallback, useImperativeHandle, useState } from 'react';
import { type FieldProblem, problemsOf } from './problem-list.tsx';
import type { WizardDraft } from './wizard-draft.ts';
import { serverSentence } from '../../server-words/server-words.ts';

/** What a step is asked before the next one comes. */
export interface StepGate {
  check(): Promise<boolean>;
}

export interface StepProps {
  readonly draft: WizardDraft;
  readonly onChange: (part: Partial<WizardDraft>) => void;
  readonly ref: Ref<StepGate>;
  /** What the server said when it was asked for the whole, by full path. */
  readonly complaints: readonly FieldComplaint[];
}

export interface FormGateOptions {
  readonly form: FormInstance;
  readonly ref: Ref<StepGate>;
  /** What the server's schema says once the fields are fine one by one. Paths as the form names its fields. */
  readonly judge: () => readonly FieldComplaint[];
  readonly onRefused?: (problems: readonly FieldProblem[]) => void;
}

/** A step that is one form: everything is checked, everything wrong is listed, the first of it gets the focus. */
export function useFormGate({ form, ref, judge, onRefused }: FormGateOptions) {
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const refuse = useCallback(
    (found: readonly FieldProblem[]) => {
      setProblems(found);
      onRefused?.(found);
      // The fold that the field is in may have to open first.
      requestAnimationFrame(() => form.scrollToField(found[0]?.name ?? [], { block: 'center', focus: true }));
    },
    [form, onRefused],
  );
  const check = useCallback(async (): Promise<boolean> => {
    const areFieldsFine = await form.validateFields().then(
      () => true,
      () => false,
    );
    if (areFieldsFine) form.setFields(judge().map(asFieldError));
    const found = problemsOf(form);
    if (found.length > 0) refuse(found);
    else setProblems([]);
    return found.length === 0;
  }, [form, judge, refuse]);
  useImperativeHandle(ref, () => ({ check }), [check]);
  /** Once there is a list, it shrinks as fields are put right. */
  const refresh = (): void => {
    if (problems.length > 0) setProblems(problemsOf(form));
  };
  return { problems, refresh, refuse };
}

export function asFieldError({ field, reason }: FieldComplaint) {
  return { name: pathOf(field), errors: [serverSentence(reason)] };
}

/** `tags[0].key` → `['tags', 0, 'key']` */
export function pathOf(field: string): (string | number)[] {
  return [...field.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step));
}
