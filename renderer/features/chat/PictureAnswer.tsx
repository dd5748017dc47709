// A picture message: the picture, one quiet line under it, and what can be done with it.
import type { CSSProperties } from 'react';
import type { Estimate } from '../../../shared/contract/usage';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { providers } from '../../../shared/domain/model-catalogue';
import { findModel } from '../../../shared/domain/model-lookup';
import { pictureSizes } from '../../../shared/domain/models';
import type { PictureActionName } from '../../picture/action-list';
import { targetOfMessage } from '../../picture/action-target';
import { PictureActionButton } from '../../picture/PictureActionButton';
import { makeAnother } from '../../state/composer/composer-actions';
import { useEstimate } from '../../state/usage/use-estimate';
import { AfterPaint } from '../../ui/AfterPaint';
import { formatCost, formatDuration } from '../../ui/format';
import { Parent } from './EditedFrom';
import { Picture } from './Picture';
import styles from './PictureAnswer.module.css';
import { useSeconds } from './use-seconds';

export function PictureAnswer({ message }: { message: PictureMessage }) {
  const { width, height } = pictureSizes[message.params.aspectRatio];
  const ratio = width / height;
  const style: CSSProperties & Record<'--ratio', number> = { '--ratio': ratio };
  return (
    <figure className={styles['answer']} style={style}>
      {message.parentId !== null && (
        <Parent id={message.parentId} count={message.params.references?.length ?? 1} />
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
    </figure>
  );
}

function Caption({ message }: { message: PictureMessage }) {
  const isWaiting = message.status === 'pending' || message.status === 'generating';
  const seconds = useSeconds(message.updatedAt, isWaiting);
  const estimate = useEstimate(message, isWaiting);
  const label = findModel(message.model)?.label ?? message.model;
  // What it waits for stands in its box.
  if (message.retryAt !== null) return <span>{label}</span>;
  if (message.status === 'pending') return <span>{label} · waiting for its turn</span>;
  if (isWaiting)
    return (
      <span>
        {[label, seconds < 1 ? 'at work' : `at work for ${seconds} s`, usual(estimate)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    );
  if (message.reusedId !== undefined) return <Reused message={message} />;
  const facts = [label, message.durationMs !== null && formatDuration(message.durationMs), costOf(message)];
  return <span>{facts.filter(Boolean).join(' · ')}</span>;
}

/** How long it took and what it cost are told together: without the one, the other is still to come. */
function costOf({ status, provider, durationMs, costMicroUsd }: PictureMessage): string | false {
  // What may have been charged at a price that nobody knows is not free.
  if (costMicroUsd === 0 && status !== 'ready' && !providers[provider].local) return 'cost unknown';
  if (costMicroUsd !== null) return formatCost(costMicroUsd);
  return status === 'ready' && durationMs !== null && 'cost unknown';
}

function usual(estimate: Estimate | null): string | false {
  if (!estimate) return false;
  const [p50, p95] = [formatDuration(estimate.p50), formatDuration(estimate.p95)];
  return p50 === p95 ? `usually ${p50}` : `usually ${p50}, seldom over ${p95}`;
}

/** It must not look as if it had just been made, and the way to a new one is in plain sight. */
function Reused({ message }: { message: PictureMessage }) {
  return (
    <>
      <span>From your gallery, free</span>
      <button type="button" className={styles['link']} onClick={() => void makeAnother(message)}>
        Make a new one
      </button>
    </>
  );
}

const actions = [
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
