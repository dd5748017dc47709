// Tells that an app has ended from what is wrong.

/**
 * Returns the answer of an app, or `instead` if the app ends before it answers. Rejects with every other error, which the
 * caller may look at later.
 */
export function unlessGone<Value>(answer: Promise<Value>, instead: Value): Promise<Value> {
  const answered = answer.catch((error: unknown) => {
    if (/closed|crashed|disconnected/i.test(String(error))) return instead;
    throw error;
  });
  // Otherwise the process ends when it rejects before the caller looks.
  answered.catch(() => {});
  return answered;
}
