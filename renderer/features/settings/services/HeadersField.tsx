// Extra headers of a service's requests, one on each line. Secrets belong into its key.
import { useEffect, useId, useState } from 'react';
import type { Service } from '../../../../shared/domain/services';
import { t } from '../../../../shared/languages/translate';
import { useServices } from '../../../state/settings/services-store';
import { Saved, useSaved } from '../../../ui/Saved';
import { readHeaders } from './read-headers';
import styles from './ServiceEditor.module.css';

export function HeadersField({ service: { id, headers } }: { service: Service }) {
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
  );
}

function formatHeaders(headers: Service['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}
