// Numbers as people read them.

/** @returns milliseconds as "0.8 s", "12 s" or "2 min 5 s". */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${Math.max(0.1, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`;
}

/** @returns micro-dollars as "free", "$0.034" or "$1.20". */
export function formatCost(microUsd: number): string {
  if (microUsd === 0) return 'free';
  const dollars = microUsd / 1_000_000;
  if (dollars < 0.001) return 'under $0.001';
  return `$${dollars.toFixed(dollars < 1 ? 3 : 2)}`;
}

/** @returns bytes as "640 B", "88 kB" or "1.7 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
