// The pictures attached to the draft, those being added, and notes on what the model does not support.

import { ScanEye, X } from 'lucide-react';
import { maxReferencesOf } from '../../../shared/domain/part-support';
import { joinSentences, t } from '../../../shared/languages/translate';
import { targetOfAttached } from '../../picture/action-target';
import { openContextMenu } from '../../picture/menu/picture-menu-store';
import { offeredAction } from '../../picture/offered-actions';
import { useAdding } from '../../state/composer/adding-store';
import { describeNotes, useAttachedNotes } from '../../state/composer/attached-notes';
import { useChosenModels } from '../../state/composer/chosen-models';
import { useDraft } from '../../state/composer/draft-store';
import { describeUse, isLeftOut, limitNote } from '../../state/composer/reference-limit';
import { useConnect } from '../../state/connect-store';
import { useIsGone } from '../../state/pictures/gone-pictures';
import { PlainButton } from '../../ui/PlainButton';
import { AttachedPicture } from './AttachedPicture';
import styles from './ReferenceStrip.module.css';

/** @param onRemoved called to move the focus when the last picture is removed. */
export function ReferenceStrip({ onRemoved }: { onRemoved: () => void }) {
  const ids = useDraft((state) => state.references);
  const conversationId = useDraft((state) => state.conversationId);
  const detach = useDraft((state) => state.detach);
  const allAdding = useAdding((state) => state.adding);
  const sendsAfter = useAdding((state) => state.sendsAfter.includes(conversationId));
  const attachedNotes = useAttachedNotes((state) => state.notes);
  const models = useChosenModels();
  const open = useConnect((state) => state.open);
  const adding = allAdding.filter((picture) => picture.conversationId === conversationId);
  if (ids.length + adding.length === 0) return null;
  const limit = Math.min(...models.map(({ serviceId, model }) => maxReferencesOf(serviceId, model)));
  const notes = models.map(({ serviceId, model }) => limitNote(ids.length, serviceId, model));
  const note = notes.find((sentence) => sentence !== null) ?? null;

  function remove(id: string, item: HTMLElement | null): void {
    const neighbour = item?.nextElementSibling ?? item?.previousElementSibling;
    const next = neighbour?.querySelector('button');
    if (next) next.focus();
    else onRemoved();
    detach(id);
  }

  return (
    <div className={styles['strip']}>
      <ul className={styles['pictures']} aria-label={t('composer.attached_pictures')}>
        {ids.map((id, index) => (
          <Attached key={id} id={id} index={index} limit={limit} onRemove={remove} />
        ))}
        {adding.map(({ key, name }) => (
          <li key={key} className={styles['item']} aria-busy="true">
            <span className={styles['picture']}>
              <span className={styles['sheen']} />
            </span>
            <span className={styles['word']} title={name}>
              {t('composer.adding')}
            </span>
            <span className="visually-hidden">{name}</span>
          </li>
        ))}
      </ul>
      <div className={styles['notes']}>
        <p className={styles['note']} role="status">
          {joinSentences([note, sendsAfter && t('composer.sent_when_added')])}
        </p>
        {note !== null && limit === 0 && (
          <PlainButton className={styles['link']} onClick={() => open()}>
            {t('models.connect')}
          </PlainButton>
        )}
        <p className={styles['lack']} role="status">
          {joinSentences(describeNotes(attachedNotes, ids))}
        </p>
      </div>
    </div>
  );
}

type AttachedProps = {
  id: string;
  index: number;
  limit: number;
  onRemove: (id: string, item: HTMLElement | null) => void;
};

function Attached({ id, index, limit, onRemove }: AttachedProps) {
  const isGone = useIsGone(id);
  const target = () => targetOfAttached(id, isGone);
  const describe = offeredAction('describe', target());
  const use = describeUse(index, limit);
  return (
    <li
      className={styles['item']}
      onContextMenu={(event) => openContextMenu(event, target)}
      data-left-out={isGone || isLeftOut(index, limit) || undefined}
    >
      <span className={styles['picture']}>
        <AttachedPicture id={id} index={index} />
      </span>
      {/* The icon of a deleted picture has the same label, as most pictures do. */}
      <span
        className={styles['word']}
        aria-hidden={isGone || use === t('composer.reference', { number: index + 1 }) || undefined}
      >
        {isGone ? t('composer.not_found') : use}
      </span>
      {describe?.isEnabled && (
        <PlainButton
          className={styles['describe']}
          aria-label={t('composer.describe_reference', { number: index + 1 })}
          title={describe.hint}
          onClick={describe.run}
        >
          <ScanEye size={14} strokeWidth={1.75} aria-hidden />
        </PlainButton>
      )}
      <button
        type="button"
        className={styles['remove']}
        aria-label={t('composer.remove_reference', { number: index + 1 })}
        title={t('composer.remove')}
        onClick={(event) => onRemove(id, event.currentTarget.closest('li'))}
      >
        <X size={12} strokeWidth={2} aria-hidden />
      </button>
    </li>
  );
}
