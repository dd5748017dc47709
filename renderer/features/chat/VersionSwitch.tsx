// Switches between the versions of a message: "‹ 2/3 ›".

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import type { Message } from '../../../shared/domain/conversations';
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { PlainButton } from '../../ui/PlainButton';
import styles from './VersionSwitch.module.css';

type Step = 'previous' | 'next';

/** The last used button and the version that it leads to. That version's button gets the focus, so that it is not lost. */
let focused: { versionId: string; step: Step } | null = null;

export function VersionSwitch({ message: { id, role, versions } }: { message: Message }) {
  const showVersion = useChat((state) => state.showVersion);
  const group = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (focused?.versionId !== id) return;
    group.current?.querySelector<HTMLElement>(`[data-step="${focused.step}"]`)?.focus();
    focused = null;
  }, [id]);

  if (!versions) return null;
  const at = versions.indexOf(id);

  function go(step: Step): void {
    const versionId = versions?.[step === 'next' ? at + 1 : at - 1];
    if (versionId === undefined) return;
    focused = { versionId, step };
    void showVersion(versionId);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would add a border and a legend.
    <div
      ref={group}
      role="group"
      aria-label={t(role === 'user' ? 'chat.message_versions' : 'chat.answer_versions')}
      className={styles['switch']}
      data-versions
    >
      <PlainButton
        isRepeatable
        className={styles['step']}
        aria-label={t('chat.previous_version')}
        title={t('chat.previous_version')}
        // Stays focusable, because it may have the focus when it reaches the end.
        aria-disabled={at === 0}
        data-step="previous"
        onClick={() => go('previous')}
      >
        <ChevronLeft size={16} strokeWidth={1.75} aria-hidden />
      </PlainButton>
      <span role="status">
        <span aria-hidden>
          {at + 1}/{versions.length}
        </span>
        <span className="visually-hidden">
          {t('chat.version', { number: at + 1, count: versions.length })}
        </span>
      </span>
      <PlainButton
        isRepeatable
        className={styles['step']}
        aria-label={t('chat.next_version')}
        title={t('chat.next_version')}
        aria-disabled={at === versions.length - 1}
        data-step="next"
        onClick={() => go('next')}
      >
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
      </PlainButton>
    </div>
  );
}
