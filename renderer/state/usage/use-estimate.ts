// The expected duration of a picture, loaded when the user starts waiting for it.
import { useEffect } from 'react';
import type { Estimate } from '../../../shared/contract/usage';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { estimateKey, useUsage } from './usage-store';

/** Returns null if nothing is waiting, or if too few pictures were made for an estimate. */
export function useEstimate(
  { provider, model, params }: PictureMessage,
  isWaiting: boolean,
): Estimate | null {
  const resolution = params.resolution ?? '1K';
  const estimate = useUsage((state) => state.estimates[estimateKey(provider, model, resolution)] ?? null);
  const readEstimate = useUsage((state) => state.readEstimate);
  useEffect(() => {
    if (isWaiting) void readEstimate(provider, model, resolution);
  }, [isWaiting, provider, model, resolution, readEstimate]);
  return isWaiting ? estimate : null;
}
