// A dialog that asks for the model of one request. The view behind it stays, and nothing changes until a model is chosen.

import { useId } from 'react';
import { t } from '../../../../shared/languages/translate';
import { passModel } from '../../../state/composer/choose-model';
import { useConnect } from '../../../state/connect-store';
import { startThisComputer } from '../../../state/engine/this-computer';
import { useModelChoice } from '../../../state/models/model-list-request';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { closesOnNavigation } from '../../../ui/dialogs';
import styles from './ModelChoice.module.css';
import { ModelList } from './ModelList';

/** Rendered once in the app. */
export function ModelChoice() {
  const { onChosen, used } = useModelChoice();
  const titleId = useId();
  if (!onChosen) return null;
  const close = () => useModelChoice.setState({ onChosen: null, used: undefined });
  return (
    <Dialog className={styles['panel']} aria-labelledby={titleId} onClose={close} {...closesOnNavigation}>
      <h2 id={titleId}>{t('picture.other_model')}</h2>
      <p>{t('models.for_one_prompt')}</p>
      <ModelList
        otherThan={used}
        onChoose={(entry) =>
          passModel(entry, (model) => {
            close();
            onChosen(model);
          })
        }
        // The sheet opens above the list, which then shows the new models.
        onConnect={() => useConnect.getState().open()}
        onUseThisComputer={() => startThisComputer()}
      />
      <div className={styles['buttons']}>
        <Button onClick={close}>{t('ui.cancel')}</Button>
      </div>
    </Dialog>
  );
}
