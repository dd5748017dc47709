// Keeps the scroll position when a message is about to grow, where the transcript would otherwise stick to its end.
import { createContext, useContext } from 'react';

export const LeaveEnd = createContext<() => void>(() => {});

export function useLeaveEnd(): () => void {
  return useContext(LeaveEnd);
}
