/* The one name that the page's scripts share, and what all of them use. What a customer wrote only ever becomes text:
elements are made by Preact, which sets text nodes and attributes, never markup. */
(function () {
  'use strict';
  const VM = (window.VM = {});
  VM.h = window.preact.h;

  /** The text of a key in the page's language, its gaps filled. */
  VM.t = (key, gaps) => {
    const text = VM.words[key];
    if (text === undefined) throw new Error(`no words for ${key}`);
    return gaps ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in gaps ? String(gaps[name]) : whole)) : text;
  };

  /** Join class names, leaving out what is empty. */
  VM.css = (...names) => names.filter(Boolean).join(' ');

  /** A button of the page. */
  VM.button = (label, onClick, more) => VM.h('button', Object.assign({ type: 'button', onClick }, more), label);

  /** A list to choose one of, with its name before it; `choices` are `[value, name]`. */
  VM.chooseOne = (key, label, choices, chosen, onPick) =>
    VM.h('span', { class: 'vm-box', key }, VM.h('label', { for: `vm-${key}` }, label), ' ',
      VM.h('select', { id: `vm-${key}`, onChange: (event) => onPick(event.currentTarget.value) },
        choices.map(([value, name]) => VM.h('option', { value, selected: value === chosen }, name))));

  /** Tell those who hear the page what changed. */
  VM.say = (text) => {
    const live = document.getElementById('vm-live');
    if (live && live.textContent !== text) live.textContent = text;
  };

  /** How a text is compared when one looks for words: width and case of letters make no difference. */
  VM.folded = (text) => text.normalize('NFKC').toLowerCase();

  VM.known = (value) => typeof value === 'number' && Number.isFinite(value);
})();
