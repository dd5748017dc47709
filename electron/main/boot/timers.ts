// Timers in the form in which rooms take them, so that tests can pass their own.

export function after(milliseconds: number, work: () => void): void {
  setTimeout(work, milliseconds);
}

export function every(milliseconds: number, work: () => void): void {
  setInterval(work, milliseconds);
}

/** Runs `work` after the current turn, once a reply has left. */
export function soon(work: () => void): void {
  setImmediate(work);
}
