// A picture message: the picture, its caption, and its actions.

import { type CSSProperties, useCallback, useState } from 'react';
import type { Estimate } from '../../../shared/contract/usage';
import type { PictureMessage, PictureTile } from '../../../shared/domain/conversations';
import { hasRatio } from '../../../shared/domain/picture-notes';
import { joinSentences, t } from '../../../shared/languages/translate';
import type { PictureActionName } from '../../picture/action-list';
import { targetOfMessage } from '../../picture/action-target';
import { MoreButton } from '../../picture/menu/MoreButton';
import { openContextMenu } from '../../picture/menu/picture-menu-store';
import { PictureActionButton } from '../../picture/PictureActionButton';
import { runShortcut } from '../../picture/run-shortcut';
import { isThere } from '../../state/chat/messages';
import { useEngine } from '../../state/engine/engine-store';
import { modelLabels } from '../../state/engine/model-label';
import { useOwners } from '../../state/models/shared-models';
import { useEstimate } from '../../state/usage/use-estimate';
import { AfterPaint } from '../../ui/AfterPaint';
import { formatCost, formatDuration } from '../../ui/format';
import { CaptionLine } from './CaptionLine';
import { EditedFrom } from './EditedFrom';
import { frameRatio } from './frame-ratio';
import { captionText, costOf, generatingFor, shapeOf } from './group-caption';
import { Picture } from './Picture';
import styles from './PictureAnswer.module.css';
import { PictureNotes } from './PictureNotes';
import { useSeconds } from './use-seconds';

/** The actions with buttons. The others are in the menu. */
const shown = ['edit', 'again', 'save'] as const satisfies PictureActionName[];

type Props = {
  message: PictureMessage;
  /** Whether the picture is one of several of a request, which share a caption. */
  isGrouped: boolean;
  /** Whether all of them have the requested shape. */
  keepsRequestedRatio: boolean;
};

export function PictureAnswer({ message, isGrouped, keepsRequestedRatio }: Props) {
  const isStored = isThere(message);
  const target = useCallback(() => targetOfMessage(message), [message]);
  // Fixed while the message is on screen, so that nothing moves when the picture arrives.
  const [ratio] = useState(() => frameRatio(message, keepsRequestedRatio));
  const style: CSSProperties & Record<'--ratio', number> = { '--ratio': ratio };
  // Rendered from the first paint on, so that nothing moves when the actions appear.
  const actions = (
    <div className={styles['actions']}>
      {isStored && (
        <AfterPaint>
          {shown.map((action) => (
            <PictureActionButton key={action} action={action} target={target()} isLabelled />
          ))}
          <MoreButton target={target} size={16} />
        </AfterPaint>
      )}
    </div>
  );
  return (
    <figure
      className={styles['answer']}
      style={style}
      data-grouped={isGrouped || undefined}
      onKeyDown={(event) => void (isStored && runShortcut(event, target))}
      onContextMenu={(event) => isStored && isOnPicture(event.target) && openContextMenu(event, target)}
    >
      {message.parentId !== null && <EditedFrom sources={message.params.references ?? [message.parentId]} />}
      <div className={styles['frame']}>
        <Picture message={message} ratio={ratio} />
        {isGrouped && actions}
      </div>
      {isGrouped && message.tile && <TileCaption message={message} tile={message.tile} />}
      {!isGrouped && (
        <>
          <figcaption className={styles['line']}>
            <Caption message={message} words={message.tile?.words} ratio={ratio} />
          </figcaption>
          {actions}
        </>
      )}
      <PictureNotes message={message} />
    </figure>
  );
}

/** The caption that distinguishes the picture from the others of its request. */
function TileCaption({ message, tile }: { message: PictureMessage; tile: PictureTile }) {
  const words = tile.words?.join(' · ');
  return (
    <figcaption className={styles['tile']}>
      {words !== undefined && (
        <span className={styles['words']} title={words} dir="auto">
          {words}
        </span>
      )}
      {tile.ofSeveral && <Caption message={message} />}
    </figcaption>
  );
}

type CaptionProps = {
  message: PictureMessage;
  /** The words of a pattern or a list, if nothing else shows them. */
  words?: string[] | undefined;
  /** The ratio of the box; absent for one of several pictures. */
  ratio?: number;
};

function Caption({ message, words = [], ratio }: CaptionProps) {
  const isWaiting = message.status === 'pending' || message.status === 'generating';
  const estimate = useEstimate(message, isWaiting);
  const ownerOf = useOwners();
  const model = useEngine(({ status }) => modelLabels([message], status, ownerOf));
  const name = [...words, model].join(' · ');
  // The picture's box shows what it waits for.
  if (message.retryAt !== null) return <CaptionLine caption={{ name, facts: [], price: false }} />;
  if (message.status === 'pending')
    return <CaptionLine caption={{ name, facts: [t('chat.in_queue')], price: false }} />;
  if (isWaiting) return <Generating since={message.updatedAt} name={name} usual={usualDuration(estimate)} />;
  // The picture comes from the gallery, and “Again” makes a new one.
  if (message.reusedId !== undefined) {
    const whole = [...words, t('chat.from_gallery')].join(' · ');
    return <CaptionLine caption={{ name: whole, facts: [], price: false }} />;
  }
  const shape = shapeOf(message);
  const facts = [shape, message.durationMs !== null && formatDuration(message.durationMs)];
  const caption = { name, facts: facts.filter((fact) => fact !== false), price: costText(message) };
  const isOwn = ratio === undefined || !message.image || hasRatio(message.image, ratio);
  if (shape === false || isOwn) return <CaptionLine caption={caption} />;
  const title = joinSentences([`${captionText(caption)}.`, t('chat.other_shape_hint')]);
  return <CaptionLine caption={caption} title={title} />;
}

/** A separate component, because it is rendered every second. */
function Generating({ since, name, usual }: { since: number; name: string; usual: string | false }) {
  const seconds = useSeconds(since, true);
  const facts = [generatingFor(seconds), usual].filter((fact) => fact !== false);
  return <CaptionLine caption={{ name, facts, price: false }} isCounting />;
}

function costText(message: PictureMessage): string | false {
  const cost = costOf(message);
  if (cost === 'unknown') return t('chat.cost_unknown');
  return cost !== null && formatCost(cost);
}

function usualDuration(estimate: Estimate | null): string | false {
  if (!estimate) return false;
  const [p50, p95] = [formatDuration(estimate.p50), formatDuration(estimate.p95)];
  return p50 === p95
    ? t('chat.usually', { usual: p50 })
    : t('chat.usually_rarely_over', { usual: p50, slow: p95 });
}

function isOnPicture(element: EventTarget): boolean {
  return element instanceof Element && element.closest('[data-testid="picture"]') !== null;
}
