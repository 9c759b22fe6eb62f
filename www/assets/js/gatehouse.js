// Improves pages that work without it: live regions, countdowns, copying, showing passwords, one submit per form.
(() => {
  'use strict';
  const page = document.documentElement;
  const status = document.getElementById('status');
  const title = document.title;
  page.classList.add('js');

  /** Reads `text` out to screen readers. */
  const say = (text) => {
    if (!status) return;
    status.textContent = '';
    setTimeout(() => { status.textContent = text; }, 50);
  };

  // Live regions. A fragment replaces a region's content node by node, so that the focus, a selection and whatever the
  // reader has folded open stay as they are.

  const sameKind = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && a.id === b.id;

  const takeAttributes = (from, to) => {
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name) && !(name === 'open' && from.nodeName === 'DETAILS')) from.removeAttribute(name);
    }
    for (const { name, value } of to.attributes) {
      if (name === 'open' && from.nodeName === 'DETAILS') continue;
      if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
  };

  const takeChildren = (from, to) => {
    let old = from.firstChild;
    for (const fresh of [...to.childNodes]) {
      if (!old) {
        from.append(fresh);
      } else if (!sameKind(old, fresh)) {
        const next = old.nextSibling;
        old.replaceWith(fresh);
        old = next;
      } else {
        if (old.nodeType !== Node.ELEMENT_NODE) {
          if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
        } else if (!old.isEqualNode(fresh)) {
          takeAttributes(old, fresh);
          takeChildren(old, fresh);
        }
        old = old.nextSibling;
      }
    }
    while (old) {
      const next = old.nextSibling;
      old.remove();
      old = next;
    }
  };

  const showProgress = () => {
    const shown = document.querySelector('[data-live] [data-title-progress]');
    document.title = shown ? `(${shown.dataset.titleProgress} %) ${title}` : title;
  };

  // Never in a loop: a page that asks for it again at once, as on a second way to the provider, waits a moment.
  const reloadLater = (path) => {
    const key = `reloaded ${path}`;
    let wait = 0;
    try {
      wait = Math.max(0, Number(sessionStorage.getItem(key)) + 5000 - Date.now());
      sessionStorage.setItem(key, String(Date.now() + wait));
    } catch { /* storage is switched off */ }
    setTimeout(() => location.reload(), wait);
  };

  const follow = (region) => {
    const path = region.dataset.live;
    let failures = 0;
    let last = '';

    const note = document.createElement('p');
    note.className = 'live-note';
    note.setAttribute('role', 'status');
    note.hidden = true;
    region.after(note);
    const warn = (text) => {
      note.hidden = !text;
      if (note.textContent !== text) note.textContent = text;
    };

    const take = (text) => {
      if (text === last) return;
      last = text;
      takeChildren(region, new DOMParser().parseFromString(text, 'text/html').body);
      showProgress();
      tick();
    };

    const finish = () => {
      const spoken = region.querySelector('[data-announce]');
      if (spoken) say(spoken.dataset.announce);
      if (region.hasAttribute('data-live-reload')) reloadLater(path);
    };

    const poll = async () => {
      try {
        const answer = await fetch(path, {
          headers: { 'X-Live': '1' }, credentials: 'same-origin', cache: 'no-store', redirect: 'manual',
        });
        if (answer.ok) {
          take(await answer.text());
          failures = 0;
          warn('');
          if (answer.headers.get('X-Live-Done') === '1') return finish();
        } else if (answer.status >= 500 || answer.status === 429) {
          failures += 1;
        } else {
          return warn('This part is no longer kept up to date. Load the page again to go on.');
        }
      } catch {
        failures += 1;
      }
      if (failures > 2) warn('The portal does not answer at the moment. What you see may be out of date; trying again.');
      later();
    };

    const later = () => {
      const calm = document.hidden ? 5000 : 1000;
      setTimeout(poll, Math.min(30000, calm * 2 ** Math.min(failures, 5)));
    };

    later();
  };

  document.querySelectorAll('[data-live]').forEach(follow);
  showProgress();

  // Countdowns.

  const left = (milliseconds) => {
    if (milliseconds <= 0) return 'ended';
    const seconds = Math.ceil(milliseconds / 1000);
    const minutes = Math.floor(seconds / 60);
    if (minutes >= 1440) return `${Math.floor(minutes / 1440)} d ${Math.floor(minutes / 60) % 24} h left`;
    if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
    return `${minutes}:${String(seconds % 60).padStart(2, '0')} left`;
  };

  function tick() {
    for (const clock of document.querySelectorAll('[data-until]')) {
      const text = left(Date.parse(clock.dataset.until) - Date.now());
      if (clock.textContent !== text) clock.textContent = text;
    }
  }
  tick();
  if (document.querySelector('[data-until], [data-live]')) setInterval(tick, 1000);

  // Buttons.

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      const text = button.parentElement.querySelector('code, dl');
      if (text) getSelection().selectAllChildren(text);
      return say('Selected. Copy it with your keyboard.');
    }
    const word = button.firstElementChild;
    word.textContent = 'Copied';
    say('Copied');
    setTimeout(() => { word.textContent = 'Copy'; }, 2000);
  };

  const reveal = (button) => {
    const field = document.getElementById(button.dataset.reveal);
    const shows = field.type === 'password';
    field.type = shows ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shows));
  };

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-copy], [data-reveal], [data-dismiss]');
    if (!button) return;
    if ('copy' in button.dataset) copy(button);
    else if ('reveal' in button.dataset) reveal(button);
    else {
      button.closest('.notice').remove();
      document.getElementById('main').focus();
    }
  });

  // The user menu closes like a menu.

  const closeMenus = (inside) => document.querySelectorAll('[data-menu][open]').forEach((menu) => {
    if (!menu.contains(inside)) menu.open = false;
  });
  document.addEventListener('click', (event) => closeMenus(event.target));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const menu = event.target.closest('[data-menu][open]');
    if (menu) menu.querySelector('summary').focus();
    closeMenus();
  });

  // One submit per form. A page that comes back from the history can be sent again.

  const free = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll('[type="submit"]').forEach((button) => button.removeAttribute('aria-disabled'));
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post') return;
    if ('sent' in form.dataset) return event.preventDefault();
    form.dataset.sent = '';
    form.querySelectorAll('[type="submit"]').forEach((button) => button.setAttribute('aria-disabled', 'true'));
    setTimeout(free, 15000, form);
  });
  addEventListener('pageshow', () => document.querySelectorAll('[data-sent]').forEach(free));
})();
