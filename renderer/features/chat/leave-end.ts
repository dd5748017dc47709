// Lets a message that is about to grow keep the scroll position, because the transcript would otherwise stick to its end.
import { createContext, useContext } from 'react';

export const LeaveEnd = createContext<() => void>(() => {});

/** Returns a function that lets the transcript leave its end. Call it just before a message grows. */
export function useLeaveEnd(): () => void {
  return useContext(LeaveEnd);
}
