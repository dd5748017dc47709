// Deleted pictures and conversations, with the day of their permanent removal.

import { ChevronLeft, MessageCircle, Trash2, Undo2 } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { TrashPage } from '../../../shared/contract/trash';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { showView, useView } from '../../state/navigation';
import { useSettings } from '../../state/settings/settings-store';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Confirm';
import { Page } from '../../ui/Page';
import { QuietButton } from '../../ui/QuietButton';
import { EmptyTrash } from './EmptyTrash';
import { OpenTrashed } from './OpenTrashed';
import { RemovalTime } from './RemovalTime';
import { TrashedPicture } from './TrashedPicture';
import styles from './TrashView.module.css';
import { useTrash } from './trash-store';

/** @param onShow shows a picture in the gallery. */
export function TrashView({ onShow }: { onShow: (imageId: string) => void }) {
  const { page, load, loadMore } = useTrash();
  const [cameFrom] = useState(() => useView.getState().cameFrom ?? { view: 'gallery' as const, place: [] });
  const [openId, setOpenId] = useState<string | null>(null);
  const [asked, setAsked] = useState<GalleryImage | null>(null);
  const actions = useMemo(() => ({ show: onShow, askToDelete: setAsked }), [onShow]);
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
      <Page title={t('trash.title')} back={back} isWide>
        {null}
      </Page>
    );
  }
  const { pictures, conversations, counts } = page;
  const isEmpty = counts.pictures + counts.conversations === 0;
  const hasMore = counts.pictures > pictures.length || counts.conversations > conversations.length;
  return (
    <Page title={t('trash.title')} back={back} isWide>
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
              <TrashedPicture key={picture.image.id} {...picture} actions={actions} onOpen={setOpenId} />
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
      {openId !== null && <OpenTrashed id={openId} page={page} actions={actions} onOpen={setOpenId} />}
      {asked && <DeleteForGood image={asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function DeleteForGood({ image, onClose }: { image: GalleryImage; onClose: () => void }) {
  const deletePicture = useTrash((state) => state.deletePicture);
  return (
    <Confirm
      title={t('trash.delete_question')}
      action={t('picture.delete_for_good')}
      onConfirm={() => void deletePicture(image.id)}
      onClose={onClose}
    >
      {t(image.isLinked ? 'trash.explain_deleting_linked' : 'trash.explain_deleting')}
    </Confirm>
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

function Conversation({ id, title, removeAt }: TrashPage['conversations'][number]) {
  const restore = useTrash((state) => state.restoreConversation);
  return (
    <li className={styles['conversation']} data-trash-id={id}>
      <MessageCircle size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles['title']}>{title}</span>
      <RemovalTime removeAt={removeAt} />
      <QuietButton icon={Undo2} label={t('picture.restore')} onClick={() => void restore(id)} />
    </li>
  );
}
