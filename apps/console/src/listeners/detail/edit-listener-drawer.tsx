import type { ListenerUpdateBody, ListenerWire } from '@elbow/api';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form } from 'antd';
import { useState } from 'react';
import { useMessages } from '../../i18n/use-messages.ts';
import { shellMessages } from '../../shell/messages.ts';
import { ListenerFields } from '../form/listener-fields.tsx';
import { valuesOf } from '../form/listener-values.ts';
import { listenerDetail } from '../queries.ts';
import { detailMessages, fieldMessages } from '../texts/messages.ts';
import { listenerRows } from '../wizard/summary-rows.ts';
import { useSummaryContext } from '../wizard/use-summary-context.ts';
import { FieldsForm } from './fields-form.tsx';
import { useListenerChange } from './use-listener-change.ts';

export interface EditListenerDrawerProps {
  readonly of: ListenerWire;
  readonly onClose: () => void;
}

/** The form of the wizard's first step, for a listener that exists. */
export function EditListenerDrawer({ of, onClose }: EditListenerDrawerProps) {
  const t = useMessages(detailMessages);
  const { save, cancel } = useMessages(shellMessages).actions;
  const [form] = Form.useForm();
  // The page goes on looking; the form stays with what it was opened on.
  const [opened, setOpened] = useState(of);
  const [isAdvancedOpen, setAdvancedOpen] = useState(true);
  const change = useListenerChange(of);
  const stale = useStaleCheck(opened);
  const store = async (body: ListenerUpdateBody): Promise<void> => {
    if ((await change.run(body)) !== null) onClose();
  };
  const submit = async (body: ListenerUpdateBody): Promise<void> => {
    if (!(await stale.isStale())) await store(body);
    else stale.keep(() => void store(body));
  };
  return (
    <Drawer
      open
      title={t.edit}
      size="min(860px, 100vw)"
      mask={{ closable: false }}
      onClose={onClose}
      footer={
        <div className="form-buttons">
          <Button onClick={onClose}>{cancel}</Button>
          <Button type="primary" loading={change.isRunning} onClick={() => form.submit()}>
            {save}
          </Button>
        </div>
      }
    >
      {stale.newer !== null && (
        <ChangedMeanwhile
          before={opened}
          after={stale.newer}
          onAnyway={stale.goOn}
          onReload={() => {
            form.setFieldsValue(valuesOf(stale.newer ?? of));
            setOpened(stale.newer ?? of);
            stale.forget();
          }}
        />
      )}
      <FieldsForm
        id="edit"
        key={opened.updated_at}
        of={opened}
        form={form}
        error={change.error}
        onSubmit={(body) => void submit(body)}
      >
        <ListenerFields isAdvancedOpen={isAdvancedOpen} onAdvanced={setAdvancedOpen} />
        <p className="lf-soft dialog-effect">{t.effect.certificate}</p>
      </FieldsForm>
    </Drawer>
  );
}

/** Whether somebody else has saved the listener since the form was opened. */
function useStaleCheck(opened: ListenerWire) {
  const cache = useQueryClient();
  const [newer, setNewer] = useState<ListenerWire | null>(null);
  const [kept, setKept] = useState<(() => void) | null>(null);
  const forget = (): void => {
    setNewer(null);
    setKept(null);
  };
  return {
    newer,
    isStale: async (): Promise<boolean> => {
      const now = await cache.fetchQuery({ ...listenerDetail(opened.id), staleTime: 0 });
      if (now.updated_at === opened.updated_at) return false;
      setNewer(now);
      return true;
    },
    keep: (save: () => void) => setKept(() => save),
    goOn: () => {
      kept?.();
      forget();
    },
    forget,
  };
}

interface ChangedMeanwhileProps {
  readonly before: ListenerWire;
  readonly after: ListenerWire;
  readonly onAnyway: () => void;
  readonly onReload: () => void;
}

function ChangedMeanwhile({ before, after, onAnyway, onReload }: ChangedMeanwhileProps) {
  const t = useMessages(detailMessages).changedMeanwhile;
  const labels = useMessages(fieldMessages);
  const context = useSummaryContext();
  const old = new Map(listenerRows(valuesOf(before), context).map(({ field, value }) => [field, value]));
  const changed = listenerRows(valuesOf(after), context).filter(
    ({ field, value }) => old.get(field) !== value,
  );
  return (
    <Alert
      role="alert"
      type="warning"
      showIcon
      className="problem-list"
      title={t.title}
      description={
        <>
          <p>{t.text}</p>
          <ul>
            {changed.map(({ field, value }) => (
              <li key={field}>{t.row(labels[field], old.get(field) ?? '–', value)}</li>
            ))}
          </ul>
          <div className="stale-buttons">
            <Button onClick={onReload}>{t.reload}</Button>
            <Button onClick={onAnyway}>{t.anyway}</Button>
          </div>
        </>
      }
    />
  );
}
