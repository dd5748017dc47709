// A clock that ticks only while it is needed.
import { useEffect, useState } from 'react';

/** Returns the whole seconds since `since` (UTC milliseconds), updated every second while `active`. */
export function useSeconds(since: number, active: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return;
    const tick = () => setNow(Math.max(since, Date.now()));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [active, since]);
  return Math.max(0, Math.floor((now - since) / 1000));
}
