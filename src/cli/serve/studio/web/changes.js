// Hears of changes while the page is seen: a browser opens six connections to a site, and a tab that nobody looks at keeps none.

/** Calls `tell` after every change; of what changed while the page was hidden, once it is shown again. */
export function onChange(tell) {
  let source = null;
  let known = null;
  const stop = () => {
    source?.close();
    source = null;
  };
  const listen = () => {
    source = new EventSource('/_prongsai/changes');
    source.addEventListener('site', ({ data }) => {
      // Each connection begins with what there is already.
      if (known !== null && known !== data) tell();
      known = data;
      if (document.hidden) stop();
    });
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !source) listen();
    else if (document.hidden && known !== null) stop();
  });
  listen();
}
