// What is shown when the app could not read its own data: one sentence and what to do.
export function StartFailed({ message }: { message: string }) {
  return (
    <main style={{ padding: 48, maxWidth: 560 }}>
      <h1>Afterimage could not open your data</h1>
      <p role="alert">{message}</p>
    </main>
  );
}
