// Tells the main process when the user pauses over a draft, and when they go on: it may begin the picture.
import { useEffect, useRef } from 'react';
import { providers } from '../../../shared/domain/model-catalogue';
import { request } from '../../ipc';
import type { Draft } from '../../state/chat/chat-state';
import { useSettings } from '../../state/settings/settings-store';
import { useUsage } from '../../state/usage/usage-store';

/** So long without a change is a pause, in milliseconds: a pointer that only passes by begins nothing either. */
const pauses = { writing: 500, pointing: 80 };

/**
 * What comes of it never matters here: a picture that was begun is only there sooner.
 *
 * @param by what the user does to it. To point at something is not to write it: that begins nothing that costs.
 */
export function usePrefetch(
  { text, mode, aspectRatio, count, seed }: Omit<Draft, 'fresh'>,
  by: keyof typeof pauses,
): void {
  const isWanted = useSettings(({ settings, provider }) =>
    providers[provider.id].local ? settings.prefetch : settings.prefetchBilled && by === 'writing',
  );
  // What was left over from the last time is not being written.
  const leftOver = useRef(text);

  useEffect(() => {
    if (!isWanted || count !== 1 || text.trim() === '' || text === leftOver.current) return;
    leftOver.current = '';
    let isTold = false;
    const timer = setTimeout(() => {
      isTold = true;
      const asked = { text, mode, aspectRatio, ...(seed !== undefined && { seed }) };
      // What has been begun may have been counted.
      void request('chat:prefetch', asked).then(useUsage.getState().refreshSoon);
    }, pauses[by]);
    return () => {
      clearTimeout(timer);
      if (isTold) void request('chat:stop-prefetch', {});
    };
  }, [text, mode, aspectRatio, count, seed, isWanted, by]);
}
