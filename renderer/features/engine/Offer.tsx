// The content of a download, its licences, and the button that starts it.
import { TriangleAlert } from 'lucide-react';
import { Fragment } from 'react';
import type { EngineOffer } from '../../../shared/domain/engine';
import { t } from '../../../shared/languages/translate';
import { goodAtText } from '../../state/engine/catalogue-text';
import { useEngine } from '../../state/engine/engine-store';
import { offerSentence, offerWarning } from '../../state/engine/engine-text';
import { openLink } from '../../state/open-link';
import { openSettings } from '../../state/settings/open-settings';
import { Button } from '../../ui/Button';
import { formatBytes } from '../../ui/format';
import { PlainButton } from '../../ui/PlainButton';
import { Text } from '../../ui/Text';
import styles from './EnginePage.module.css';
import { useOnce } from './use-once';

type Props = {
  offer: EngineOffer;
  /** The button that leads back. */
  back: React.ReactNode;
  /** Closes the sheet, so that something outside it can be shown. */
  onLeave: () => void;
};

export function Offer({ offer, back, onLeave }: Props) {
  const download = useEngine((state) => state.download);
  const run = useOnce();
  const { label, model, downloadBytes, missingDiskBytes, licences, suitability, isVerified } = offer;
  const warning = offerWarning(offer);
  return (
    <section className={styles['step']} aria-label={label}>
      <div>
        <h3 className={styles['title']}>{label}</h3>
        <p>{goodAtText(offer)}</p>
      </div>
      {suitability !== 'no' && <p className={styles['text']}>{offerSentence(offer)}</p>}
      {warning !== null && (
        <p className={styles['warning']}>
          <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
          {warning}
        </p>
      )}
      {missingDiskBytes > 0 && suitability !== 'no' && (
        <p className={styles['problem']} role="alert">
          {t('engine.no_room', { size: formatBytes(missingDiskBytes) })}
        </p>
      )}
      {!isVerified && <p className={styles['note']}>{t('engine.not_verified')}</p>}
      {licences.length > 0 && (
        <p className={styles['note']}>
          {t('engine.licences', { count: licences.length })}{' '}
          {licences.map(({ of, name, url }, index) => (
            <Fragment key={of}>
              {index > 0 && ' · '}
              <Text
                id="engine.licence_of"
                values={{
                  of,
                  name,
                  licence: (parts) => (
                    <PlainButton
                      className={styles['link']}
                      aria-label={t('engine.licence_link', { name, of })}
                      title={url}
                      onClick={() => void openLink(url)}
                    >
                      {parts}
                    </PlainButton>
                  ),
                }}
              />
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
              {t('engine.free_space')}
            </Button>
          </span>
        ) : (
          suitability !== 'no' && (
            <span data-next>
              <Button tone="primary" onClick={() => run(() => download(model))}>
                {t('engine.download_size', { size: formatBytes(downloadBytes) })}
              </Button>
            </span>
          )
        )}
      </div>
    </section>
  );
}
