// What a picture's box shows until the picture arrives: the sheen, progress, a countdown to a retry, and Stop.
import { useEffect, useRef } from 'react';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { livePreviewUrl } from '../../../shared/domain/pictures';
import { useChat } from '../../state/chat/chat-store';
import { useProgress } from '../../state/chat/progress-store';
import { PlainButton } from '../../ui/PlainButton';
import { openLimits } from './failures/open-limits';
import { useSeconds } from './use-seconds';
import { useSheen } from './use-sheen';
import styles from './Waiting.module.css';

export function Waiting({ message }: { message: PictureMessage }) {
  return (
    <>
      <Sheen />
      {message.status === 'generating' && <Progress id={message.id} />}
      {message.retryAt !== null && <RetryCountdown message={message} retryAt={message.retryAt} />}
      <Stop id={message.id} isOffered={message.retryAt !== null} />
    </>
  );
}

function Sheen() {
  const light = useRef<HTMLDivElement>(null);
  useSheen(light);
  return (
    <div className={styles['sheen']}>
      <div ref={light} className={styles['light']} />
    </div>
  );
}

function Progress({ id }: { id: string }) {
  const { fraction, previewCount } = useProgress((state) => state.known[id]) ?? {
    fraction: null,
    previewCount: 0,
  };
  const forget = useProgress((state) => state.forget);
  useEffect(() => () => forget(id), [id, forget]);
  const percent = Math.round((fraction ?? 0) * 100);
  return (
    <>
      {/* No alt text before the picture is complete: the box has the name. */}
      {previewCount > 0 && <img className={styles['live']} src={livePreviewUrl(id, previewCount)} alt="" />}
      {fraction !== null && (
        <div
          className={styles['progress']}
          role="progressbar"
          aria-label="Progress"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
        >
          <div className={styles['done']} style={{ transform: `scaleX(${fraction})` }} />
        </div>
      )}
    </>
  );
}

/** Screen readers get the sentence only, not the count of every second. */
function RetryCountdown({ message, retryAt }: { message: PictureMessage; retryAt: number }) {
  const { updatedAt: since, error } = message;
  const elapsed = useSeconds(since, true);
  const left = Math.ceil((retryAt - since) / 1000) - elapsed;
  // The user's own limit, which can be raised.
  const isOwn = error?.code === 'limit_minute';
  const next = isOwn ? 'Continues' : 'Trying again';
  return (
    <div className={styles['countdown']}>
      <p role="status">{isOwn ? error?.message : 'The provider is rate-limiting requests.'}</p>
      <p className={styles['count']} aria-hidden>
        {left > 0 ? `${next} in ${formatCountdown(left)}` : `${next} when it is next in the queue`}
      </p>
      {isOwn && (
        <p className={styles['raise']}>
          <PlainButton className={styles['link']} onClick={openLimits}>
            Raise limit
          </PlainButton>
        </p>
      )}
    </div>
  );
}

/** Returns seconds as "0:24". */
function formatCountdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function Stop({ id, isOffered }: { id: string; isOffered: boolean }) {
  const cancel = useChat((state) => state.cancel);
  return (
    <button
      type="button"
      className={styles['stop']}
      data-offered={isOffered || undefined}
      onClick={() => void cancel(id)}
    >
      Stop
    </button>
  );
}
