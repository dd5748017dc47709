// The screen for a start that failed because the app could not read its data, with what to do.
export function StartFailed({ message }: { message: string }) {
  return (
    <main style={{ padding: 48, maxWidth: 560 }}>
      <h1>Afterimage could not open your data</h1>
      <p role="alert">{message}</p>
    </main>
  );
}
