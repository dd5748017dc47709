// A picture message: the picture, one quiet line under it, and what can be done with it.
import { Copy, Download, FolderOpen, ImagePlus, RefreshCw, Sprout, Trash2 } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Estimate } from '../../../shared/contract/usage';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { providers } from '../../../shared/domain/model-catalogue';
import { findModel } from '../../../shared/domain/model-lookup';
import { pictureSizes } from '../../../shared/domain/models';
import { useChat } from '../../state/chat/chat-store';
import { pictureIdOf } from '../../state/chat/messages';
import { useDraft } from '../../state/composer/draft-store';
import { useReferences } from '../../state/composer/references-store';
import { copyText, deletePicture, saveCopy, showInFolder } from '../../state/pictures/picture-actions';
import { useEstimate } from '../../state/usage/use-estimate';
import { AfterPaint } from '../../ui/AfterPaint';
import { formatCost, formatDuration } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { toast } from '../../ui/toasts';
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
  const makeAnother = useMakeAnother(message);
  return (
    <>
      <span>From your gallery, free</span>
      <button type="button" className={styles['link']} onClick={() => void makeAnother()}>
        Make a new one
      </button>
    </>
  );
}

/** @returns what asks for the same words and shape again, with a seed of chance: the provider's, not the gallery's. */
function useMakeAnother({ prompt, params }: PictureMessage): () => Promise<void> {
  const send = useChat((state) => state.send);
  const { aspectRatio, references } = params;
  const draft = { text: prompt, mode: 'picture', aspectRatio, count: 1, fresh: true } as const;
  return async () => {
    const problem = await send(references ? { ...draft, references } : draft);
    if (problem) toast(problem.message, { tone: 'problem' });
  };
}

function Actions({ message }: { message: PictureMessage }) {
  const makeAnother = useMakeAnother(message);
  const attach = useReferences((state) => state.attach);
  const { prompt, params, provider } = message;
  const id = pictureIdOf(message);
  return (
    <span className={styles['actions']}>
      {message.reusedId === undefined && (
        <IconButton icon={RefreshCw} size={16} label="Make another" onClick={() => void makeAnother()} />
      )}
      {providers[provider].takesSeed && (
        <IconButton
          icon={Sprout}
          size={16}
          label="Use this seed"
          onClick={() => useDraft.getState().restoreRecipe({ prompt, ...params })}
        />
      )}
      <IconButton icon={ImagePlus} size={16} label="Edit with words" onClick={() => attach(id)} />
      <IconButton icon={Copy} size={16} label="Copy the prompt" onClick={() => void copyText(prompt)} />
      <IconButton icon={FolderOpen} size={16} label="Show in folder" onClick={() => void showInFolder(id)} />
      <IconButton icon={Download} size={16} label="Save a copy" onClick={() => void saveCopy(id)} />
      <IconButton icon={Trash2} size={16} label="Delete" onClick={() => void deletePicture(id)} />
    </span>
  );
}
