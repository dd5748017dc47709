// Deleted pictures and conversations, with the day of their permanent removal.

import { ChevronLeft, ImageOff, MessageCircle, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { TrashPage } from '../../../shared/contract/trash';
import { imageUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { showView, useView } from '../../state/navigation';
import { useSettings } from '../../state/settings/settings-store';
import { Button } from '../../ui/Button';
import { formatDay } from '../../ui/format';
import { Page } from '../../ui/Page';
import { QuietButton } from '../../ui/QuietButton';
import { thumbhashBackground } from '../../ui/thumbhash';
import { EmptyTrash } from './EmptyTrash';
import styles from './TrashView.module.css';
import { useTrash } from './trash-store';

/** @param onShow shows a picture in the gallery. */
export function TrashView({ onShow }: { onShow: (imageId: string) => void }) {
  const { page, load, loadMore } = useTrash();
  const [cameFrom] = useState(() => useView.getState().cameFrom ?? { view: 'gallery' as const, place: [] });
  const days = useSettings((state) => state.settings.trashDays);
  useEffect(() => {
    void load();
  }, [load]);
  const back = (
    <div className={styles['back']}>
      <QuietButton
        icon={ChevronLeft}
        label={t('trash.back', { view: cameFrom.view })}
        onClick={() => showView(cameFrom.view, ...cameFrom.place)}
      />
    </div>
  );
  if (!page) {
    return (
      <Page title={t('trash.title')} back={back}>
        {null}
      </Page>
    );
  }
  const { pictures, conversations, counts } = page;
  const isEmpty = counts.pictures + counts.conversations === 0;
  const hasMore = counts.pictures > pictures.length || counts.conversations > conversations.length;
  return (
    <Page title={t('trash.title')} back={back}>
      <div className={styles['head']}>
        <p>{t('trash.note', { days })}</p>
        <EmptyTrash disabled={isEmpty} />
      </div>
      {isEmpty && (
        <div className={styles['nothing']}>
          <Trash2 size={18} strokeWidth={1.75} aria-hidden />
          <p>{t('trash.empty')}</p>
        </div>
      )}
      {pictures.length > 0 && (
        <section className={styles['section']}>
          <div className={styles['sectionHead']}>
            <h2>{t('trash.pictures', { count: counts.pictures })}</h2>
            {counts.pictures > 1 && <RestoreAll />}
          </div>
          <ul className={styles['pictures']}>
            {pictures.map((picture) => (
              <Picture key={picture.image.id} {...picture} onShow={onShow} />
            ))}
          </ul>
        </section>
      )}
      {conversations.length > 0 && (
        <section className={styles['section']}>
          <h2>{t('trash.conversations', { count: counts.conversations })}</h2>
          <ul>
            {conversations.map((conversation) => (
              <Conversation key={conversation.id} {...conversation} />
            ))}
          </ul>
        </section>
      )}
      {hasMore && <Button onClick={() => void loadMore()}>{t('trash.show_more')}</Button>}
    </Page>
  );
}

function RestoreAll() {
  const restoreAll = useTrash((state) => state.restoreAllPictures);
  const [isAtWork, setAtWork] = useState(false);
  return (
    <Button
      disabled={isAtWork}
      onClick={() => {
        setAtWork(true);
        void restoreAll().finally(() => setAtWork(false));
      }}
    >
      {t(isAtWork ? 'trash.restoring' : 'trash.restore_all')}
    </Button>
  );
}

type PictureProps = TrashPage['pictures'][number] & { onShow: (imageId: string) => void };

function Picture({ image, removeAt, onShow }: PictureProps) {
  const restore = useTrash((state) => state.restorePicture);
  const [isMissing, setMissing] = useState(false);
  return (
    <li data-trash-id={image.id}>
      <div className={styles['thumbnail']} style={{ backgroundImage: thumbhashBackground(image.thumbhash) }}>
        {isMissing ? (
          <ImageOff size={18} strokeWidth={1.75} aria-label={t('trash.file_missing')} />
        ) : (
          <img
            src={imageUrl(image.id, '256')}
            alt={image.prompt}
            title={image.prompt}
            loading="lazy"
            decoding="async"
            draggable={false}
            onError={() => setMissing(true)}
          />
        )}
      </div>
      <div className={styles['line']}>
        <time dateTime={new Date(removeAt).toISOString()}>{goes(removeAt)}</time>
        <QuietButton icon={Undo2} label={t('trash.restore')} onClick={() => void restore(image.id, onShow)} />
      </div>
    </li>
  );
}

function Conversation({ id, title, removeAt }: TrashPage['conversations'][number]) {
  const restore = useTrash((state) => state.restoreConversation);
  return (
    <li className={styles['conversation']} data-trash-id={id}>
      <MessageCircle size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles['title']}>{title}</span>
      <time dateTime={new Date(removeAt).toISOString()}>{goes(removeAt)}</time>
      <QuietButton icon={Undo2} label={t('trash.restore')} onClick={() => void restore(id)} />
    </li>
  );
}

/** The removal runs hourly, so an item may be overdue. */
function goes(removeAt: number): string {
  return removeAt <= Date.now()
    ? t('trash.removed_today')
    : t('trash.removed_on', { day: formatDay(removeAt) });
}
