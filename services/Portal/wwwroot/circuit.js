// Starts the circuit, and brings it back by itself: the page keeps what it shows while the connection is away.
(() => {
  const note = () => {
    let pill = document.getElementById('connection');
    if (!pill) {
      pill = document.createElement('div');
      pill.id = 'connection';
      pill.setAttribute('role', 'status');
      document.body.append(pill);
    }
    return pill;
  };
  let trying = false;

  const comeBack = async () => {
    trying = true;
    const since = performance.now();
    for (let attempt = 0; trying; attempt++) {
      if (performance.now() - since > 1500) {
        note().textContent = 'Reconnecting… what you see is the last known state.';
        note().hidden = false;
      }
      try {
        // False: the server has a new life and does not know this page; a fresh one picks up the drafts.
        if (await Blazor.reconnect()) return;
        location.reload();
        return;
      } catch {
        await new Promise(done => setTimeout(done, Math.min(250 * 2 ** attempt, 4000)));
      }
    }
  };

  Blazor.start({
    circuit: {
      reconnectionHandler: {
        onConnectionDown: () => {
          if (!trying) comeBack();
        },
        onConnectionUp: () => {
          trying = false;
          note().hidden = true;
        }
      }
    }
  });
})();
