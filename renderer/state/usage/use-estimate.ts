// How long a picture is likely to take, asked for once it is waited for.
import { useEffect } from 'react';
import type { Estimate } from '../../../shared/contract/usage';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { estimateKey, useUsage } from './usage-store';

/** @returns null while nothing is waited for, or too little is known. */
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
