// Distinguishes an app that has ended from other errors.

/**
 * Returns an app's answer, or `instead` if the app ends before it answers. Rejects with any other error, which the
 * caller may handle later.
 */
export function unlessGone<Value>(answer: Promise<Value>, instead: Value): Promise<Value> {
  const answered = answer.catch((error: unknown) => {
    if (/closed|crashed|disconnected/i.test(String(error))) return instead;
    throw error;
  });
  // Otherwise a rejection before the caller handles it would end the process.
  answered.catch(() => {});
  return answered;
}
