// The buttons next to a failure's text: the two most helpful ones, and the others in a menu.

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Message, PictureMessage } from '../../../../shared/domain/conversations';
import {
  circumstancesAt,
  type FailureAction,
  failureActionLabel,
  failureButtons,
} from '../../../../shared/domain/failure-actions';
import { labelOfModel } from '../../../../shared/domain/model-lookup';
import { t } from '../../../../shared/languages/translate';
import { useChat } from '../../../state/chat/chat-store';
import { chooseModel } from '../../../state/composer/choose-model';
import { useChosenProvider } from '../../../state/composer/chosen-provider';
import { waitingRetry } from '../../../state/composer/waiting-requests';
import { useConnect } from '../../../state/connect-store';
import { askForModel } from '../../../state/models/model-list-request';
import { saveKept } from '../../../state/pictures/picture-actions';
import {
  openLimit,
  openServiceAddress,
  openSettings,
  openTextModel,
} from '../../../state/settings/open-settings';
import { Button } from '../../../ui/Button';
import { PopMenu } from '../../../ui/PopMenu';
import { editQuestionOf } from '../user-message/edit-question';
import styles from './FailureButtons.module.css';
import { FailureDetails } from './FailureDetails';
import { useReplacement } from './use-replacement';

export function FailureButtons({ message }: { message: Message }) {
  const { id, error, provider } = message;
  const retry = useChat((state) => state.retry);
  const dismiss = useChat((state) => state.dismiss);
  const connect = useConnect((state) => state.open);
  const { id: chosen } = useChosenProvider();
  const replacement = useReplacement(message);
  const [isDetailed, setDetailed] = useState(false);
  if (!error) return null;

  const openKey = () =>
    connect({ ...(provider !== null && { service: provider }), waiting: waitingRetry(message) });
  const runs: Record<FailureAction, () => void> = {
    retry: () => void retry(id),
    'edit-prompt': () => void editQuestionOf(message),
    'add-key': openKey,
    'check-key': openKey,
    'service-settings': () => openServiceAddress(provider ?? chosen),
    'use-this-computer': () => connect({ isThisComputer: true, waiting: waitingRetry(message) }),
    'engine-settings': () => openSettings('models', 'thisComputer'),
    'choose-model': () =>
      message.kind === 'text' ? openTextModel(provider ?? chosen) : retryWithOther(message),
    'use-replacement': () => replacement?.use(),
    'raise-limit': () => openLimit(error.code, provider),
    'save-kept': () => void saveKept(id),
    remove: () => void dismiss(id),
    details: () => setDetailed(true),
  };
  const labelOf = (action: FailureAction) =>
    action === 'use-replacement' && replacement ? replacement.label : failureActionLabel(action);
  const { shown, more } = failureButtons(error.code, {
    replacement: replacement?.need ?? 'none',
    ...circumstancesAt(provider),
  });

  const buttons = shown.map((action) => (
    <Button key={action} tone={action === 'save-kept' ? 'primary' : 'plain'} onClick={runs[action]}>
      {labelOf(action)}
    </Button>
  ));

  return (
    <div className={styles['buttons']}>
      {buttons.slice(0, -1)}
      {/* The menu wraps together with the last button, so that it never has a line of its own. */}
      <div className={styles['last']}>
        {buttons.slice(-1)}
        <PopMenu
          icon={Ellipsis}
          label={t('chat.more')}
          name={t('chat.more_for_failure')}
          side="below"
          options={more.map((action) => ({ label: labelOf(action), onChoose: runs[action] }))}
        />
      </div>
      {isDetailed && (
        <FailureDetails failed={{ ...message, at: message.updatedAt }} onClose={() => setDetailed(false)} />
      )}
    </div>
  );
}

/** Asks the user for a model, makes it the chat's model, and requests the picture from it. */
function retryWithOther({ id, provider, model }: PictureMessage): void {
  const used = model === null ? undefined : { serviceId: provider, model };
  askForModel(used, (other) => {
    const label = labelOfModel(other.model, other.serviceId);
    chooseModel({ ...other, label, keyLack: null });
    void useChat.getState().retry(id, true);
  });
}
