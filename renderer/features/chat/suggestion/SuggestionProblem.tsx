// Why there is no suggestion, with the buttons that help.

import { useState } from 'react';
import { explain } from '../../../../shared/domain/errors';
import {
  circumstancesAt,
  type FailureAction,
  failureActionLabel,
  failureButtons,
  isStopped,
} from '../../../../shared/domain/failure-actions';
import type { Suggestion } from '../../../../shared/domain/suggestions';
import { focusComposer } from '../../../state/composer/reuse-prompt';
import { waitingSuggestion } from '../../../state/composer/suggestion-actions';
import { useConnect } from '../../../state/connect-store';
import { openLimit, openServiceAddress, openTextModel } from '../../../state/settings/open-settings';
import { PlainButton } from '../../../ui/PlainButton';
import { FailureDetails } from '../failures/FailureDetails';
import styles from './SuggestionPanel.module.css';

type Props = { suggestion: Suggestion; error: NonNullable<Suggestion['error']> };

export function SuggestionProblem({ suggestion, error }: Props) {
  const { provider } = suggestion;
  const connect = useConnect((state) => state.open);
  const [isDetailed, setDetailed] = useState(false);
  // Retrying has its own button below.
  const openKey = () => connect({ service: provider, waiting: waitingSuggestion(suggestion) });
  const runs: Partial<Record<FailureAction, () => void>> = {
    'edit-prompt': focusComposer,
    'add-key': openKey,
    'check-key': openKey,
    'service-settings': () => openServiceAddress(provider),
    'choose-model': () => openTextModel(provider),
    'raise-limit': () => openLimit(error.code, provider),
    details: () => setDetailed(true),
  };
  const { shown } = failureButtons(error.code, {
    replacement: 'none',
    ...circumstancesAt(provider),
  });
  const links = isStopped(error.code) ? shown : [...new Set([...shown, 'details' as const])];
  return (
    <>
      <p className={styles['problem']} role="alert">
        {explain(error)}{' '}
        {links.map((action) => {
          const run = runs[action];
          return (
            run && (
              <PlainButton key={action} className={styles['link']} onClick={run}>
                {failureActionLabel(action)}
              </PlainButton>
            )
          );
        })}
      </p>
      {isDetailed && (
        <FailureDetails
          failed={{ ...suggestion, at: suggestion.requestedAt }}
          onClose={() => setDetailed(false)}
        />
      )}
    </>
  );
}
