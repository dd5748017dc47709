// The details of a failure, to read and copy. It never contains a key.

import { useId } from 'react';
import { explain, type Problem } from '../../../../shared/domain/errors';
import type { FailureDetails as Details } from '../../../../shared/domain/failure-details';
import { serviceOf } from '../../../../shared/domain/service-directory';
import type { ServiceId } from '../../../../shared/domain/services';
import { t } from '../../../../shared/languages/translate';
import { copyMessage } from '../../../state/chat/copy-message';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { FactList } from '../../../ui/FactList';
import styles from './FailureDetails.module.css';

/** A failed request: a message or a suggestion. */
type Failed = {
  error: Problem | null;
  provider: ServiceId | null;
  model: string | null;
  details?: Details;
  /** UTC milliseconds. */
  at: number;
};

export function FailureDetails({ failed, onClose }: { failed: Failed; onClose: () => void }) {
  const facts = factsOf(failed);
  const titleId = useId();
  return (
    <Dialog className={styles['panel']} aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{t('chat.failure_details')}</h2>
      <p>{failed.error && explain(failed.error)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div className={styles['facts']} tabIndex={0}>
        <FactList rows={facts} isCompact />
      </div>
      <div className={styles['buttons']}>
        <Button
          onClick={() => void copyMessage(facts.map(([name, value]) => `${name}: ${value}`).join('\n'))}
        >
          {t('chat.copy')}
        </Button>
        <Button onClick={onClose}>{t('chat.close')}</Button>
      </div>
    </Dialog>
  );
}

/** Returns names and values. Times are in UTC, so that a service's support can find the request. */
function factsOf({ error, provider, model, at, details = {} }: Failed): [string, string][] {
  const { httpStatus, requestId, serviceRequestId, serviceMessage } = details;
  const facts: [string, string | number | null | undefined][] = [
    [t('chat.failure_code'), error?.code],
    [t('chat.failure_service'), provider === null ? null : serviceOf(provider).name],
    [t('chat.failure_model'), model],
    [t('chat.failure_http_status'), httpStatus],
    [t('chat.failure_request'), requestId],
    [t('chat.failure_service_request'), serviceRequestId],
    [t('chat.failure_time'), new Date(at).toISOString()],
    [t('chat.failure_service_message'), serviceMessage],
  ];
  return facts.flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  );
}
