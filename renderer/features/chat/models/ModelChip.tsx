// The chip with the name of the composer's model, which opens the list of models.

import { ChevronDown } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { labelOfModel } from '../../../../shared/domain/model-lookup';
import { serviceOf } from '../../../../shared/domain/service-directory';
import { currentModel } from '../../../../shared/domain/service-kinds';
import { shownOrigin } from '../../../../shared/domain/service-origin';
import { t } from '../../../../shared/languages/translate';
import { chooseModel } from '../../../state/composer/choose-model';
import { modelName, toggleModel, useChosenModels } from '../../../state/composer/chosen-models';
import { type ChosenProvider, useChosenProvider } from '../../../state/composer/chosen-provider';
import { useConnect } from '../../../state/connect-store';
import { useEngine } from '../../../state/engine/engine-store';
import { engineModelLabel } from '../../../state/engine/model-label';
import { startThisComputer } from '../../../state/engine/this-computer';
import { useModelListRequest } from '../../../state/models/model-list-request';
import { useOwners } from '../../../state/models/shared-models';
import { useProviders } from '../../../state/settings/providers-store';
import {
  type KeyLack,
  keyLackText,
  keyOfService,
  lossText,
  type ServiceKey,
} from '../../../state/settings/service-keys';
import chip from '../../../ui/chip.module.css';
import { formatList } from '../../../ui/format';
import { PlainButton } from '../../../ui/PlainButton';
import { Popover } from '../../../ui/Popover';
import { ariaShortcut } from '../../../ui/shortcut';
import { spare, truncatable } from '../../../ui/use-fitting-labels';
import styles from './ModelChip.module.css';
import { ModelList } from './ModelList';

type Props = {
  hidden: boolean;
  keyLack: KeyLack | null;
  /** Whether only the chat's own model is asked, although several may be chosen. */
  isForOne?: boolean;
  /** Moves the focus when the list closes and nothing else has taken it. */
  onClose: () => void;
};

export function ModelChip({ hidden, keyLack, isForOne = false, onClose }: Props) {
  const provider = useChosenProvider();
  const openSheet = useConnect((state) => state.open);
  const button = useRef<HTMLButtonElement>(null);
  useOpening(button, hidden);
  const models = useChosenModels();
  const one = useNames(provider, keyLack);
  const key = useProviders(({ keys }) => keyOfService(keys, provider.id));
  const isSeveral = models.length > 1 && !isForOne;
  // If another service has the same model, the name of the service is shown too.
  const isOnlyOne = useOwners()(provider.id, provider.pictureModel) === null;
  const { service, model } = isSeveral
    ? { service: '', model: t('models.count', { count: models.length }) }
    : one;
  const names = formatList(models.map(modelName));
  const name =
    model === '' ? service : t('models.name_and_more', { name: model, more: isSeveral ? names : service });
  return (
    <div className={styles['place']}>
      <Popover
        initialFocus="[role=combobox]"
        className={styles['panel']}
        onClose={onClose}
        trigger={(props) => (
          <button
            ref={button}
            type="button"
            className={`${chip['chip']} ${styles['chip']}`}
            aria-label={t('models.chip', { model: name })}
            aria-haspopup="listbox"
            aria-keyshortcuts={ariaShortcut('Mod+M')}
            title={t('models.chip_hint', { model: isSeveral ? names : name })}
            {...props}
          >
            {model !== '' && service !== '' && (
              <span
                // A different key, because the row hides the element itself, and one that must stay has to be a new element.
                key={isOnlyOne ? 'spare' : 'kept'}
                className={styles['service']}
                {...(isOnlyOne && spare('service'))}
              >
                {service} ·
              </span>
            )}
            <span className={styles['model']} {...truncatable}>
              {model || service}
            </span>
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
          </button>
        )}
      >
        {(close, isOpen) =>
          isOpen && (
            <ModelList
              onChoose={(entry) => {
                close();
                chooseModel(entry);
              }}
              onToggle={(entry) => {
                if (entry.keyLack !== null) close();
                toggleModel(entry);
              }}
              onConnect={() => {
                close();
                openSheet();
              }}
              onUseThisComputer={() => {
                close();
                startThisComputer();
              }}
            />
          )
        }
      </Popover>
      {keyLack !== null && (
        <PlainButton
          className={styles['key']}
          aria-label={`${service} · ${keyLackText(keyLack)}`}
          title={keyLackHint(key, service)}
          aria-haspopup="dialog"
          onClick={() => openSheet({ service: provider.id })}
        >
          {keyLackText(keyLack)}
        </PlainButton>
      )}
    </div>
  );
}

/** Returns the problem of a key, or else advice. */
function keyLackHint({ loss, heldFor, isRefused }: ServiceKey, service: string): string {
  if (heldFor !== null) return t('models.key_held_hint', { service, origin: shownOrigin(heldFor) });
  if (isRefused) return t('composer.key_refused', { service });
  return loss === null ? t('models.connect') : lossText(loss, [service]);
}

/** Omits the name of an unusable model, and a name that repeats that of the service. */
function useNames(
  { id, pictureModel }: ChosenProvider,
  keyLack: KeyLack | null,
): { service: string; model: string } {
  // A list that arrives may name the model.
  useProviders((state) => state.offered[id]);
  const own = useEngine(({ status }) => engineModelLabel(id, pictureModel, status));
  const { name: service, kind } = serviceOf(id);
  const isPlain = keyLack !== null || kind === 'painter' || pictureModel === currentModel;
  return { service, model: isPlain ? '' : (own ?? labelOfModel(pictureModel, id)) };
}

/** Opens the list on request from elsewhere. */
function useOpening(button: { readonly current: HTMLButtonElement | null }, hidden: boolean): void {
  const count = useModelListRequest((state) => state.count);
  const handled = useRef(count);

  useEffect(() => {
    if (hidden || handled.current === count) return;
    handled.current = count;
    button.current?.click();
  }, [button, hidden, count]);
}
