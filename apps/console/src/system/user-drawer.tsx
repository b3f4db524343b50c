import type { UserCreateBody, UserUpdateBody, UserWire } from '@elbow/api';
import { Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { sessionStore } from '../api/session.ts';
import { DescriptionField } from '../fields/description-field.tsx';
import type { Versioned } from '../fields/edit-changes.ts';
import { FormDrawer } from '../fields/form-drawer.tsx';
import { SwitchField } from '../fields/switch-field.tsx';
import { TextField } from '../fields/text-field.tsx';
import { useEdit } from '../fields/use-edit.tsx';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from '../shell/messages.ts';
import { useStore } from '../shell/store.ts';
import { systemMessages } from './messages.ts';

export interface UserDrawerProps {
  /** Null: a new one. */
  readonly user: UserWire | null;
  readonly onClose: () => void;
}

/** A user by name, role and password. One's own password is changed where the old one is asked for. */
export function UserDrawer({ user, onClose }: UserDrawerProps) {
  const t = useMessages(systemMessages).users;
  const { actions } = useMessages(shellMessages);
  const isOwn = useStore(sessionStore)?.userName === user?.name;
  const [form] = Form.useForm<UserCreateBody>();
  // The list goes on looking; the form stays with what it was opened on.
  const [opened] = useState(user);
  const write = useUserEdit(opened, onClose);
  return (
    <>
      <FormDrawer
        title={user === null ? t.create : t.editTitle(user.name)}
        submitLabel={user === null ? t.create : actions.save}
        form={form}
        initialValues={user === null ? { role: 'editor', enabled: true } : valuesOf(user)}
        isBusy={write.isRunning}
        error={write.error}
        onSubmit={(values) => void write.run(values)}
        onClose={onClose}
      >
        <TextField name="name" label={t.name} help={t.nameHelp} maxLength={64} isRequired />
        <RoleField />
        {!isOwn && <PasswordField isNew={user === null} />}
        <SwitchField name="enabled" label={t.enabled} help={t.enabledHelp} />
        <DescriptionField />
      </FormDrawer>
      {write.dialog}
    </>
  );
}

function valuesOf({ name, role, enabled, description }: UserWire): Partial<UserCreateBody> {
  return { name, role, enabled, description };
}

/** A new user, or changes of one that are not saved over somebody else's. */
function useUserEdit(user: UserWire | null, onDone: () => void) {
  const t = useMessages(systemMessages).users;
  const { field } = useMessages(shellMessages);
  return useEdit({
    of: user ?? {},
    isOpenAtOnce: true,
    read: () => readUser(user),
    call: ({ password, ...values }: UserCreateBody) => {
      const given = password === undefined || password === '' ? {} : { password };
      if (user === null)
        return client.createUser({ body: { user: { ...values, password: password ?? '' } } });
      const wish: UserUpdateBody = { ...values, ...given };
      return client.updateUser({ params: { user_id: user.id }, body: { user: wish } });
    },
    said: ({ user: saved }) => (user === null ? t.createdUser : t.saved)(saved.name),
    onDone,
    labels: {
      name: t.name,
      role: t.role,
      password: t.password,
      enabled: t.enabled,
      description: field.description,
      keys: t.keys,
    },
    words: {
      password: (password) => (password === undefined ? '–' : '••••'),
      keys: (keys) => String((keys as UserWire['keys'] | undefined)?.length ?? 0),
    },
  });
}

/** Users have no versions: they are looked at again before anything is saved. */
async function readUser(user: UserWire | null): Promise<Versioned<object>> {
  if (user === null) return { object: {}, etag: null };
  const { body } = await client.showUser({ params: { user_id: user.id } });
  return { object: body.user, etag: null };
}

function RoleField() {
  const t = useMessages(systemMessages).users;
  const options = (['reader', 'editor', 'admin'] as const).map((value) => ({
    value,
    label: (
      <>
        {t.roles[value]}
        <span className="cell-sub">{t.roleHelp[value]}</span>
      </>
    ),
  }));
  return (
    <Form.Item name="role" label={t.role}>
      <Radio.Group className="sys-roles" options={options} />
    </Form.Item>
  );
}

function PasswordField({ isNew }: { readonly isNew: boolean }) {
  const t = useMessages(systemMessages).users;
  return (
    <Form.Item
      name="password"
      label={isNew ? t.password : t.newPassword}
      extra={isNew ? t.passwordHelp : t.newPasswordHelp}
      rules={[{ required: isNew }, { min: 10, message: t.passwordHelp }]}
    >
      <Input.Password autoComplete="new-password" />
    </Form.Item>
  );
}
