// Small comforts. Every page works without this file; the server checks everything again.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** "Other: please say" boxes stay folded until their option is chosen; a folded box is not sent. */
function foldConditionalBoxes() {
  document.body.classList.add('govuk-frontend-supported');
  const boxes = all('[data-aria-controls]')
    .map((input) => ({ input, box: document.getElementById(input.dataset.ariaControls) }))
    // What has an error stays in sight.
    .filter(({ box }) => box && !box.querySelector('.govuk-error-message'));
  const update = () => {
    for (const { input, box } of boxes) {
      const kind = input.type === 'radio' ? 'radios' : 'checkboxes';
      box.classList.toggle(`govuk-${kind}__conditional--hidden`, !input.checked);
      for (const field of all('input, textarea, select', box)) field.disabled = !input.checked;
    }
  };
  document.addEventListener('change', update);
  window.addEventListener('pageshow', update);
  update();
}

/** Ticking "None of these" clears the rest, and the rest clears it; typing clears "Don't know", and the other way. */
function keepExclusiveTicksAlone() {
  document.addEventListener('change', ({ target }) => {
    if (target.type !== 'checkbox' || !target.checked) return;
    const alone = target.dataset.behaviour === 'exclusive';
    for (const other of all('input[type=checkbox]', target.form ?? document)) {
      if (other === target || other.name !== target.name) continue;
      if (alone || other.dataset.behaviour === 'exclusive') other.checked = false;
    }
    const typed = target.closest('.sn-marks')?.parentElement;
    if (typed) for (const box of all('input[type=text], select', typed)) box.value = '';
  });
  document.addEventListener('input', ({ target }) => {
    const group = target.type === 'text' && target.value !== '' && target.closest('.govuk-form-group:has(.sn-marks)');
    if (group) for (const mark of all('.sn-marks input', group)) mark.checked = false;
  });
}

/** Counts as the server does: a line break is one character, an emoji is not two. */
function countCharacters() {
  for (const group of all('[data-module=govuk-character-count]')) {
    const box = group.querySelector('textarea, input');
    const message = group.querySelector('.govuk-character-count__message');
    if (!box || !message) continue;
    const spoken = document.createElement('div');
    spoken.className = 'govuk-visually-hidden';
    spoken.setAttribute('aria-live', 'polite');
    message.after(spoken);
    let waiting;
    const update = () => {
      const left = Number(group.dataset.maxlength) - [...box.value.replaceAll('\r\n', '\n')].length;
      message.textContent = (left < 0 ? group.dataset.over : group.dataset.left).replace('%n', String(Math.abs(left)));
      message.classList.toggle('govuk-hint', left >= 0);
      message.classList.toggle('govuk-error-message', left < 0);
      clearTimeout(waiting);
      // Spoken only when the typing pauses.
      waiting = setTimeout(() => {
        spoken.textContent = message.textContent;
      }, 1000);
    };
    box.addEventListener('input', update);
    update();
  }
}

/** A box above a long list: typing in it leaves only the options that hold those letters. */
function shortenLongLists() {
  for (const list of all('select[data-search]')) {
    const options = [...list.options];
    const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const label = document.createElement('label');
    label.className = 'govuk-hint sn-filter';
    label.htmlFor = `${list.id}-search`;
    label.textContent = list.dataset.search;
    const box = document.createElement('input');
    Object.assign(box, {
      id: `${list.id}-search`,
      type: 'search',
      className: 'govuk-input sn-filter',
      autocomplete: 'off',
    });
    const found = document.createElement('div');
    found.className = 'govuk-visually-hidden';
    found.setAttribute('aria-live', 'polite');
    box.addEventListener('input', () => {
      const chosen = list.value;
      const fitting = options.filter(
        (option) =>
          option.value === '' || option.value === chosen || plain(option.text).includes(plain(box.value.trim())),
      );
      list.replaceChildren(...fitting);
      list.value = chosen;
      found.textContent = list.dataset.found.replace(
        '%n',
        String(fitting.filter((option) => option.value !== '').length),
      );
    });
    // Enter in the search box would send the page with the question unanswered.
    box.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        event.preventDefault();
        list.focus();
      }
    });
    list.before(label, box, found);
  }
}

/** A page that came back with errors says so first, and one that was led to after something was done says what. */
function focusSummary() {
  const summary = document.querySelector('[data-module=govuk-error-summary], .govuk-notification-banner[role=status]');
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
  summary.addEventListener('blur', () => summary.removeAttribute('tabindex'), { once: true });
}

function offerPrinting() {
  for (const button of all('[data-module=sn-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
}

/** A second press within a second is a shaky hand, not a second answer. */
function ignoreDoublePresses() {
  let last = Number.NEGATIVE_INFINITY;
  document.addEventListener('submit', (event) => {
    if (event.timeStamp - last < 1000) event.preventDefault();
    else last = event.timeStamp;
  });
}

/** The page of long work looks how far it is; whoever listens hears of a new step, and not of each percent. */
function followWork() {
  const work = document.querySelector('[data-module=sn-work]');
  if (!work) return;
  const spoken = document.createElement('div');
  spoken.className = 'govuk-visually-hidden';
  spoken.setAttribute('aria-live', 'polite');
  work.after(spoken);
  const stepOf = (element) => element.querySelector('p').textContent;
  const look = async () => {
    const reply = document.hidden ? undefined : await fetch(location.href).catch(() => undefined);
    if (reply?.redirected) return location.assign(reply.url);
    if (reply?.ok) {
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
      const fresh = page.querySelector('[data-module=sn-work]');
      if (!fresh) return location.reload();
      if (stepOf(fresh) !== stepOf(work)) spoken.textContent = stepOf(fresh);
      // Where somebody is on its link, it stays as it is.
      if (!work.contains(document.activeElement)) work.replaceChildren(...fresh.childNodes);
    }
    setTimeout(look, 3000);
  };
  setTimeout(look, 3000);
}

keepExclusiveTicksAlone();
foldConditionalBoxes();
countCharacters();
shortenLongLists();
focusSummary();
offerPrinting();
ignoreDoublePresses();
followWork();
