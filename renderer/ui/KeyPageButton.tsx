// The button that opens the page where a user gets a key. Renders nothing if no key is needed.
import type { KnownService } from '../../shared/domain/known-services';
import { t } from '../../shared/languages/translate';
import { Button } from './Button';

type Props = { known: Pick<KnownService, 'keyUrl'>; onOpen: (url: string) => void };

export function KeyPageButton({ known: { keyUrl }, onOpen }: Props) {
  return keyUrl !== null && <Button onClick={() => onOpen(keyUrl)}>{t('connect.get_key')}</Button>;
}
