// What a download brings, its licences, and the button that begins it.
import { TriangleAlert } from 'lucide-react';
import { Fragment } from 'react';
import type { EngineOffer, EngineStatus } from '../../../shared/domain/engine';
import { request } from '../../ipc';
import { useEngine } from '../../state/engine/engine-store';
import { offerSentence, offerWarning } from '../../state/engine/engine-text';
import { openSettings } from '../../state/settings/open-settings';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { PlainButton } from '../../ui/PlainButton';
import { toast } from '../../ui/toasts';
import styles from './EnginePage.module.css';
import { useOnce } from './use-once';

type Props = {
  offer: EngineOffer;
  status: EngineStatus;
  /** The button that leads back. */
  back: React.ReactNode;
  /** Closes the sheet, because something outside it is shown. */
  onLeave: () => void;
};

export function Offer({ offer, status, back, onLeave }: Props) {
  const download = useEngine((state) => state.download);
  const run = useOnce();
  const { label, goodAt, model, downloadBytes, missingDiskBytes, licences, suitability, isVerified } = offer;
  const hasEngine =
    status.ownEngine !== null ||
    status.installed.some(({ kind, id }) => kind === 'engine' && id === offer.engine);
  const warning = offerWarning(offer);
  return (
    <section className={styles['step']} aria-label={label}>
      <div>
        <h3 className={styles['title']}>{label}</h3>
        <p>{goodAt}</p>
      </div>
      {suitability !== 'no' && <p className={styles['text']}>{offerSentence(offer, hasEngine)}</p>}
      {warning !== null && (
        <p className={styles['warning']}>
          <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
          {warning}
        </p>
      )}
      {missingDiskBytes > 0 && suitability !== 'no' && (
        <p className={styles['problem']} role="alert">
          The disk has too little room: {formatBytes(missingDiskBytes)} more are needed.
        </p>
      )}
      {!isVerified && (
        <p className={styles['note']}>
          Not tried against the real addresses yet. A file is used only if it matches the hash that its source
          names.
        </p>
      )}
      {licences.length > 0 && (
        <p className={styles['note']}>
          {licences.length === 1 ? 'Licence' : 'Licences'}:{' '}
          {licences.map(({ of, name, url }, index) => (
            <Fragment key={of}>
              {index > 0 && ', '}
              {of} under{' '}
              <PlainButton
                className={styles['link']}
                aria-label={`${name}, the licence of ${of}, in the browser`}
                title={url}
                onClick={() => void openLicence(url)}
              >
                {name}
              </PlainButton>
            </Fragment>
          ))}
        </p>
      )}
      <div className={styles['buttons']}>
        {back}
        {missingDiskBytes > 0 && suitability !== 'no' ? (
          <span data-next>
            <Button
              tone="primary"
              onClick={() => {
                onLeave();
                openSettings('storage', 'usage');
              }}
            >
              Free disk space
            </Button>
          </span>
        ) : (
          suitability !== 'no' && (
            <span data-next>
              <Button tone="primary" onClick={() => run(() => download(model))}>
                Download ({formatBytes(downloadBytes)})
              </Button>
            </span>
          )
        )}
      </div>
    </section>
  );
}

async function openLicence(url: string): Promise<void> {
  const reply = await request('links:open', { url });
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
