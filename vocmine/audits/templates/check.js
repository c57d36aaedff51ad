"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const {words, reasons, rows, head, unknown} = data;
  const byId = name => document.getElementById(name);
  const shown = new Map([...reasons, [unknown, words.none]]);
  const fold = text => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const answers = rows.map(row => ({labels: [...row.labels], notes: ""}));
  let at = 0, adding = false, kept = true, saved = true;

  // Answers stay in this browser where it allows that: places and reasons, no texts and no ids of contacts.
  const store = {
    read() {
      try {
        const found = JSON.parse(localStorage.getItem(data.key));
        if (!found || !Array.isArray(found.answers) || found.answers.length !== rows.length) return;
        found.answers.forEach((each, i) => {
          answers[i].labels = each.labels.filter(label => shown.has(label) || label === rows[i].tag);
          answers[i].notes = String(each.notes || "");
        });
        at = Math.min(Math.max(Number(found.at) || 0, 0), rows.length - 1);
      } catch { kept = false; }
    },
    write() {
      try { localStorage.setItem(data.key, JSON.stringify({answers, at})); kept = true; } catch { kept = false; }
    },
  };

  const name = reason => shown.get(reason) || reason;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => key in values ? values[key] : whole);
  const button = (reason, key) => {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.reason = reason;
    if (key) { const mark = document.createElement("kbd"); mark.textContent = key; made.append(mark, " "); }
    made.append(name(reason));
    made.classList.toggle("is", answers[at].labels.includes(reason));
    made.addEventListener("click", () => choose(reason));
    return made;
  };

  const cell = value => {
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  const csv = () => [head, ...rows.map((row, i) => {
    const [first = "", second = "", third = ""] = answers[i].labels;
    const [contact, tag, prob, day] = row.kept;
    return [contact, tag, prob, first, second, third, answers[i].notes, day];
  })].map(line => line.map(cell).join(",")).join("\r\n") + "\r\n";

  const search = () => {
    const wanted = fold(byId("search").value);
    const found = wanted ? reasons.filter(([id, label]) => fold(label).includes(wanted) || fold(id).includes(wanted)) : reasons;
    byId("found").replaceChildren(...found.map(([id]) => button(id, "")));
    return found;
  };

  const show = () => {
    const row = rows[at], answer = answers[at], done = answers.filter(each => each.labels.length).length;
    byId("progress").textContent = fill(words.progress, {n: done, of: rows.length}) + (done === rows.length ? ` ${words.done}` : "");
    byId("bar").max = rows.length;
    byId("bar").value = done;
    byId("place").textContent = `${at + 1} / ${rows.length}`;
    byId("text").textContent = row.text;
    byId("tag").textContent = name(row.tag);
    byId("answer").textContent = answer.labels.length ? `${words.answer}: ${answer.labels.map(name).join(" + ")}` : words.open;
    byId("more").setAttribute("aria-pressed", String(adding));
    byId("likely").replaceChildren(...row.likely.map((reason, i) => button(reason, String(i + 1))));
    byId("notes").value = answer.notes;
    byId("csv").value = csv();
    byId("kept").textContent = kept ? words.kept : words.lost;
    search();
  };

  const go = to => {
    at = Math.min(Math.max(to, 0), rows.length - 1);
    adding = false;
    byId("search").value = "";
    byId("text").scrollTop = 0;
    store.write();
    show();
  };

  const choose = reason => {
    const labels = answers[at].labels;
    saved = false;
    if (adding) {
      if (!labels.includes(reason) && labels.length < 3) labels.push(reason);
      adding = false;
      byId("search").value = "";
      store.write();
      show();
      return;
    }
    answers[at].labels = [reason];
    go(at + 1);
  };

  const clear = () => { answers[at].labels = []; saved = false; store.write(); show(); };
  const more = () => { adding = !adding; show(); };
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv()], {type: "text/csv;charset=utf-8"}));
    link.download = data.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    saved = true;
  };

  const actions = {
    accept: () => choose(rows[at].tag), none: () => choose(unknown), more, clear, back: () => go(at - 1),
    skip: () => go(at + 1), save,
  };
  Object.entries(actions).forEach(([id, act]) => byId(id).addEventListener("click", act));
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", event => {
    if (event.isComposing) return;  // Enter ends the input of kanji
    if (event.key === "Enter") {
      const found = search();
      if (found.length && byId("search").value) { event.target.blur(); choose(found[0][0]); }
      event.preventDefault();
    }
  });
  byId("notes").addEventListener("input", event => {
    answers[at].notes = event.target.value;
    saved = false;
    store.write();
    byId("csv").value = csv();
  });

  const keys = {
    Enter: actions.accept, a: actions.accept, 0: actions.none, "+": more, Delete: clear, Backspace: clear, ArrowLeft: actions.back,
    b: actions.back, ArrowRight: actions.skip, s: actions.skip, d: save, "/": () => byId("search").focus(), n: () => byId("notes").focus(),
  };
  document.addEventListener("keydown", event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const inside = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (inside) { if (event.key === "Escape") event.target.blur(); return; }
    if (event.key === "Enter" && (event.target instanceof HTMLButtonElement || event.target.tagName === "SUMMARY")) return;
    const likely = /^[1-9]$/.test(event.key) ? rows[at].likely[Number(event.key) - 1] : undefined;
    const act = likely === undefined ? keys[event.key] : () => choose(likely);
    if (!act) return;
    event.preventDefault();
    act();
  });
  window.addEventListener("beforeunload", event => { if (!saved && !kept) event.preventDefault(); });

  store.read();
  show();
})();
