import { Tooltip } from 'antd';
import { useFormat } from '../i18n/format.ts';

/** An instant in local time, with UTC on hover. */
export function TimeText({ iso }: { readonly iso: string }) {
  const format = useFormat();
  return (
    <Tooltip title={format.utc(iso)}>
      <time dateTime={iso} className="time-text">
        {format.time(iso)}
      </time>
    </Tooltip>
  );
}
