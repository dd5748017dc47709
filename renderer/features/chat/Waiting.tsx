// The content of a picture's box until the picture arrives: the sheen and live previews, over which the picture fades in;
// progress, a countdown to a retry, and Stop.

import { useEffect, useRef } from 'react';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { engineServiceId } from '../../../shared/domain/engine';
import { explain } from '../../../shared/domain/errors';
import { livePreviewUrl } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { useProgress } from '../../state/chat/progress-store';
import { useEngine } from '../../state/engine/engine-store';
import { stepsText } from '../../state/engine/engine-text';
import { openLimit } from '../../state/settings/open-settings';
import { PlainButton } from '../../ui/PlainButton';
import { useSeconds } from './use-seconds';
import { useSheen } from './use-sheen';
import styles from './Waiting.module.css';

export function Waiting({ message }: { message: PictureMessage }) {
  return (
    <>
      {message.status === 'generating' && <Progress id={message.id} />}
      {message.status === 'generating' && message.provider === engineServiceId && (
        <EngineWork id={message.id} />
      )}
      {message.retryAt !== null && <RetryCountdown message={message} retryAt={message.retryAt} />}
      <Stop id={message.id} />
    </>
  );
}

/** Stays until the picture has faded in over it, so that the box never shows its bare background in between. */
export function Backdrop({ message, isCovered }: { message: PictureMessage; isCovered: boolean }) {
  const { id, status } = message;
  const previewCount = useProgress((state) => state.known[id]?.previewCount ?? 0);
  const forget = useProgress((state) => state.forget);
  const isPending = status === 'pending';
  // A new attempt begins without progress.
  useEffect(() => (isPending ? forget(id) : () => forget(id)), [id, isPending, forget]);
  return (
    <>
      <Sheen />
      {previewCount > 0 && <LivePreview url={livePreviewUrl(id, previewCount)} isCovered={isCovered} />}
    </>
  );
}

/** Each preview replaces the previous one without a gap. As a background, it stays while the picture fades in over it. */
function LivePreview({ url, isCovered }: { url: string; isCovered: boolean }) {
  return (
    <>
      <div className={styles['live']} style={{ backgroundImage: `url(${url})` }} />
      {/* No alt text before the picture is complete: the box has the name. */}
      {!isCovered && <img className={styles['live']} src={url} alt="" />}
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
  const fraction = useProgress((state) => state.known[id]?.fraction ?? null);
  const hasPreview = useProgress((state) => (state.known[id]?.previewCount ?? 0) > 0);
  const steps = useProgress((state) => state.known[id]?.steps ?? null);
  if (fraction === null) return null;
  return (
    <div
      className={styles['progress']}
      role="progressbar"
      aria-label={t('chat.progress')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(fraction * 100)}
      aria-valuetext={steps ? stepsText(steps) : undefined}
      data-over-preview={hasPreview || undefined}
    >
      <div className={styles['done']} style={{ transform: `scaleX(${fraction})` }} />
    </div>
  );
}

/**
 * The engine's current work on a picture. Loading a model takes up to a minute without any steps. Screen readers read the
 * steps from the progress bar on demand.
 */
function EngineWork({ id }: { id: string }) {
  const server = useEngine((state) => state.status?.server);
  const steps = useProgress((state) => state.known[id]?.steps ?? null);
  return (
    <div className={styles['engine']}>
      <p role="status">
        {server === 'starting' && t('chat.engine_starting')}
        {server === 'restarting' && t('chat.engine_restarting')}
      </p>
      {server === 'running' && steps && <p aria-hidden>{stepsText(steps)}</p>}
    </div>
  );
}

/** Screen readers only read the sentence, not every second of the countdown. */
function RetryCountdown({ message, retryAt }: { message: PictureMessage; retryAt: number }) {
  const { updatedAt: since, error } = message;
  const elapsed = useSeconds(since, true);
  const left = Math.ceil((retryAt - since) / 1000) - elapsed;
  // The user's own limit, which can be raised.
  const isOwn = error?.code === 'limit_minute';
  return (
    <div className={styles['countdown']}>
      <p role="status">{isOwn ? explain(error) : t('chat.rate_limited')}</p>
      <p className={styles['count']} aria-hidden>
        {left > 0
          ? t(isOwn ? 'chat.continues_in' : 'chat.retries_in', { time: formatCountdown(left) })
          : t(isOwn ? 'chat.continues_when_next' : 'chat.retries_when_next')}
      </p>
      {isOwn && (
        <p className={styles['raise']}>
          <PlainButton className={styles['link']} onClick={() => openLimit(error.code, message.provider)}>
            {t('chat.raise_limit')}
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

function Stop({ id }: { id: string }) {
  const cancel = useChat((state) => state.cancel);
  return (
    <button type="button" className={styles['stop']} onClick={() => void cancel(id)}>
      {t('chat.stop')}
    </button>
  );
}
