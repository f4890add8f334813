// What only the browser can do. Works on pages with a circuit and on plain ones.
(() => {
  const opened = [];

  const openDialog = (dialog, owner) => {
    opened.push({ dialog, before: document.activeElement });
    dialog.showModal();
    const close = () => owner.invokeMethodAsync('CloseAsync');
    dialog.addEventListener('cancel', event => {
      event.preventDefault();
      close();
    });
    dialog.addEventListener('mousedown', event => {
      if (event.target !== dialog) return;
      const box = dialog.getBoundingClientRect();
      const inside = event.clientX >= box.left && event.clientX <= box.right
        && event.clientY >= box.top && event.clientY <= box.bottom;
      if (!inside) close();
    });
  };

  const dialogGone = () => {
    // Told while the dialog may still stand: closed first, else nothing outside it takes the focus.
    const last = opened.pop();
    last?.dialog.close();
    if (last?.before?.isConnected) last.before.focus({ preventScroll: true });
  };

  const download = async (name, type, content) => {
    const bytes = await content.arrayBuffer();
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  // Posts a file straight to the gateway, which has the cookie: it does not go through the circuit.
  const upload = (input, address, fields, owner) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
    form.append('file', input.portalFile ?? input.files[0]);
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('Accept', 'application/json');
    let told = 0;
    request.upload.onprogress = event => {
      const now = performance.now();
      if (now - told < 100 && event.loaded < event.total) return;
      told = now;
      owner.invokeMethodAsync('Sent', event.loaded, event.total);
    };
    request.onload = () => owner.invokeMethodAsync('Answered', request.status, request.responseText);
    request.onerror = () => owner.invokeMethodAsync('Answered', 0, '');
    request.onabort = () => owner.invokeMethodAsync('Answered', -1, '');
    request.send(form);
    input.portalRequest = request;
  };

  // The same, for an answer that may be long: it is fetched as a stream when it is asked for.
  const post = (input, address, key, owner) => {
    const form = new FormData();
    form.append('file', input.portalFile);
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('Accept', 'application/json');
    if (key) request.setRequestHeader('Idempotency-Key', key);
    let told = 0;
    request.upload.onprogress = event => {
      const now = performance.now();
      if (now - told < 100 && event.loaded < event.total) return;
      told = now;
      owner.invokeMethodAsync('Sent', event.loaded, event.total);
    };
    const answered = status => {
      input.portalAnswer = new Blob([request.responseText]);
      owner.invokeMethodAsync('Answered', status);
    };
    request.onload = () => answered(request.status);
    request.onerror = () => answered(0);
    request.onabort = () => answered(-1);
    request.send(form);
    input.portalRequest = request;
  };

  const fileHas = async (input, text) =>
    (await input.portalFile.slice(0, 64 * 1024).text()).replace(/\s/g, '').includes(text);

  const holdFile = async (input, name, content) => {
    input.portalFile = new File([await content.arrayBuffer()], name, { type: 'application/json' });
  };

  // How the service would read the file. The beginning of a CSV is enough; a zip must be whole.
  const preview = (input, address, owner) => {
    const file = input.portalFile;
    const packed = /\.zip$/i.test(file.name);
    if (packed && file.size > 30 * 1024 * 1024) return false;
    const part = packed ? file.slice() : file.slice(0, 256 * 1024);
    const form = new FormData();
    const send = async () => {
      form.append('file', packed ? part : await wholeLines(part, file.size), file.name);
      try {
        const answer = await fetch(address, { method: 'POST', body: form, headers: { Accept: 'application/json' } });
        owner.invokeMethodAsync('Previewed', answer.status, await answer.text());
      } catch {
        owner.invokeMethodAsync('Previewed', 0, '');
      }
    };
    send();
    return true;
  };

  const wholeLines = async (part, size) => {
    if (part.size === size) return part;
    const bytes = new Uint8Array(await part.arrayBuffer());
    const end = bytes.lastIndexOf(10);
    return end > 0 ? part.slice(0, end + 1) : part;
  };

  const dropZone = (zone, input, owner) => {
    const take = file => {
      if (!file) return;
      input.portalFile = file;
      owner.invokeMethodAsync('Chosen', file.name, file.size);
    };
    zone.addEventListener('dragover', event => {
      event.preventDefault();
      zone.classList.add('over');
    });
    zone.addEventListener('dragleave', () => zone.classList.remove('over'));
    zone.addEventListener('drop', event => {
      event.preventDefault();
      zone.classList.remove('over');
      take(event.dataTransfer.files[0]);
    });
    input.addEventListener('change', () => take(input.files[0]));
    // The same file again, mended meanwhile, is a choice too.
    input.addEventListener('click', () => { input.value = ''; });
  };

  const typing = element => element?.closest('input, textarea, select, [contenteditable]');

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') {
      closeMenus();
      hideTip();
    }
    if (typing(event.target) || document.querySelector('dialog[open]')) return;
    if (event.key === '/') {
      const search = [...document.querySelectorAll('[data-search]')].find(e => e.offsetParent);
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select?.();
    } else if (event.key === '?') {
      document.getElementById('keys')?.showModal();
    }
  });

  const closeMenus = except => {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (menu === except) continue;
      const held = menu.contains(document.activeElement);
      menu.open = false;
      if (held) menu.querySelector('summary').focus();
    }
  };

  document.addEventListener('click', event => {
    const menu = event.target.closest('details.menu');
    closeMenus(menu);
    if (event.target.closest('[data-close-menu]')) closeMenus();
    const theme = event.target.closest('[data-theme-to]');
    if (theme) {
      window.portalTheme.set(theme.dataset.themeTo);
      markTheme();
    }
    if (event.target.closest('[data-fold-rail]')) {
      const wide = document.querySelector('.rail')?.offsetWidth > 100;
      document.documentElement.dataset.rail = wide ? 'narrow' : 'wide';
      localStorage.setItem('rail', wide ? 'narrow' : 'wide');
    }
    if (event.target.closest('[data-keys]')) {
      closeMenus();
      document.getElementById('keys')?.showModal();
    }
    if (event.target.closest('[data-sign-out]')) signOut();
  });

  // The grade's tooltip: one for the page, filled from the tile that is hovered or focused.
  let tip;
  let tipOf;
  const showTip = tile => {
    tip ??= document.body.appendChild(Object.assign(document.createElement('div'), { className: 'grade-tip' }));
    tip.setAttribute('role', 'tooltip');
    const parts = tile.dataset.tip.split('|');
    const list = document.createElement('dl');
    for (let i = 0; i + 1 < parts.length; i += 2) {
      list.append(Object.assign(document.createElement('dt'), { textContent: parts[i] }));
      list.append(Object.assign(document.createElement('dd'), { textContent: parts[i + 1] }));
    }
    tip.replaceChildren(list);
    if (parts.length % 2) tip.append(Object.assign(document.createElement('p'), { textContent: parts.at(-1) }));
    tip.hidden = false;
    tipOf = tile;
    placeTip();
  };
  const placeTip = () => {
    const box = tipOf.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.right - tip.offsetWidth, innerWidth - tip.offsetWidth - 8));
    const above = box.bottom + 8 + tip.offsetHeight > innerHeight;
    tip.style.left = `${left}px`;
    tip.style.top = `${above ? box.top - tip.offsetHeight - 8 : box.bottom + 8}px`;
  };
  const hideTip = () => {
    if (tip) tip.hidden = true;
  };
  for (const kind of ['mouseover', 'focusin'])
    document.addEventListener(kind, event => {
      const tile = event.target.closest?.('[data-tip]');
      if (tile) showTip(tile);
      else hideTip();
    });
  // It stays with its tile: the page also scrolls by itself, to bring what is hovered or focused into view.
  document.addEventListener('scroll', () => {
    if (!tip || tip.hidden) return;
    if (tipOf.isConnected) placeTip();
    else hideTip();
  }, true);

  const markTheme = () => {
    for (const button of document.querySelectorAll('[data-theme-to]'))
      button.setAttribute('aria-pressed', button.dataset.themeTo === window.portalTheme.wish());
  };

  const signOut = async () => {
    await fetch('/auth/logout', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
    location.assign('/sign-in');
  };

  // Half-written forms live through a reload: fields of a form with data-draft are kept for this tab.
  const draftKey = form => `draft:${form.dataset.draft}`;
  document.addEventListener('input', event => {
    const form = event.target.closest?.('[data-draft]');
    if (!form || !event.target.name) return;
    const kept = JSON.parse(sessionStorage.getItem(draftKey(form)) ?? '{}');
    kept[event.target.name] = event.target.value;
    sessionStorage.setItem(draftKey(form), JSON.stringify(kept));
  });
  const restoreDraft = form => {
    const kept = JSON.parse(sessionStorage.getItem(draftKey(form)) ?? 'null');
    for (const [name, value] of Object.entries(kept ?? {})) {
      const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
      if (!field || field.value === value) continue;
      field.value = value;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    return kept !== null;
  };
  const draft = name => sessionStorage.getItem(`draft:${name}`);
  const keepDraft = (name, text) => sessionStorage.setItem(`draft:${name}`, text);
  const dropDraft = name => sessionStorage.removeItem(`draft:${name}`);

  // The plain pages.
  const problemText = async answer => {
    const problem = await answer.json().catch(() => null);
    if (answer.status === 401) return problem?.title ?? 'User name or password is not right.';
    if (answer.status === 429) return problem?.title ?? 'Too many attempts. Wait a minute, then try again.';
    if (answer.status >= 500 || answer.status === 0) return 'The service is not available right now. Try again in a moment.';
    return problem?.title ?? 'That did not work. Check what you entered.';
  };

  const sendForm = (form, address, body, done) => form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button[type=submit]');
    const error = form.querySelector('[role=alert]');
    error.hidden = true;
    button.disabled = true;
    try {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(body(new FormData(form)))
      });
      if (answer.ok) return await done(answer);
      error.textContent = await problemText(answer);
      error.hidden = false;
    } catch {
      error.textContent = 'The service cannot be reached. Check your connection and try again.';
      error.hidden = false;
    } finally {
      button.disabled = false;
    }
  });

  const signIn = document.querySelector('form[data-sign-in]');
  if (signIn) {
    sendForm(signIn, '/auth/login',
      data => ({ userName: data.get('userName').trim(), password: data.get('password') }),
      () => {
        const to = new URLSearchParams(location.search).get('returnUrl') ?? '/';
        location.assign(/^\/(?![/\\])/.test(to) ? to : '/');
      });
  }

  const submit = document.querySelector('form[data-submit-ticket]');
  if (submit) {
    restoreDraft(submit);
    sendForm(submit, '/api/tickets',
      data => Object.fromEntries([...data].filter(([, value]) => value !== '')),
      async answer => {
        dropDraft('submit-ticket');
        const filed = await answer.json().catch(() => ({}));
        const done = document.querySelector('[data-submitted]');
        done.querySelector('[data-reference]').textContent = filed.number ?? filed.id ?? '';
        submit.hidden = true;
        done.hidden = false;
        done.querySelector('h2').focus();
      });
  }

  window.portal = {
    openDialog, dialogGone, download, upload, post, fileHas, holdFile, preview, dropZone, draft, keepDraft, dropDraft,
    fileContent: input => input.portalFile,
    answer: input => input.portalAnswer,
    cancelUpload: input => input.portalRequest?.abort(),
    focus: selector => document.querySelector(selector)?.focus(),
    back: () => history.back(),
    print: () => print(),
    ready: () => document.documentElement.dataset.ready = '',
    edit: element => {
      element.focus();
      element.select?.();
    },
    copy: text => navigator.clipboard.writeText(text),
    theme: () => window.portalTheme.wish()
  };
  markTheme();
  new MutationObserver(markTheme).observe(document.body, { childList: true });
})();
