// Lets a message that is about to grow keep its place: at its end, the transcript would follow the growth.
import { createContext, useContext } from 'react';

export const LeaveEnd = createContext<() => void>(() => {});

export function useLeaveEnd(): () => void {
  return useContext(LeaveEnd);
}
