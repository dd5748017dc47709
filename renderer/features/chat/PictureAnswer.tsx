// A picture message: the picture, its caption, and its actions.

import type { CSSProperties } from 'react';
import type { Estimate } from '../../../shared/contract/usage';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { findModel } from '../../../shared/domain/model-lookup';
import { pictureSizes } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { PictureActionName } from '../../picture/action-list';
import { targetOfMessage } from '../../picture/action-target';
import { PictureActionButton } from '../../picture/PictureActionButton';
import { makeAnother } from '../../state/composer/composer-actions';
import { useEstimate } from '../../state/usage/use-estimate';
import { AfterPaint } from '../../ui/AfterPaint';
import { formatCost, formatDuration } from '../../ui/format';
import { PlainButton } from '../../ui/PlainButton';
import { EditedFrom } from './EditedFrom';
import { Picture } from './Picture';
import styles from './PictureAnswer.module.css';
import { PictureNotes } from './PictureNotes';
import { useSeconds } from './use-seconds';

export function PictureAnswer({ message }: { message: PictureMessage }) {
  const { width, height } = pictureSizes[message.params.aspectRatio];
  const ratio = width / height;
  const style: CSSProperties & Record<'--ratio', number> = { '--ratio': ratio };
  return (
    <figure className={styles['answer']} style={style}>
      {message.parentId !== null && (
        <EditedFrom id={message.parentId} count={message.params.references?.length ?? 1} />
      )}
      <Picture message={message} ratio={ratio} />
      <figcaption className={styles['line']}>
        <Caption message={message} />
        {message.image && message.image.state === undefined && (
          <AfterPaint>
            <Actions message={message} />
          </AfterPaint>
        )}
      </figcaption>
      <PictureNotes message={message} />
    </figure>
  );
}

function Caption({ message }: { message: PictureMessage }) {
  const isWaiting = message.status === 'pending' || message.status === 'generating';
  const seconds = useSeconds(message.updatedAt, isWaiting);
  const estimate = useEstimate(message, isWaiting);
  const label = findModel(message.model)?.label ?? message.model;
  // The picture's box shows what it waits for.
  if (message.retryAt !== null) return <span>{label}</span>;
  if (message.status === 'pending') return <span>{label} · in the queue</span>;
  if (isWaiting)
    return (
      <span>
        {[label, seconds < 1 ? 'generating' : `generating for ${seconds} s`, usualDuration(estimate)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    );
  if (message.reusedId !== undefined) return <Reused message={message} />;
  const shape = shapeOf(message);
  const facts = [
    label,
    shape,
    message.durationMs !== null && formatDuration(message.durationMs),
    costOf(message),
  ];
  const caption = facts.filter(Boolean).join(' · ');
  // Under a narrow picture the line is cut off.
  return shape === false ? <span>{caption}</span> : <span title={caption}>{caption}</span>;
}

/** Returns how a picture of another shape than the one asked for differs; part of the caption, so that nothing moves. */
function shapeOf({ notes = [] }: PictureMessage): string | false {
  const note = notes.find(({ code }) => code === 'other_shape');
  if (note?.code !== 'other_shape') return false;
  const { asked, got } = note;
  const wanted = [asked.aspectRatio, asked.resolution].filter(Boolean).join(' at ');
  return `${got.width} × ${got.height} instead of ${wanted}`;
}

/** Returns nothing before the duration is known, because the cost is stored in the same step. */
function costOf({ status, provider, durationMs, costMicroUsd }: PictureMessage): string | false {
  // The picture may have been charged at an unknown price, so it is not shown as free.
  if (costMicroUsd === 0 && status !== 'ready' && !serviceOf(provider).local) return 'cost unknown';
  if (costMicroUsd !== null) return formatCost(costMicroUsd);
  return status === 'ready' && durationMs !== null && 'cost unknown';
}

function usualDuration(estimate: Estimate | null): string | false {
  if (!estimate) return false;
  const [p50, p95] = [formatDuration(estimate.p50), formatDuration(estimate.p95)];
  return p50 === p95 ? `usually ${p50}` : `usually ${p50}, rarely over ${p95}`;
}

/** Tells the user that the picture was not made just now, and offers to make a new one. */
function Reused({ message }: { message: PictureMessage }) {
  return (
    <>
      <span>From your gallery, free</span>
      <PlainButton className={styles['link']} onClick={() => void makeAnother(message)}>
        Make a new one
      </PlainButton>
    </>
  );
}

const actions = [
  'open',
  'makeAnother',
  'useSeed',
  'attach',
  'copyPrompt',
  'showInFolder',
  'saveCopy',
  'delete',
] as const satisfies PictureActionName[];

function Actions({ message }: { message: PictureMessage }) {
  const target = targetOfMessage(message);
  return (
    <span className={styles['actions']}>
      {actions.map((action) => (
        <PictureActionButton key={action} action={action} target={target} size={16} />
      ))}
    </span>
  );
}
