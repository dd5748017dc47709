// The notice when the user leaves the form before the service works: whether the entries were kept or discarded.
import { useEffectEvent, useLayoutEffect } from 'react';
import type { Service } from '../../../shared/domain/services';
import { currentLanguage, t } from '../../../shared/languages/translate';
import { type Kept, type Opening, useConnect } from '../../state/connect-store';
import { useProviders } from '../../state/settings/providers-store';
import { useServices } from '../../state/settings/services-store';
import { toast } from '../../ui/toasts';

type Left = {
  /** Reopens the form in the same state. */
  opening: Opening & Required<Pick<Opening, 'entered'>>;
  /** Whether something was entered that is not saved. */
  isUnsaved: boolean;
};

/**
 * Shows a notice about the entries when the form closes. After a change of language, which remounts the sheet, the form
 * reopens in the same state instead.
 */
export function useLeaveNotice(read: () => Left): void {
  const leave = useEffectEvent((comesBack: boolean) => {
    const { opening, isUnsaved } = read();
    const { kept } = opening.entered;
    if (comesBack) useConnect.getState().open(opening);
    else if (kept) announceKept(kept);
    else if (isUnsaved) announceDiscarded(opening);
  });
  // Runs before the fields are removed.
  useLayoutEffect(() => {
    const language = currentLanguage();
    return () => leave(currentLanguage() !== language);
  }, []);
}

/** Shows that a service was kept although it does not work yet, with a button that removes it. */
function announceKept({ service, before, hasKey }: Kept): void {
  const { name } = service;
  if (before === null) {
    toast(t(hasKey ? 'connect.kept_service_and_key' : 'connect.kept_service', { name }), {
      // Removing the service also removes its key. Undo restores both.
      action: {
        label: t('connect.remove_kept_service'),
        run: () => void useServices.getState().remove(service),
      },
    });
    return;
  }
  async function takeBack(row: Service): Promise<void> {
    const { address, enabled } = row;
    await useServices.getState().change(row.id, { name: row.name, address, enabled });
    if (hasKey) await useProviders.getState().removeKey(row.id);
  }
  const kept = t('connect.kept_changes', { name });
  const run = () => takeBack(before);
  if (hasKey) toast(kept, { action: { label: t('connect.remove_kept_key'), run } });
  else toast(kept, { undo: { run, undone: t('connect.as_before', { name }), again: null } });
}

/** Shows that the entries were discarded, with a button that reopens the form with them. */
function announceDiscarded(opening: Left['opening']): void {
  toast(t('connect.not_kept', { name: opening.entered.target.name }), {
    action: { label: t('connect.enter_again'), run: () => useConnect.getState().open(opening) },
  });
}
