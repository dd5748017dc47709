// What is said when the user leaves the form before a service works: what is kept nevertheless, or that nothing is.
import type { Service } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { type Opening, useConnect } from '../../state/connect-store';
import { useProviders } from '../../state/settings/providers-store';
import { useServices } from '../../state/settings/services-store';
import { toast } from '../../ui/toasts';

/** `before`: the service as it was; null for one that was added. `hasKey`: whether it got another key. */
export type Kept = { service: Service; before: Service | null; hasKey: boolean };

/** Says that something is kept which has not worked yet, with a button that removes it. */
export function sayWhatIsKept({ service, before, hasKey }: Kept): void {
  const { name } = service;
  if (before === null) {
    toast(t(hasKey ? 'connect.kept_service_and_key' : 'connect.kept_service', { name }), {
      // The key goes with its service, and both come back by Undo.
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

/** Says that what was entered is not kept, with a button that goes on with it. */
export function sayWhatIsNotKept(opening: Opening & Required<Pick<Opening, 'unsaved'>>): void {
  toast(t('connect.not_kept', { name: opening.unsaved.target.name }), {
    action: { label: t('connect.enter_again'), run: () => useConnect.getState().open(opening) },
  });
}
