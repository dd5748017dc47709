// The environment of an app under test: the caller's, without the variables that would change the app.

/**
 * Variables of the app and of its services, the system's language and proxies. An app under test gets only those that
 * its test sets, so that a developer's key, language or data folder changes no test.
 */
const removed =
  /^(?:AFTERIMAGE_(?!UNATTENDED$)\w+|(?:GEMINI|GOOGLE|OPENAI|AUTOMATIC1111|COMFYUI)_\w+|LANG|LANGUAGE|LC_\w+|(?:https?|all|no)_proxy)$/i;

/**
 * @param base such as `process.env`.
 * @param dataFolder the data folder of the app.
 * @param changes variables to add; `undefined` removes one.
 */
export function appEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
  changes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const inherited = Object.entries(base).filter(([name]) => !removed.test(name));
  // English, with names of files in UTF-8: without an encoding, Chromium reads no other letters than ASCII's in them.
  const ours = { LC_ALL: 'C.UTF-8', AFTERIMAGE_DATA_DIR: dataFolder };
  const variables = [...inherited, ...Object.entries(ours), ...Object.entries(changes)];
  const kept = new Map<string, string>();
  for (const [name, value] of variables) {
    if (value === undefined) kept.delete(name);
    else kept.set(name, value);
  }
  return Object.fromEntries(kept);
}
