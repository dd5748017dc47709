// The label of a field for a key.

/** Returns "Google API key"; "API key" for a service without a name of its own, such as "Another … service". */
export function keyLabel(serviceName: string): string {
  return /^another /i.test(serviceName) ? 'API key' : `${serviceName} API key`;
}
