/* Each table as CSV: what a spreadsheet would take for a formula is kept from being one, numbers stay numbers. */
(function (VM) {
  'use strict';
  const NUMBER = /^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?$/;

  /** A cell as a spreadsheet may be given it. */
  VM.safeCell = (value) => {
    if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return '';
    const text = String(value);
    // What stands before the sign is what a spreadsheet skips: blanks, control characters, marks of direction.
    const formula = /^[\s\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*[=+\-@＝＋－＠]|^[\t\r]/.test(text);
    return typeof value === 'number' || !formula || NUMBER.test(text.trim()) ? text : `'${text}`;
  };

  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  VM.csv = (lines) => `${lines.map((line) => line.map((cell) => quoted(VM.safeCell(cell))).join(',')).join('\r\n')}\r\n`;

  /** Hand over a file; the mark in front lets Excel read it as UTF-8. */
  VM.download = (name, lines) => {
    const url = URL.createObjectURL(new Blob(['\ufeff', VM.csv(lines)], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    Object.assign(link, { href: url, download: `${name.replace(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 80)}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    VM.say(VM.t('downloaded'));
  };

  /** Copy a text; where the browser forbids it, the text is shown, selected, to be copied by hand. */
  VM.copy = async (text, said) => {
    try {
      await navigator.clipboard.writeText(text);
      VM.say(VM.t(said));
      return true;
    } catch {
      return VM.copyByHand(text, said);
    }
  };

  VM.copyByHand = (text, said) => {
    const box = document.createElement('dialog');
    box.className = 'vm-copy';
    const area = document.createElement('textarea');
    Object.assign(area, { value: text, readOnly: true, rows: 6 });
    area.setAttribute('aria-label', VM.t('copy_by_hand'));
    const note = document.createElement('p');
    note.textContent = VM.t('copy_by_hand');
    const close = document.createElement('button');
    Object.assign(close, { type: 'button', textContent: VM.t('close') });
    close.addEventListener('click', () => box.close());
    box.addEventListener('close', () => box.remove());
    box.setAttribute('aria-label', VM.t(said));
    box.append(note, area, close);
    document.body.append(box);
    box.showModal();
    area.select();
    return false;
  };

  /** Lines as a spreadsheet takes them from the clipboard: tabs between cells. */
  VM.tabbed = (lines) => lines.map((line) => line.map((cell) => VM.safeCell(cell).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
})(window.VM);
