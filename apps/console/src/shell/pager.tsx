import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';
import { type PagedList, pageSizes } from './use-paged-list.ts';

type Place = Pick<PagedList<unknown>, 'rows' | 'first' | 'total' | 'size' | 'setSize' | 'next' | 'previous'>;

/** Below a page of a long list: where in the list this is, and the ways on and back. */
export function Pager({ list }: { readonly list: Place }) {
  const t = useMessages(shellMessages).list;
  const format = useFormat();
  const count = list.rows?.length ?? 0;
  const isOnlyPage = list.next === null && list.previous === null;
  if (isOnlyPage && list.total <= (pageSizes[0] ?? 0)) return null;
  const last = list.first + count - 1;
  return (
    <nav className="pager" aria-label={t.pages}>
      <span>{t.range(format.number(list.first), format.number(last), format.number(list.total))}</span>
      <Button
        icon={<LeftOutlined />}
        aria-label={t.previous}
        disabled={list.previous === null}
        onClick={() => list.previous?.()}
      />
      <Button
        icon={<RightOutlined />}
        aria-label={t.next}
        disabled={list.next === null}
        onClick={() => list.next?.()}
      />
      <Select
        aria-label={t.size}
        value={list.size}
        options={pageSizes.map((size) => ({ value: size, label: t.perPage(size) }))}
        onChange={list.setSize}
      />
    </nav>
  );
}
