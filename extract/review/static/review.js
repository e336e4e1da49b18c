// The review page's script: no library, no network but this page's own server.
"use strict";
(() => {
  const $ = (query, root = document) => root.querySelector(query);
  const $$ = (query, root = document) => [...root.querySelectorAll(query)];
  const meta = (name) => $(`meta[name="${name}"]`).content;
  const data = (id) => JSON.parse($(`#${id}`).textContent);
  const words = data("words");
  const say = (key, ...parts) => parts.reduce((text, part) => text.replace("{}", () => part), words[key]);
  const lang = document.documentElement.lang;
  const make = (name, text = "", attributes = {}) => {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const when = (iso) => {
    const date = new Date(iso);
    if (!iso || Number.isNaN(date.getTime())) return iso || "";
    const now = new Date();
    const day = date.toDateString() === now.toDateString() ? {} : { month: "2-digit", day: "2-digit" };
    if (date.getFullYear() !== now.getFullYear()) day.year = "numeric";
    return iso.length > 10 ? date.toLocaleString(lang, { ...day, hour: "2-digit", minute: "2-digit" }) : iso;
  };
  const name = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`heshu-${meta("heshu-place")}`) : { postMessage() {} };

  // --- what is told at the edge of the page ---------------------------------------------------------------------------

  const toast = (text, action, act) => {
    const box = make("div", text, { class: "toast" });
    if (action) {
      const button = make("button", action, { type: "button" });
      button.addEventListener("click", () => { box.remove(); act(); });
      box.append(" ", button);
    }
    $("#toasts").replaceChildren(box);
    setTimeout(() => box.remove(), action ? 8000 : 4000);
  };
  const notice = (id, text, ...buttons) => {
    $(`#${id}`)?.remove();
    if (!text) return;
    const box = make("p", text, { class: "notice bad", id });
    for (const [label, act] of buttons) {
      const button = make("button", label, { type: "button" });
      button.addEventListener("click", act);
      box.append(" ", button);
    }
    $("#notices").append(box);
  };

  // --- what is said and not saved yet: kept in the browser until the server says that it is on the disk -----------------

  const shelf = `heshu-outbox-${meta("heshu-place")}-`;
  const outbox = new Map();
  const keep = (item) => {
    outbox.set(item.body.request, item);
    try { localStorage.setItem(shelf + item.body.request, JSON.stringify({ ...item, state: "" })); } catch { /* it stays in this page */ }
  };
  const drop = (item) => {
    outbox.delete(item.body.request);
    try { localStorage.removeItem(shelf + item.body.request); } catch { /* it was never there */ }
  };
  const collect = () => {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(shelf)) continue;
      try {
        const item = JSON.parse(localStorage[key]);
        if (item.body?.request && ["/decisions", "/corrections"].includes(item.path) && !outbox.has(item.body.request)) outbox.set(item.body.request, item);
      } catch { localStorage.removeItem(key); }
    }
  };
  const listeners = [];
  const tell = (item, event, answer) => listeners.forEach((listener) => listener(item, event, answer));
  const post = async (item) => {
    if (item.state === "sending") return;
    item.state = "sending";
    let status = 0, answer = {};
    try {
      const response = await fetch(item.path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Heshu-Token": meta("heshu-token") },
        body: JSON.stringify(item.body),
        signal: AbortSignal.timeout(30000),
      });
      status = response.status;
      const text = await response.text();
      try { answer = JSON.parse(text); } catch { answer = { line: text.trim() }; }
    } catch { status = 0; }
    item.state = "";
    if (status === 200) {
      drop(item);
      channel.postMessage("changed");
      tell(item, "saved", answer);
      if (answer.warning) notice("suppression", say("suppression", answer.warning));
    } else if (status === 409) {
      drop(item);
      tell(item, "conflict", answer);
    } else if (status === 422 || status === 400 || status === 413 || status === 415) {
      drop(item);
      notice("refused", say("not_saved.refused", answer.line ?? status));
      tell(item, "refused", answer);
    } else {
      item.why = status === 507 ? "disk" : status === 0 ? "away" : status === 403 || status === 421 ? "expired" : "away";
      tell(item, "waiting", answer);
    }
    report();
  };
  const send = (path, body, label) => {
    const item = { path, body: { ...body, request: name() }, label, since: Date.now() };
    keep(item);
    post(item);
    return item;
  };
  const flush = () => [...outbox.values()].forEach(post);
  const report = () => {
    const waiting = [...outbox.values()].filter((item) => item.why);
    const why = ["expired", "disk", "away"].find((kind) => waiting.some((item) => item.why === kind));
    const act = why === "expired" ? [say("reload"), () => location.reload()] : [say("retry"), flush];
    notice("unsaved", waiting.length ? `${say("not_saved", waiting.length)}${lang === "en" ? ". " : "。"}${say(`not_saved.${why}`)}` : "", act);
    document.body.classList.toggle("unsaved", waiting.length > 0);
  };
  setInterval(flush, 5000);
  addEventListener("beforeunload", (event) => { if (outbox.size) { event.preventDefault(); event.returnValue = say("leaving"); } });

  // --- keys -----------------------------------------------------------------------------------------------------------

  const keys = {};
  const typing = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // an input method is at work
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.target.closest?.("form")?.requestSubmit();
      return;
    }
    if (event.key === "Escape") { keys.escape?.(event); return; }
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z" && !typing(event.target) && keys.undo) { event.preventDefault(); keys.undo(); return; }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act && !(event.key === "Enter" && event.target.closest("a, button, summary"))) { event.preventDefault(); act(event); }
  });
  keys["?"] = () => $("#keys").showModal();
  document.addEventListener("click", (event) => {
    if (event.target.closest('[data-act="keys"]')) $("#keys").showModal();
    if (event.target.matches?.("dialog")) event.target.close(); // beside it
  });
  keys.l = () => { if (!$("#rows")) location.href = "/"; };

  // --- the list -------------------------------------------------------------------------------------------------------

  const list = () => {
    const rows = $("#rows"), search = $("#search");
    let filter = sessionStorage.getItem("heshu-filter") ?? "all", current = sessionStorage.getItem("heshu-row") ?? "";
    const fits = (row) => (filter === "all" || row.dataset.state === filter) && search.value.toLowerCase().split(/\s+/).every((part) => row.dataset.words.includes(part));
    const visible = () => $$("tr[data-id]", rows).filter((row) => !row.hidden);
    const dress = () => {
      if (filter !== "all" && !$(`[data-filter="${filter}"]`, rows)) filter = "all";
      $$("[data-filter]", rows).forEach((chip) => chip.setAttribute("aria-pressed", chip.dataset.filter === filter));
      $$("tr[data-id]", rows).forEach((row) => { row.hidden = !fits(row); row.classList.toggle("current", row.dataset.id === current); });
      $$("time", rows).forEach((time) => { time.textContent = when(time.dateTime); });
      $("#nothing-fits").hidden = !$("tr[data-id]", rows) || visible().length > 0;
    };
    let last = rows.innerHTML;
    const refresh = async () => {
      if (document.hidden) return;
      try {
        const response = await fetch("/rows");
        if (response.status === 403) { notice("away", say("not_saved.expired"), [say("reload"), () => location.reload()]); return; }
        notice("away", "");
        const text = await response.text();
        if (response.ok && text !== last) { last = text; rows.innerHTML = text; dress(); }
      } catch { notice("away", say("not_saved.away")); }
    };
    setInterval(() => refresh(), 2000);
    document.addEventListener("visibilitychange", refresh);
    channel.onmessage = refresh;
    search.addEventListener("input", dress);
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") { visible()[0] && open(visible()[0]); } });
    rows.addEventListener("click", (event) => {
      const chip = event.target.closest("[data-filter]");
      if (chip) { filter = chip.dataset.filter; sessionStorage.setItem("heshu-filter", filter); dress(); return; }
      const row = event.target.closest("tr[data-id]");
      if (row && !event.target.closest("a") && !getSelection().toString()) open(row);
    });
    const open = (row) => {
      sessionStorage.setItem("heshu-row", row.dataset.id);
      const link = $("a.name", row);
      if (link) location.href = link.href;
    };
    const move = (step) => {
      const all = visible(), at = all.findIndex((row) => row.dataset.id === current);
      const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))];
      if (!next) return;
      current = next.dataset.id;
      sessionStorage.setItem("heshu-row", current);
      dress();
      next.scrollIntoView({ block: "nearest" });
    };
    keys.j = keys.ArrowDown = () => move(1);
    keys.k = keys.ArrowUp = () => move(-1);
    keys.Enter = () => { const row = visible().find((one) => one.dataset.id === current); if (row) open(row); };
    keys.n = () => { const row = visible().find((one) => one.dataset.state === "todo"); if (row) open(row); };
    keys["/"] = () => search.focus();
    keys.escape = (event) => { if (event.target === search) { search.value = ""; dress(); search.blur(); } };

    const upload = async (files) => {
      for (const file of files) {
        toast(say("uploading", file.name));
        let text = "";
        try {
          const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
            method: "POST", headers: { "X-Heshu-Token": meta("heshu-token"), "Content-Type": "application/octet-stream" }, body: file,
          });
          const answer = await response.json().catch(() => ({}));
          if (response.ok) toast(answer.line); else text = answer.line ?? say("not_saved.expired");
        } catch { text = `${file.name}：${say("not_saved.away")}`; }
        if (text) notice(`upload-${name()}`, text, ["×", (event) => event.target.parentElement.remove()]);
        refresh();
      }
    };
    const picker = $("#files");
    $("#upload").addEventListener("click", () => picker.click());
    picker.addEventListener("change", async () => { await upload([...picker.files]); picker.value = ""; });
    let depth = 0;
    const over = (event, step) => {
      if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
      event.preventDefault();
      depth += step;
      $("#drop").hidden = depth <= 0;
    };
    addEventListener("dragenter", (event) => over(event, 1));
    addEventListener("dragleave", (event) => over(event, -1));
    addEventListener("dragover", (event) => over(event, 0));
    addEventListener("drop", (event) => { over(event, 0); depth = 0; $("#drop").hidden = true; upload([...(event.dataTransfer?.files ?? [])]); });
    dress();
  };

  // --- a report ---------------------------------------------------------------------------------------------------------

  const reading = () => {
    const own = data("document"), text = $("#text");
    let state = data("state"), current = null, shown = "all", last = null, inspected = null;
    const entries = $$("#entries > .entry");
    const byCase = new Map($$(".entry").map((entry) => [entry.dataset.case, entry]));
    const visible = () => entries.filter((entry) => !entry.hidden);
    const standing = (entry) => state.standings[entry.dataset.fingerprint] ?? { state: "open", decision: null, comment: "", reason: "" };
    const waiting = (entry) => [...outbox.values()].filter((item) => item.body.fingerprint === entry.dataset.fingerprint).at(-1);
    const isDecided = (entry) => (waiting(entry)?.body ?? standing(entry)).state !== "open";
    const isOpen = (entry) => !isDecided(entry) && entry.dataset.weight !== "info"; // a remark waits for nobody

    const dress = () => {
      for (const entry of entries) {
        const one = standing(entry), item = waiting(entry);
        const now = item ? item.body : one;
        entry.dataset.state = now.state;
        entry.classList.toggle("pending", Boolean(item));
        const parts = [];
        if (now.state !== "open") parts.push(make("span", say(now.state), { class: "badge" }));
        if (now.reason) parts.push(make("span", now.reason, { class: "why" }));
        if (now.comment) parts.push(make("span", now.comment, { class: "comment" }));
        const by = item ? say(item.why ? "not_saved" : "saving", 1) : one.by === "page" ? [one.who, when(one.at)].filter(Boolean).join(" · ")
          : one.by ? [say(`by_${one.by}`), one.who, one.at].filter(Boolean).join(" · ") : "";
        if (by) parts.push(make("span", by, { class: item?.why ? "by bad" : "by" }));
        const line = $(".status", entry);
        const fresh = parts.map((part) => part.outerHTML).join("");
        if (line.innerHTML !== fresh) line.replaceChildren(...parts);
        $('[data-act="accept"]', entry).setAttribute("aria-pressed", now.state === "accepted");
        $('[data-act="dismiss"]', entry).setAttribute("aria-pressed", now.state === "dismissed");
        $('[data-act="reopen"]', entry).hidden = now.state === "open";
        $('[data-act="history"]', entry).hidden = one.decision === null;
      }
      const counts = { all: entries.length, open: entries.filter(isOpen).length, done: entries.filter(isDecided).length };
      $$("[data-show]").forEach((chip) => { $("b", chip).textContent = counts[chip.dataset.show]; chip.setAttribute("aria-pressed", chip.dataset.show === shown); });
      $("#decided").textContent = say("decided_of", state.decided, state.asked);
      Object.assign($("#progress"), { max: state.asked || 1, value: state.asked ? state.decided : 1 });
      $("#all-done").hidden = !entries.length || counts.open > 0;
      filter();
      $$(".corrected", text).forEach((element) => element.classList.remove("corrected"));
      state.corrected.forEach((id) => document.getElementById(id)?.classList.add("corrected"));
    };
    const fits = { all: () => true, open: isOpen, done: isDecided };
    const filter = () => entries.forEach((entry) => { entry.hidden = entry !== current && !fits[shown](entry); });

    const refresh = async () => {
      if (document.hidden) return;
      try {
        const response = await fetch(`/documents/${own.id}/state`);
        if (response.status === 403) { notice("away", say("not_saved.expired"), [say("reload"), () => location.reload()]); return; }
        notice("away", "");
        if (response.status === 404) { notice("changed", say("changed"), [say("reload"), () => { location.href = "/"; }]); return; }
        if (!response.ok) return;
        const fresh = await response.json();
        if (fresh.progress === "ready" && fresh.key !== own.key) notice("changed", say("changed"), [say("reload"), () => location.reload()]);
        if (fresh.progress === "ready" && JSON.stringify(fresh) !== JSON.stringify(state)) { state = fresh; dress(); }
      } catch { notice("away", say("not_saved.away")); }
    };
    setInterval(refresh, 3000);
    document.addEventListener("visibilitychange", refresh);
    addEventListener("focus", refresh);
    channel.onmessage = refresh;

    // Which finding is looked at, and where it stands in the text.
    const scrolled = (element, box) => {
      const place = element.getBoundingClientRect(), frame = box.getBoundingClientRect();
      if (place.top < frame.top + 60 || place.bottom > frame.bottom - 100) box.scrollBy({ top: place.top - frame.top - frame.height / 3 });
    };
    const inPanel = (element) => {
      const panel = $(".panel"), place = element.getBoundingClientRect(), frame = panel.getBoundingClientRect();
      const above = place.top - frame.top - 52, below = place.bottom - frame.bottom + 16;
      if (above < 0) panel.scrollBy({ top: above }); else if (below > 0) panel.scrollBy({ top: Math.min(above, below) });
    };
    const places = (entry) => [...new Set($$(".places a", entry).map((link) => link.hash.slice(1)))].map((id) => document.getElementById(id)).filter(Boolean);
    const show = (element) => {
      $$(".focus", text).forEach((one) => one.classList.remove("focus"));
      element.classList.add("focus");
      const folded = element.closest("details");
      if (folded) folded.open = true;
      scrolled(element, text.parentElement);
      inspect(element);
    };
    const select = (entry, { quiet = false } = {}) => {
      if (!entry) return;
      if (current !== entry) {
        current?.classList.remove("current");
        $$(".lit", text).forEach((one) => one.classList.remove("lit"));
        current = entry;
        entry.classList.add("current");
        $$(`[data-cases~="${CSS.escape(entry.dataset.case)}"]`, text).forEach((one) => one.classList.add("lit"));
        history.replaceState(null, "", `#${entry.dataset.case}`);
        filter();
      }
      const group = entry.closest("details");
      if (group) group.open = true;
      inPanel(entry);
      const cause = $(".lit.cause", text);
      if (!quiet) { const first = cause ?? places(entry)[0]; if (first) show(first); }
    };
    const move = (step) => {
      const all = visible(), at = all.indexOf(current);
      select(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))]);
    };
    const nextOpen = () => {
      const at = entries.indexOf(current), turned = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
      const next = turned.find(isOpen);
      if (next) select(next); else if ($("#todo")) $("#todo").focus();
    };

    // What is said.
    const decide = (entry, changes) => {
      const one = standing(entry), item = waiting(entry);
      if (item && item.state === "sending") return;
      const base = item ? item.body : one;
      if (item) drop(item); // said again before it could be saved: the later word counts
      const body = {
        document: own.id, fingerprint: entry.dataset.fingerprint, seen: item ? item.body.seen : one.decision,
        state: base.state, reason: base.reason ?? "", comment: base.comment ?? "", ...changes,
      };
      if (body.state !== "dismissed") body.reason = "";
      last = { entry, before: { state: one.state, reason: one.reason, comment: one.comment } };
      send("/decisions", body, `${own.name} ${entry.dataset.case}`);
      dress();
    };
    const say_undo = (entry, verb) => toast(`${say(verb)} ${entry.dataset.case}`, `${say("reopen")} (Ctrl Z)`, keys.undo);
    keys.undo = () => {
      if (!last) return;
      const { entry, before } = last;
      last = null;
      select(entry);
      decide(entry, before);
      last = null;
    };
    const accept = (entry) => { decide(entry, { state: "accepted" }); say_undo(entry, "accepted"); nextOpen(); };
    const form = (entry, kind) => {
      $$(".said").forEach((one) => one.remove());
      const made = $(`#${kind}-form`).content.firstElementChild.cloneNode(true), one = waiting(entry)?.body ?? standing(entry);
      const field = $("input, textarea", made);
      field.value = kind === "dismiss" ? one.reason : one.comment;
      if (kind === "dismiss") {
        const quick = $(".quick", made);
        $$("#reasons option").slice(0, 6).forEach((option) => {
          const button = make("button", option.value, { type: "button", class: "chip" });
          button.addEventListener("click", () => { field.value = option.value; field.focus(); });
          quick.append(button);
        });
      }
      made.addEventListener("submit", (event) => {
        event.preventDefault();
        const value = field.value.trim();
        if (kind === "dismiss" && !value) { field.setCustomValidity(say("need_reason")); field.reportValidity(); return; }
        made.remove();
        entry.focus?.();
        if (kind === "dismiss") {
          decide(entry, { state: "dismissed", reason: value });
          if (![...$("#reasons").options].some((option) => option.value === value)) $("#reasons").prepend(make("option", "", { value }));
          say_undo(entry, "dismissed");
          nextOpen();
        } else decide(entry, { comment: value });
      });
      field.addEventListener("input", () => field.setCustomValidity(""));
      $(".verdict", entry).append(made);
      field.focus();
      field.select();
      inPanel(made);
    };
    const past = async (entry) => {
      const response = await fetch(`/documents/${own.id}/history/${entry.dataset.fingerprint}`);
      if (!response.ok) return;
      const all = await response.json();
      $("#past ol").replaceChildren(...all.map((one) => make("li", [when(one.at), one.who, say(one.state), one.reason, one.comment].filter(Boolean).join(" · "))));
      $("#past").showModal();
    };
    const act = { accept, dismiss: (entry) => form(entry, "dismiss"), comment: (entry) => form(entry, "comment"), reopen: (entry) => decide(entry, { state: "open" }), history: past };
    $(".panel").addEventListener("click", (event) => {
      const chip = event.target.closest("[data-show]");
      if (chip) { shown = chip.dataset.show; dress(); return; }
      const entry = event.target.closest(".entry");
      if (!entry) return;
      const button = event.target.closest("button[data-act]");
      const link = event.target.closest("a[href^='#']");
      if (link) {
        event.preventDefault();
        select(entry, { quiet: true });
        const target = document.getElementById(link.hash.slice(1));
        if (target) show(target);
      } else if (button?.dataset.act === "cancel") button.closest("form").remove();
      else if (button && act[button.dataset.act]) { select(entry, { quiet: button.dataset.act !== "accept" }); act[button.dataset.act](entry); }
      else if (!event.target.closest("form, button, summary") && !getSelection().toString()) select(entry);
    });
    listeners.push((item, event, answer) => {
      if (item.body.document !== own.id) return;
      const entry = entries.find((one) => one.dataset.fingerprint === item.body.fingerprint);
      if (event === "saved" && answer.decision) {
        const before = standing(entry ?? { dataset: { fingerprint: item.body.fingerprint } });
        const severe = entry && entry.dataset.weight !== "info";
        if (severe) state.decided += (answer.decision.state !== "open") - (before.state !== "open");
        state.standings[answer.decision.fingerprint] = { ...answer.decision, by: "page", decision: answer.decision.id };
      }
      if (event === "conflict" && entry) {
        const there = answer.standing;
        if (there) state.standings[there.fingerprint] = { ...there, by: "page", decision: there.id };
        const box = make("p", say("conflict", there ? [say(there.state), there.reason, there.who].filter(Boolean).join(" · ") : say("open"), say(item.body.state)), { class: "notice bad conflict" });
        const mine = make("button", say("overrule"), { type: "button" }), theirs = make("button", say("leave"), { type: "button" });
        mine.addEventListener("click", (click) => { click.stopPropagation(); box.remove(); decide(entry, { state: item.body.state, reason: item.body.reason, comment: item.body.comment }); });
        theirs.addEventListener("click", (click) => { click.stopPropagation(); box.remove(); });
        box.append(" ", mine, " ", theirs);
        $(".conflict", entry)?.remove();
        $(".verdict", entry).append(box);
        select(entry, { quiet: true });
        refresh();
      }
      if (event === "saved" && item.path === "/corrections") { refresh(); if (inspected) inspect(inspected, true); }
      dress();
    });

    // A number: what it claims, and what is wrong about that.
    const inspector = $("#inspector");
    let fact = null;
    const inspect = async (element, again = false) => {
      if (inspected === element && !again) return;
      inspected = element;
      fact = null;
      if (!/^f\d+$/.test(element.id)) { inspector.hidden = true; return; }
      const response = await fetch(`/documents/${own.id}/facts/${element.id}`).catch(() => null);
      if (!response?.ok || inspected !== element) return;
      fact = await response.json();
      const now = fact.now, parts = [make("b", fact.written)];
      const add = (label, value, field) => {
        if (!value) return;
        const part = make("span", "", { class: fact.corrected.includes(field) ? "pair corrected" : "pair" });
        part.append(make("small", say(label)), " ", value);
        parts.push(part);
      };
      if (now.fact) parts.push(make("span", say("no_fact"), { class: "pair corrected" }));
      add("indicator", now.indicator, "indicator");
      add("unit", now.unit, "unit");
      add("period", now.period || fact.period_meant, "period");
      add("subject", now.subject || fact.subject_meant, "subject");
      add("kind", $(`#correct [name=kind] option[value="${CSS.escape(now.kind)}"]`)?.textContent ?? now.kind, "kind");
      const button = make("button", `${say("correct")} E`, { type: "button", title: say("correct_title"), class: "quiet" });
      button.addEventListener("click", () => correct());
      inspector.replaceChildren(...parts, button);
      inspector.hidden = false;
    };
    const dialog = $("#correct"), fields = $("form", dialog).elements;
    const correct = () => {
      if (!fact) return;
      $("#correct-quote").textContent = fact.quote || fact.written;
      for (const field of ["indicator", "unit", "period", "subject", "kind"]) fields[field].value = fact.now[field];
      fields.period.placeholder = fact.period_meant;
      fields.subject.placeholder = fact.subject_meant;
      fields.fact.checked = Boolean(fact.now.fact);
      $('[data-act="withdraw"]', dialog).hidden = !fact.corrected.length;
      dialog.showModal();
      fields.indicator.focus();
    };
    const amended = (wanted) => {
      const changes = {};
      for (const [field, after] of Object.entries(wanted)) if (after !== fact.now[field]) changes[field] = { before: fact.before[field], after };
      if (Object.keys(changes).length) send("/corrections", { document: own.id, name: own.name, text: fact.text, start: fact.start, end: fact.end, printed: fact.printed, changes }, fact.printed);
      dialog.close();
    };
    $("form", dialog).addEventListener("submit", (event) => {
      event.preventDefault();
      const wanted = Object.fromEntries(["indicator", "unit", "period", "subject", "kind"].map((field) => [field, fields[field].value.trim()]));
      amended({ ...wanted, fact: fields.fact.checked ? "no" : "" });
    });
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-act]");
      if (button?.dataset.act === "close") dialog.close();
      if (button?.dataset.act === "withdraw") amended({ ...fact.before });
    });
    text.addEventListener("click", (event) => {
      const mark = event.target.closest(".n, .place");
      if (!mark || getSelection().toString()) return;
      event.preventDefault();
      const cases = (mark.dataset.cases ?? "").split(" ").filter((id) => byCase.has(id));
      if (cases.length) select(byCase.get(cases[(cases.indexOf(current?.dataset.case) + 1) % cases.length]), { quiet: true });
      show(mark);
    });

    const around = (step) => {
      if (!current) return;
      const all = places(current), at = all.indexOf($(".focus", text));
      if (all.length) show(all[(at + step + all.length) % all.length]);
    };
    const on = (kind) => () => { if (current?.dataset.fingerprint) act[kind](current); };
    Object.assign(keys, {
      j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1), n: nextOpen,
      a: on("accept"), d: on("dismiss"), c: on("comment"), u: on("reopen"), h: on("history"), e: correct, p: (event) => around(event.shiftKey ? -1 : 1),
      "[": () => $('[data-act="before"]').href && $('[data-act="before"]').click(), "]": () => $('[data-act="after"]').href && $('[data-act="after"]').click(),
      escape: () => $$(".said").forEach((one) => one.remove()),
    });
    dress();
    const asked = location.hash && byCase.get(decodeURIComponent(location.hash.slice(1)));
    select(asked || entries.find(isOpen) || entries[0]);
  };

  const wait = () => {
    const element = $("[data-wait]");
    if (!element) return;
    setInterval(async () => {
      const response = await fetch(`/documents/${element.dataset.wait}/state`).catch(() => null);
      if (response?.status === 404) location.href = "/";
      if (response?.ok && ["ready", "failed"].includes((await response.json()).progress)) location.reload();
    }, 1000);
  };

  collect();
  if (document.body.classList.contains("list")) list();
  else if (document.body.classList.contains("reading")) reading();
  else wait();
  flush();
})();
