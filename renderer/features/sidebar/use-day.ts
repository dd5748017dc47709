// The present day, so that "Today" becomes "Yesterday" at midnight.
import { useEffect, useState } from 'react';

/** A computer that slept past midnight notices it this soon (ms). */
const checkMs = 60_000;

/** Returns a time of the present day in UTC milliseconds. It changes once a day. */
export function useDay(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow((before) =>
        new Date(before).toDateString() === new Date().toDateString() ? before : Date.now(),
      );
    }, checkMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
