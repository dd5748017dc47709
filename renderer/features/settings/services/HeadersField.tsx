// The field for extra headers of a service's requests, one per line. Secrets belong in the service's key.
import { useEffect, useId, useState } from 'react';
import { belongsTo, originOf, originsOfHeaders, shownOrigin } from '../../../../shared/domain/service-origin';
import type { Service } from '../../../../shared/domain/services';
import { t } from '../../../../shared/languages/translate';
import { useProviders } from '../../../state/settings/providers-store';
import { addressOfService, useServices } from '../../../state/settings/services-store';
import { Button } from '../../../ui/Button';
import { Saved, useSaved } from '../../../ui/Saved';
import { readHeaders } from './read-headers';
import styles from './ServiceEditor.module.css';

export function HeadersField({ service }: { service: Service }) {
  const { id, headers } = service;
  const change = useServices((state) => state.change);
  const saved = formatHeaders(headers);
  const [text, setText] = useState(saved);
  const [problem, setProblem] = useState<string | null>(null);
  const { isSaved, watch } = useSaved();
  const problemId = useId();

  // If the headers changed elsewhere or were refused, the field shows the saved ones.
  useEffect(() => setText(saved), [saved]);

  function save(): void {
    const read = readHeaders(text);
    setProblem(read.ok ? null : read.problem);
    if (read.ok && formatHeaders(read.headers) !== saved) watch(change(id, { headers: read.headers }));
  }

  return (
    <div className={styles['field']}>
      <label className={styles['label']}>
        <span className={styles['head']}>
          {t('settings.extra_headers')}
          <Saved isSaved={isSaved} />
        </span>
        <textarea
          className={styles['headers']}
          aria-label={t('settings.extra_headers')}
          rows={2}
          spellCheck={false}
          // Not shown: a header is the same in every language.
          placeholder="X-Project: pictures"
          value={text}
          aria-invalid={problem !== null || undefined}
          aria-describedby={problem === null ? undefined : problemId}
          onChange={(event) => setText(event.target.value)}
          onBlur={save}
        />
        {problem !== null && (
          <span className={styles['note']} id={problemId} role="alert">
            {problem}
          </span>
        )}
      </label>
      <HeldHeaders service={service} />
    </div>
  );
}

/** Shows that the headers are not sent because they were entered for another address, with a button that allows it. */
function HeldHeaders({ service }: { service: Service }) {
  const { allow, check } = useProviders.getState();
  // Renders again when the addresses of the environment change, because they count as other addresses.
  useServices((state) => state.addresses);
  const origins = originsOfHeaders(service);
  const isEmpty = Object.keys(service.headers).length === 0;
  if (isEmpty || belongsTo(origins, originOf(service.kind, addressOfService(service)))) return null;
  const origin = shownOrigin(origins.at(-1) ?? '');
  return (
    <div className={styles['field']}>
      <p className={styles['note']} role="status">
        {t('settings.headers_held', { origin })}
      </p>
      <div>
        <Button onClick={() => void allow(service, 'headers').then(() => check(service.id))}>
          {t('settings.use_headers_here', { origin })}
        </Button>
      </div>
    </div>
  );
}

function formatHeaders(headers: Service['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
