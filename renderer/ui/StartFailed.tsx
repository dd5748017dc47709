// The screen for a start that failed because the app could not read its data, with advice.
import { t } from '../../shared/languages/translate';

export function StartFailed({ message }: { message: string }) {
  return (
    <main style={{ padding: 48, maxWidth: 560 }}>
      <h1>{t('ui.start_failed')}</h1>
      <p role="alert">{message}</p>
    </main>
  );
}
