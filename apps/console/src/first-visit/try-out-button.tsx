import { ExperimentOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useMessages } from '../i18n/use-messages.ts';
import { firstVisitMessages } from './messages.ts';
import './first-visit.css';

/** The way to a first listener for whoever has nothing yet; the page behind it begins at once. */
export function TryOutButton() {
  const t = useMessages(firstVisitMessages);
  const navigate = useNavigate();
  return (
    <div className="try-offer">
      <Button
        icon={<ExperimentOutlined />}
        onClick={() => void navigate('/try-out', { state: { begins: true } })}
      >
        {t.button}
      </Button>
      <span>{t.hint}</span>
    </div>
  );
}
