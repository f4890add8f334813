// Live pages without a framework: a notice from the server makes the page fetch itself and take over what changed.
(() => {
  const root = document.documentElement;
  const theme = document.getElementById('theme');
  const apply = (value) => { value ? root.dataset.theme = value : delete root.dataset.theme; };
  apply(localStorage.getItem('theme'));
  if (theme) {
    theme.value = localStorage.getItem('theme') ?? '';
    theme.addEventListener('change', () => { localStorage.setItem('theme', theme.value); apply(theme.value); });
  }

  const live = document.querySelector('.live');
  const connected = (yes) => {
    if (!live) return;
    live.classList.toggle('lost', !yes);
    live.querySelector('.word').textContent = yes ? 'live' : 'reconnecting…';
  };

  const toast = (text) => {
    document.querySelector('.toast')?.remove();
    const box = Object.assign(document.createElement('div'), { className: 'toast', textContent: text });
    box.setAttribute('role', 'alert');
    document.body.append(box);
    setTimeout(() => box.remove(), 8000);
  };

  // Replaces only nodes that differ, so that focus, selection and revealed values stay.
  const merge = (here, there) => {
    if (here.isEqualNode(there)) return;
    if (here.nodeType !== there.nodeType || here.nodeName !== there.nodeName || here.nodeType !== Node.ELEMENT_NODE
      || here.childNodes.length !== there.childNodes.length) { here.replaceWith(there); return; }
    if (here.dataset.revealed) return;
    for (const { name } of [...here.attributes]) if (!there.hasAttribute(name)) here.removeAttribute(name);
    for (const { name, value } of there.attributes) if (here.getAttribute(name) !== value) here.setAttribute(name, value);
    const to = [...there.childNodes];
    [...here.childNodes].forEach((child, i) => {
      if (child.nodeType === Node.TEXT_NODE && to[i].nodeType === Node.TEXT_NODE) {
        if (child.data !== to[i].data) {
          child.data = to[i].data;
          const cell = child.parentElement.closest('td');
          if (cell) { cell.classList.remove('glow'); void cell.offsetWidth; cell.classList.add('glow'); }
        }
      } else merge(child, to[i]);
    });
  };

  const area = document.querySelector('[data-live]');
  if (area) {
    let busy = false, again = false;
    const refresh = async () => {
      if (busy) { again = true; return; }
      busy = true;
      try {
        const answer = await fetch(location.href, { headers: { 'X-Requested-With': 'dashboard' } });
        if (answer.redirected) { location.reload(); return; }
        if (answer.ok) {
          const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
          const fresh = page.querySelector('[data-live]');
          if (fresh) merge(document.querySelector('[data-live]'), fresh);
        }
      } catch { connected(false); }
      busy = false;
      if (again) { again = false; refresh(); }
    };
    const events = new EventSource('/api/events');
    events.addEventListener('changed', refresh);
    events.addEventListener('open', () => connected(true));
    events.addEventListener('error', () => connected(false));
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    const { command, id, name, reveal } = button.dataset;
    if (command) {
      if (command === 'stop' && !confirm(`Stop ${name}?`)) return;
      button.disabled = true;
      try {
        const answer = await fetch(`/api/resources/${encodeURIComponent(id)}/${command}`,
          { method: 'POST', headers: { 'X-Requested-With': 'dashboard' } });
        if (!answer.ok) toast((await answer.json().catch(() => ({}))).error ?? `${command} ${name} failed (${answer.status})`);
      } catch { toast(`${command} ${name} failed: the host does not answer.`); }
      button.disabled = false;
    }
    if (reveal) {
      const answer = await fetch(reveal);
      if (!answer.ok) { toast('The value is no longer there.'); return; }
      const row = button.closest('tr');
      row.dataset.revealed = '1';
      row.querySelector('.value').textContent = (await answer.json()).value;
      button.remove();
    }
  });

  const log = document.getElementById('console');
  if (log) {
    const find = document.getElementById('find'), follow = document.getElementById('follow');
    const process = document.getElementById('process'), count = document.getElementById('count');
    const download = document.getElementById('download');
    const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    const show = (line) => {
      const word = find.value.toLowerCase(), only = process?.value ?? '';
      const text = line.querySelector('.text').textContent.toLowerCase();
      line.hidden = (word && !text.includes(word)) || (only && line.dataset.process && line.dataset.process !== only);
      line.style.display = line.hidden ? 'none' : '';
    };
    const tell = () => {
      const shown = [...log.children].filter((line) => !line.hidden).length;
      count.textContent = shown === log.children.length ? `${shown} lines` : `${shown} of ${log.children.length} lines`;
    };
    const all = () => { [...log.children].forEach(show); tell(); if (follow.checked) log.scrollTop = log.scrollHeight; };
    find.addEventListener('input', all);
    process?.addEventListener('change', () => {
      download.search = process.value ? `?process=${encodeURIComponent(process.value)}` : '';
      all();
    });
    follow.addEventListener('change', all);
    log.addEventListener('wheel', () => setTimeout(() => { follow.checked = atEnd(); }, 50), { passive: true });
    document.getElementById('resource').addEventListener('change', (e) => { location.href = e.target.value; });
    document.querySelector('.filters').addEventListener('submit', (e) => e.preventDefault());
    let waiting = [];
    const flush = () => {
      const lines = document.createElement('template');
      lines.innerHTML = waiting.join('');
      waiting = [];
      [...lines.content.children].forEach(show);
      log.append(lines.content);
      while (log.children.length > 10000) log.firstElementChild.remove();
      tell();
      if (follow.checked) log.scrollTop = log.scrollHeight;
    };
    const events = new EventSource(`${log.dataset.source}?after=${log.dataset.last}`);
    events.addEventListener('message', (e) => {
      if (waiting.push(JSON.parse(e.data).html) === 1) requestAnimationFrame(flush);
    });
    events.addEventListener('open', () => connected(true));
    events.addEventListener('error', () => connected(false));
    document.addEventListener('keydown', (e) => {
      if (e.key === '/' && document.activeElement.tagName !== 'INPUT') { e.preventDefault(); find.focus(); }
    });
    all();
  }
})();
