// A picture message: the picture, one quiet line under it, and what can be done with it.
import { Copy, Download, FolderOpen, RefreshCw, Trash2 } from 'lucide-react';
import type { Estimate, PictureMessage } from '../../shared/ipc';
import { findModel } from '../../shared/models';
import { copyText, deletePicture, saveCopy, showInFolder } from '../picture-actions';
import { formatCost, formatDuration } from '../ui/format';
import { IconButton } from '../ui/IconButton';
import { useEstimate } from '../usage/use-estimate';
import { useChat } from './chat-store';
import { Picture } from './Picture';
import styles from './PictureAnswer.module.css';
import { useSeconds } from './use-seconds';

export function PictureAnswer({ message }: { message: PictureMessage }) {
  return (
    <figure className={styles['answer']}>
      <Picture message={message} />
      <figcaption className={styles['line']}>
        <Caption message={message} />
        {message.image && message.image.state === undefined && <Actions message={message} />}
      </figcaption>
    </figure>
  );
}

function Caption({ message }: { message: PictureMessage }) {
  const isWaiting = message.status === 'pending' || message.status === 'generating';
  const seconds = useSeconds(message.updatedAt, isWaiting);
  const estimate = useEstimate(message, isWaiting);
  const label = findModel(message.model)?.label ?? message.model;
  if (message.status === 'pending') return <span>{label} · waiting for its turn</span>;
  if (isWaiting)
    return (
      <span>
        {[label, seconds < 1 ? 'at work' : `at work for ${seconds} s`, usual(estimate)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    );
  const facts = [
    label,
    message.durationMs !== null && formatDuration(message.durationMs),
    message.costMicroUsd !== null && formatCost(message.costMicroUsd),
  ];
  return <span>{facts.filter(Boolean).join(' · ')}</span>;
}

function usual(estimate: Estimate | null): string | false {
  if (!estimate) return false;
  const [p50, p95] = [formatDuration(estimate.p50), formatDuration(estimate.p95)];
  return p50 === p95 ? `usually ${p50}` : `usually ${p50}, seldom over ${p95}`;
}

function Actions({ message }: { message: PictureMessage }) {
  const send = useChat((state) => state.send);
  const { id, prompt, params } = message;
  return (
    <span className={styles['actions']}>
      <IconButton
        icon={RefreshCw}
        size={16}
        label="Make another"
        onClick={() =>
          void send({ text: prompt, mode: 'picture', aspectRatio: params.aspectRatio, count: 1 })
        }
      />
      <IconButton icon={Copy} size={16} label="Copy the prompt" onClick={() => void copyText(prompt)} />
      <IconButton icon={FolderOpen} size={16} label="Show in folder" onClick={() => void showInFolder(id)} />
      <IconButton icon={Download} size={16} label="Save a copy" onClick={() => void saveCopy(id)} />
      <IconButton icon={Trash2} size={16} label="Delete" onClick={() => void deletePicture(id)} />
    </span>
  );
}
