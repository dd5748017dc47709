// A clock that ticks only while it is looked at.
import { useEffect, useState } from 'react';

/** @returns whole seconds since `since` (UTC milliseconds), renewed each second while `active`. */
export function useSeconds(since: number, active: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [active, since]);
  return Math.max(0, Math.floor((now - since) / 1000));
}
