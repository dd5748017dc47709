// What is shown in the place of a view that could not be: nothing is lost, and one click tries again.
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
