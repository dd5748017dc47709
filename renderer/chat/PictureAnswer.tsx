// A picture message: the picture, one quiet line under it, and what can be done with it.
import { Copy, Download, FolderOpen, ImagePlus, RefreshCw, Trash2 } from 'lucide-react';
import type { PictureMessage } from '../../shared/ipc';
import { findModel } from '../../shared/models';
import { copyText, deletePicture, saveCopy, showInFolder } from '../picture-actions';
import { formatCost, formatDuration } from '../ui/format';
import { IconButton } from '../ui/IconButton';
import { toast } from '../ui/toasts';
import { useChat } from './chat-store';
import { Parent } from './Parent';
import { Picture } from './Picture';
import styles from './PictureAnswer.module.css';
import { useReferences } from './references';
import { useSeconds } from './use-seconds';

export function PictureAnswer({ message }: { message: PictureMessage }) {
  return (
    <figure className={styles['answer']}>
      {message.parentId !== null && (
        <Parent id={message.parentId} count={message.params.references?.length ?? 1} />
      )}
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
  const label = findModel(message.model)?.label ?? message.model;
  // What it waits for stands in its box.
  if (message.retryAt !== null) return <span>{label}</span>;
  if (message.status === 'pending') return <span>{label} · waiting for its turn</span>;
  if (isWaiting)
    return <span>{seconds < 1 ? `${label} · at work` : `${label} · at work for ${seconds} s`}</span>;
  const facts = [
    label,
    message.durationMs !== null && formatDuration(message.durationMs),
    message.costMicroUsd !== null && formatCost(message.costMicroUsd),
  ];
  return <span>{facts.filter(Boolean).join(' · ')}</span>;
}

function Actions({ message }: { message: PictureMessage }) {
  const send = useChat((state) => state.send);
  const attach = useReferences((state) => state.attach);
  const { id, prompt, params } = message;

  async function makeAnother(): Promise<void> {
    const { aspectRatio, references } = params;
    const draft = { text: prompt, mode: 'picture', aspectRatio, count: 1 } as const;
    const problem = await send(references ? { ...draft, references } : draft);
    if (problem) toast(problem.message, { tone: 'problem' });
  }

  return (
    <span className={styles['actions']}>
      <IconButton icon={RefreshCw} size={16} label="Make another" onClick={() => void makeAnother()} />
      <IconButton icon={ImagePlus} size={16} label="Edit with words" onClick={() => attach(id)} />
      <IconButton icon={Copy} size={16} label="Copy the prompt" onClick={() => void copyText(prompt)} />
      <IconButton icon={FolderOpen} size={16} label="Show in folder" onClick={() => void showInFolder(id)} />
      <IconButton icon={Download} size={16} label="Save a copy" onClick={() => void saveCopy(id)} />
      <IconButton icon={Trash2} size={16} label="Delete" onClick={() => void deletePicture(id)} />
    </span>
  );
}
