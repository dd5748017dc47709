// The field for extra headers of a service's requests, one per line. Secrets belong in the service's key.
import { belongsTo, originOf, originsOfHeaders, shownOrigin } from '../../../../shared/domain/service-origin';
import type { Service } from '../../../../shared/domain/services';
import { t } from '../../../../shared/languages/translate';
import { useProviders } from '../../../state/settings/providers-store';
import { addressOfService, useServices } from '../../../state/settings/services-store';
import { Button } from '../../../ui/Button';
import { LinesField } from '../LinesField';
import { readHeaders } from './read-headers';
import styles from './ServiceEditor.module.css';

export function HeadersField({ service }: { service: Service }) {
  const { id, headers } = service;
  const change = useServices((state) => state.change);
  const saved = formatHeaders(headers);
  return (
    <div className={styles['field']}>
      <LinesField
        label={t('settings.extra_headers')}
        value={saved}
        // Not shown: a header is the same in every language.
        placeholder="X-Project: pictures"
        rows={2}
        isCode
        validate={(text) => {
          const read = readHeaders(text);
          return read.ok ? null : read.problem;
        }}
        onSave={(text) => {
          const read = readHeaders(text);
          if (!read.ok || formatHeaders(read.headers) === saved) return null;
          return change(id, { headers: read.headers });
        }}
      />
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
