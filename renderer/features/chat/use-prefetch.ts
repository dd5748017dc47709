// Requests a prefetch of the picture when the user pauses over a draft, and cancels it when they continue.

import { useEffect, useRef } from 'react';
import { serviceOf } from '../../../shared/domain/service-directory';
import { request } from '../../ipc';
import type { OutgoingMessage } from '../../state/chat/chat-state';
import { useChat } from '../../state/chat/chat-store';
import { useChosenModels } from '../../state/composer/chosen-models';
import { chosenFields, useChosenProvider } from '../../state/composer/chosen-provider';
import { chosenStyles, stylesField, useChosenStyles } from '../../state/composer/chosen-styles';
import { useDraft } from '../../state/composer/draft-store';
import { useSettings } from '../../state/settings/settings-store';
import { useUsage } from '../../state/usage/usage-store';

/** Time without a change that counts as a pause (ms). */
const pausesMs = { writing: 500, pointing: 80 };

/**
 * Ignores failures, because a prefetch only makes a picture arrive sooner.
 *
 * @param by how the user chose the prompt. Pointing at a starter prompt never prefetches a billed picture.
 */
export function usePrefetch(
  {
    text,
    mode,
    aspectRatio,
    count,
    seed,
  }: Pick<OutgoingMessage, 'text' | 'mode' | 'aspectRatio' | 'count' | 'seed'>,
  by: keyof typeof pausesMs,
): void {
  const provider = useChosenProvider();
  // Prefetches only if a single model is chosen.
  const isOne = useChosenModels().length === 1;
  const options = useDraft((state) => state.options);
  const styles = useChosenStyles();
  const isWanted = useSettings(({ settings }) =>
    serviceOf(provider.id).local ? settings.prefetch : settings.prefetchBilled && by === 'writing',
  );
  // A draft restored from the last session is not prefetched until it changes.
  const restored = useRef(text);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each change of the model, the options or the styles.
  useEffect(() => {
    if (!isWanted || !isOne || count !== 1 || text.trim() === '' || text === restored.current) return;
    restored.current = '';
    let isRequested = false;
    const timer = setTimeout(() => {
      isRequested = true;
      const input = {
        ...{ text, mode, aspectRatio, ...chosenFields(), ...stylesField(chosenStyles()) },
        ...(seed !== undefined && { seed }),
      };
      // A prefetch counts toward the limits.
      void request('chat:prefetch', input).then(useUsage.getState().refreshSoon);
    }, pausesMs[by]);
    return () => {
      clearTimeout(timer);
      if (isRequested) useChat.getState().stopPrefetch();
    };
  }, [text, mode, aspectRatio, count, seed, isWanted, isOne, by, provider, options, styles]);
}
