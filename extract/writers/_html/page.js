// From a finding to its places and back, by mouse and by keyboard. Without this script every link still leads there.
"use strict";
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  document.documentElement.classList.add("live");

  const text = byId("text");
  const inspector = byId("inspector");
  const cases = $$(".case");
  const data = JSON.parse(byId("facts").textContent);
  const checksOf = new Map();
  for (const check of data.checks) {
    for (const fact of check[3]) {
      if (!checksOf.has(fact)) checksOf.set(fact, []);
      checksOf.get(fact).push(check);
    }
  }

  const make = (name, content = [], attributes = {}) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...[content].flat());
    return element;
  };
  const wide = () => matchMedia("(min-width: 62rem)").matches;
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const reveal = (element, block) => element.scrollIntoView({ block, inline: block === "center" ? "center" : "nearest", behavior: still() ? "auto" : "smooth" });

  // --- The case at hand, and the place of it ---

  let current = null;
  let place = -1;
  let lit = [];
  let number = null;

  const targetOf = (link) => byId(decodeURIComponent(link.hash.slice(1)));
  const placesOf = (article) => $$(".places a", article);
  // A word of the document that belongs to a case: data-cases="x1 x3".
  const marked = (id) => $$(`[data-cases~="${CSS.escape(id)}"]`, text);

  const choose = (article, { scroll = true, focus = true } = {}) => {
    for (const element of lit) element.classList.remove("on", "here");
    if (current) {
      current.classList.remove("current");
      current.removeAttribute("aria-current");
      for (const link of placesOf(current)) link.classList.remove("here");
    }
    current = article;
    place = -1;
    lit = [];
    if (!article) return;
    if (article.parentElement.hidden) {
      // Who asks for a finding gets it, whatever was filtered before.
      filters.reset();
      filter();
    }
    for (let around = article.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    article.classList.add("current");
    article.setAttribute("aria-current", "true");
    lit = marked(article.id);
    for (const element of lit) element.classList.add("on");
    if (focus) article.focus({ preventScroll: true });
    if (scroll) reveal(article, wide() ? "nearest" : "start");
  };

  const visit = (article, index) => {
    if (article !== current) choose(article, { scroll: wide(), focus: false });
    const links = placesOf(article);
    if (!links.length) return;
    place = (index + links.length) % links.length;
    for (const element of lit) element.classList.remove("here");
    links.forEach((link, n) => link.classList.toggle("here", n === place));
    const fold = links[place].closest("details");
    if (fold) fold.open = true;
    const target = targetOf(links[place]);
    if (!target) return;
    if (!lit.includes(target)) lit.push(target);
    target.classList.add("on", "here");
    number = target;
    target.focus({ preventScroll: true });
    reveal(target, "center");
    inspect(target, { quiet: wide() });
  };

  const back = () => {
    if (!inspector.hidden) inspector.hidden = true;
    if (!current) return;
    for (const element of lit) element.classList.remove("here");
    current.focus({ preventScroll: true });
    reveal(current, wide() ? "nearest" : "start");
  };

  // --- A number: what it states, and the relations that it takes part in ---

  const inspect = (element, { quiet = false } = {}) => {
    const told = data.facts[element.id];
    const box = inspector.lastElementChild;
    const words = data.words;
    inspector.dataset.state = element.dataset.state || "";
    inspector.dataset.weight = element.dataset.weight || "";
    const parts = [make("p", [make("b", told ? told[0] : element.textContent), " ", element.title])];
    if (told) {
      const names = ["indicator", "subject", "period", "kind"];
      const rows = names.map((name, n) => [words[name], told[n + 1]]).filter(([, value]) => value);
      parts.push(make("dl", rows.map(([name, value]) => make("div", [make("dt", name), make("dd", value)]))));
    }
    const states = { pass: "pass", fail: "fail", review: "review", not_assessable: "not_checked" };
    const relations = (checksOf.get(element.id) || []).map(([code, verdict, arithmetic]) =>
      make("li", [make("span", words[verdict], { class: "weight", "data-state": states[verdict] }), make("span", code, { class: "code" }), " ", make("code", arithmetic)]));
    const links = (element.dataset.cases || "").split(" ").filter(Boolean).map((id) => {
      const link = make("a", [`${id} `, $("h3", byId(id)).lastChild.textContent.trim()], { href: `#${id}` });
      return make("li", link);
    });
    if (links.length || relations.length) parts.push(make("ul", [...links, ...relations]));
    box.replaceChildren(...parts);
    inspector.hidden = quiet;
  };

  text.addEventListener("click", (event) => {
    const element = event.target.closest(".n, .place");
    if (!element || event.ctrlKey || event.metaKey || !getSelection().isCollapsed) return;
    event.preventDefault();
    const [first] = (element.dataset.cases || "").split(" ");
    if (first) choose(byId(first), { scroll: wide(), focus: false });
    for (const other of $$(".here", text)) other.classList.remove("here");
    if (!lit.includes(element)) lit.push(element);
    element.classList.add("here");
    number = element;
    inspect(element);
  });

  byId("findings").addEventListener("click", (event) => {
    const article = event.target.closest(".case");
    const link = event.target.closest("a[href^='#']");
    if (!article || event.ctrlKey || event.metaKey) return;
    if (link) {
      event.preventDefault();
      const links = placesOf(article);
      const index = links.includes(link) ? links.indexOf(link) : links.findIndex((other) => other.hash === link.hash);
      visit(article, Math.max(index, 0));
    } else if (!event.target.closest("summary") && getSelection().isCollapsed) {
      choose(article, { scroll: false });
    }
  });

  inspector.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (event.target.closest("button")) inspector.hidden = true;
    if (!link) return;
    event.preventDefault();
    inspector.hidden = true;
    choose(targetOf(link));
  });

  // --- Filters ---

  const filters = byId("filters");
  const shownCases = () => cases.filter((article) => !article.parentElement.hidden && !article.closest("details.group:not([open])"));

  const filter = () => {
    const weights = new Set($$("input[name=weight]:checked", filters).map((box) => box.value));
    const rule = byId("rule").value;
    const words = byId("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const article of cases) {
      const { weight, code } = article.dataset;
      const settled = weight === "suppressed";
      const said = words.length ? article.textContent.toLowerCase() : "";
      const hidden = !(settled || weights.has(weight)) || (rule !== "-" && code !== rule) || !words.every((word) => said.includes(word));
      article.parentElement.hidden = hidden;
      count += !hidden && !settled;
    }
    for (const group of $$("details.group")) {
      group.hidden = !$("li:not([hidden]) > .case", group);
      if (words.length && !group.hidden) group.open = true;
    }
    const [before, between, after] = byId("status").dataset.words.split("{}");
    byId("status").textContent = `${before}${count}${between}${$$(".case:not([data-weight=suppressed])").length}${after}`;
    for (const button of $$(".bars button")) button.setAttribute("aria-pressed", String(button.dataset.code === rule));
    if (current && current.parentElement.hidden) choose(null);
  };
  if (filters) {
    filters.addEventListener("input", filter);
    filters.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }
  for (const button of $$(".bars button")) {
    button.addEventListener("click", () => {
      const rule = byId("rule");
      rule.value = rule.value === button.dataset.code ? "-" : button.dataset.code;
      filter();
    });
  }
  for (const button of $$(".states button")) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") === "false"));
      text.dataset.off = $$(".states [aria-pressed=false]").map((other) => other.dataset.state).join(" ");
    });
  }

  const indicator = byId("indicator");
  if (indicator) {
    const choose_ = () => $$(".indicator").forEach((figure) => { figure.hidden = figure.dataset.indicator !== indicator.value; });
    indicator.addEventListener("change", choose_);
    choose_();
  }

  // --- Keys ---

  const step = (by) => {
    const shown = shownCases();
    if (!shown.length) return;
    const at = shown.indexOf(current);
    choose(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)]);
  };
  const walk = (by) => {
    const off = new Set((text.dataset.off || "").split(" "));
    const shown = $$(".n[id]", text).filter((element) => !off.has(element.dataset.state));
    if (!shown.length) return;
    let at = shown.indexOf(number);
    if (at < 0) {
      // Where one is reading: at the first number of the window.
      const first = shown.findIndex((element) => element.getBoundingClientRect().top > 60);
      at = by > 0 ? first - 1 : first;
    }
    if (number) number.classList.remove("here");
    number = shown[(at + by + shown.length) % shown.length];
    if (!number.hasAttribute("href")) number.tabIndex = -1;
    number.classList.add("here");
    number.focus({ preventScroll: true });
    reveal(number, "center");
    inspect(number);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (event.target.matches("input, select")) event.target.blur();
      back();
      return;
    }
    if (event.target.matches("select, [type=search]")) return;
    if (event.key === "Enter") {
      if (event.target.matches("button, summary, input")) return;
      const article = event.target.closest(".case");
      const own = event.target.closest("a[href]");
      // A link does what a click does, but for the number that is the place at hand: from there Enter goes on to the next.
      if ((own && !own.matches("#text .here")) || !(article || current)) return;
      event.preventDefault();
      visit(article || current, place + 1);
      return;
    }
    const keys = byId("keys");
    if (keys && !keys.checked) return;
    const action = { j: () => step(1), k: () => step(-1), n: () => walk(1), p: () => walk(-1), "/": () => byId("search")?.focus() }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  // What is folded on the screen stands open on paper.
  const folded = [];
  addEventListener("beforeprint", () => {
    for (const fold of $$("details:not([open]):not(.keys)")) { fold.open = true; folded.push(fold); }
  });
  addEventListener("afterprint", () => { for (const fold of folded.splice(0)) fold.open = false; });

  const start = location.hash.length > 1 ? byId(decodeURIComponent(location.hash.slice(1))) : null;
  if (start?.matches(".case")) choose(start);
})();
