import type { ApiError, FieldComplaint } from '@elbow/api';
import type { FormInstance } from 'antd';
import { serverSentence } from '../server-words/server-words.ts';

type Path = readonly (string | number)[];

/** Puts what the server says of fields beside those fields and scrolls to the first of them. */
export function showServerErrors(form: FormInstance, error: ApiError | null): void {
  const known = (error?.fields ?? []).flatMap((complaint) => {
    const path = pathIn(form, complaint);
    return path === null ? [] : [{ name: [...path], errors: [serverSentence(complaint.reason)] }];
  });
  if (known.length === 0) return;
  form.setFields(known);
  form.scrollToField(known[0]?.name ?? [], { block: 'center', focus: true });
}

/** Whether the form shows everything that the server complained about. */
export function hasEveryField(form: FormInstance, error: ApiError): boolean {
  return error.fields.length > 0 && error.fields.every((complaint) => pathIn(form, complaint) !== null);
}

/** `tags[0].key` → `['tags', 0, 'key']`, or the nearest field around it that the form has. */
function pathIn(form: FormInstance, { field }: FieldComplaint): Path | null {
  const steps = [...field.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step));
  for (let length = steps.length; length > 0; length -= 1) {
    const path = steps.slice(0, length);
    if (form.getFieldInstance(path) !== undefined) return path;
  }
  return null;
}
