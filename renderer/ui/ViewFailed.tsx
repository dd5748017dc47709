// Shown in place of a view that failed to render: says that nothing is lost and offers to try again.
import { Button } from './Button';
import { Page } from './Page';

export function ViewFailed() {
  return (
    <Page title="This view could not be shown">
      <p role="alert">Nothing of yours is lost. Open it again; if that does not help, restart Afterimage.</p>
      <p>
        <Button onClick={() => window.location.reload()}>Open again</Button>
      </p>
    </Page>
  );
}
