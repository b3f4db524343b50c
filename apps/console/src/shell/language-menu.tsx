import { GlobalOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { chooseLanguage } from '../i18n/language.ts';
import { languages } from '../i18n/messages.ts';
import { useLanguage, useMessages } from '../i18n/use-messages.ts';
import { shellMessages } from './messages.ts';

export function LanguageMenu() {
  const t = useMessages(shellMessages);
  const current = useLanguage();
  const items = languages.map((language) => ({
    key: language,
    label: <span lang={language === 'zh' ? 'zh-CN' : 'en'}>{t.language[language]}</span>,
    onClick: () => void chooseLanguage(language),
  }));
  return (
    <Dropdown menu={{ items, selectable: true, selectedKeys: [current] }} trigger={['click']}>
      <Button
        type="text"
        icon={<GlobalOutlined />}
        aria-label={`${t.language.label}: ${t.language[current]}`}
      />
    </Dropdown>
  );
}
