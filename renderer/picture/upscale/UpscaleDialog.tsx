// Asks for the factor and the upscaler for enlarging a picture, and shows the size and price of each choice.
import { useEffect, useId, useState } from 'react';
import { type Upscale, unchanged, upscaleFactors } from '../../../shared/domain/edits';
import { nearestAspectRatio } from '../../../shared/domain/nearest-aspect-ratio';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { upscaledSize } from '../../../shared/domain/upscalers';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { sendWordless } from '../../state/composer/send-edit';
import { useConnect } from '../../state/connect-store';
import { useModelLists } from '../../state/models/model-lists-store';
import { type UpscaleChoice, upscaleChoices } from '../../state/pictures/upscale-choices';
import { useUpscale } from '../../state/pictures/upscale-store';
import { useProviders } from '../../state/settings/providers-store';
import { lacksKey } from '../../state/settings/service-keys';
import { useServices } from '../../state/settings/services-store';
import { Button } from '../../ui/Button';
import { Choices } from '../../ui/Choices';
import { Dialog } from '../../ui/Dialog';
import { closeDialogs, closesOnNavigation } from '../../ui/dialogs';
import { formatExpectedCost } from '../../ui/format';
import { PlainButton } from '../../ui/PlainButton';
import { hasModifier } from '../../ui/shortcut';
import { toast } from '../../ui/toasts';
import { changeMessage } from '../change-text';
import { useChangeHere } from '../use-change-here';
import styles from './UpscaleDialog.module.css';

/** Shows a picture that was made here. */
type Props = { onMade: (imageId: string) => void };

/** Rendered once in the app. */
export function UpscaleDialog({ onMade }: Props) {
  const { imageId, close } = useUpscale();
  const [image, setImage] = useState<GalleryImage | null>(null);

  useEffect(() => {
    if (imageId === null) return;
    let isGone = false;
    void useModelLists.getState().load();
    void request('gallery:tiles', { ids: [imageId] }).then((reply) => {
      if (isGone) return;
      const found = reply.ok ? reply.value[0] : undefined;
      if (found && found.state === undefined) return setImage(found);
      toast(reply.ok ? t('errors.not_found') : reply.message, { tone: 'problem' });
      close();
    });
    return () => {
      isGone = true;
      setImage(null);
    };
  }, [imageId, close]);

  return image && <OpenDialog key={image.id} image={image} onMade={onMade} onClose={close} />;
}

function OpenDialog({ image, onMade, onClose }: Props & { image: GalleryImage; onClose: () => void }) {
  const titleId = useId();
  const [factor, setFactor] = useState<Upscale['factor']>(2);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const { isMaking, change } = useChangeHere(image, onMade);
  const isLoading = useModelLists(({ loading }) => loading.size > 0);
  const services = useServices((state) => state.services);
  // Renders again when keys or lists change, because the choices depend on them.
  useProviders(({ keys, offered }) => (keys ? offered : null));
  const ways = upscaleChoices(
    { factor, width: image.width, height: image.height },
    services.filter((service) => service.enabled && !lacksKey(service)),
  );
  const way = ways.find(({ key, isTooLarge }) => key === chosenKey && !isTooLarge) ?? firstPossible(ways);
  const size = upscaledSize({ factor, width: image.width, height: image.height });

  async function make(): Promise<void> {
    if (!way) return;
    if (way.model === null) {
      await change({ ...unchanged, scale: factor });
      return;
    }
    closeDialogs();
    await sendWordless(image.id, {
      ...{ text: changeMessage({ ...unchanged, scale: factor }), model: way.model },
      ...{ shape: nearestAspectRatio(image), upscale: { factor } },
    });
  }

  return (
    <Dialog
      {...closesOnNavigation}
      className={styles['dialog']}
      aria-labelledby={titleId}
      onClose={onClose}
      // The views behind must not handle the same keys.
      onKeyDown={(event) => {
        if (!hasModifier(event)) event.stopPropagation();
      }}
      onConfirm={() => {
        if (!isMaking) void make();
      }}
    >
      <h2 id={titleId}>{t('picture.upscale_title')}</h2>
      <Choices
        label={t('picture.upscale_factor')}
        look="row"
        value={factor}
        options={upscaleFactors}
        onChange={setFactor}
        render={(value) => t('picture.upscale_times', { factor: value })}
      />
      <p className={styles['size']} role="status">
        {t('picture.upscale_size', {
          from: t('editor.size', { width: image.width, height: image.height }),
          to: t('editor.size', size),
        })}
      </p>
      <fieldset className={styles['ways']}>
        <legend className="visually-hidden">{t('picture.upscale_by')}</legend>
        {ways.map((each) => (
          <Way
            key={each.key}
            way={each}
            isChosen={each.key === way?.key}
            onChoose={() => setChosenKey(each.key)}
          />
        ))}
      </fieldset>
      {isLoading && <p role="status">{t('picture.upscale_loading')}</p>}
      {!isLoading && ways.length === 1 && (
        <p>
          {t('picture.upscale_none')}{' '}
          <PlainButton
            className={styles['link']}
            onClick={() => {
              closeDialogs();
              useConnect.getState().open();
            }}
          >
            {t('models.connect')}
          </PlainButton>
        </p>
      )}
      <div className={styles['buttons']}>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button tone="primary" disabled={!way || isMaking} onClick={() => void make()}>
          {t(isMaking ? 'picture.upscale_making' : 'picture.upscale_now')}
        </Button>
      </div>
    </Dialog>
  );
}

function firstPossible(ways: readonly UpscaleChoice[]): UpscaleChoice | undefined {
  return ways.find(({ isTooLarge }) => !isTooLarge);
}

type WayProps = { way: UpscaleChoice; isChosen: boolean; onChoose: () => void };

function Way({ way, isChosen, onChoose }: WayProps) {
  const { label, note, price, isTooLarge } = way;
  return (
    <label className={styles['way']} data-disabled={isTooLarge || undefined}>
      <input type="radio" name="way" checked={isChosen} disabled={isTooLarge} onChange={onChoose} />
      <span className={styles['texts']}>
        <span>{label}</span>
        <small>{isTooLarge ? t('picture.upscale_too_large') : note}</small>
      </span>
      {!isTooLarge && <span className={styles['price']}>{priceText(price)}</span>}
    </label>
  );
}

function priceText(price: number | null): string {
  return price === null ? t('usage.cost_unknown') : formatExpectedCost(price);
}
