// Replaces a view that failed to render: explains that nothing is lost, and offers to try again.
import { t } from '../../shared/languages/translate';
import { Button } from './Button';
import { Page } from './Page';

export function ViewFailed() {
  return (
    <Page title={t('ui.view_failed_title')}>
      <p role="alert">{t('ui.view_failed')}</p>
      <p>
        <Button onClick={() => window.location.reload()}>{t('ui.open_again')}</Button>
      </p>
    </Page>
  );
}
