"use strict";
// Everything from the data goes into the page as text, never as markup.
const documents = JSON.parse(document.getElementById("data").textContent);
const form = document.getElementById("filters");
const list = document.getElementById("list");
const PER_PAGE = 20;
let shown = [];
let page = 0;

function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function sides(item) {
  return [item.gold, item.predicted].filter(Boolean);
}

const values = {
  kind: (item) => (item.kinds.length ? ["any error", ...item.kinds] : ["right"]),
  speaker: (item) => sides(item).flatMap((side) => (side.speaker.length ? side.speaker : ["nobody"])),
  agency: (item) => sides(item).map((side) => side.agency || "none"),
  phenomenon: (item) => item.phenomena,
};

function fillFilters() {
  for (const [name, of] of Object.entries(values)) {
    const numbers = new Map();
    for (const one of documents)
      for (const item of one.items)
        for (const value of new Set(of(item))) numbers.set(value, (numbers.get(value) || 0) + 1);
    const select = form.elements[name];
    select.append(new Option("all", ""));
    for (const value of [...numbers.keys()].sort())
      select.append(new Option(`${value} (${numbers.get(value)})`, value));
  }
}

function matches(item) {
  return Object.entries(values).every(([name, of]) => {
    const wanted = form.elements[name].value;
    return !wanted || of(item).includes(wanted);
  });
}

function filter() {
  const id = form.elements.document.value.trim().toLowerCase();
  const any = Object.keys(values).some((name) => form.elements[name].value);
  shown = [];
  let items = 0;
  for (const one of documents) {
    if (id && !one.id.toLowerCase().includes(id)) continue;
    const chosen = one.items.map((item, index) => (matches(item) ? index : -1)).filter((i) => i >= 0);
    if (chosen.length || !any) shown.push({ one, chosen: new Set(chosen) });
    items += chosen.length;
  }
  page = 0;
  document.getElementById("status").textContent =
    `${items} quotation${items === 1 ? "" : "s"} in ${shown.length} document${shown.length === 1 ? "" : "s"}`;
  render();
}

function render() {
  const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
  const first = page * PER_PAGE;
  list.replaceChildren(...shown.slice(first, first + PER_PAGE).map(folded));
  document.getElementById("place").textContent = `page ${page + 1} of ${pages}`;
  document.getElementById("back").disabled = page === 0;
  document.getElementById("on").disabled = page + 1 >= pages;
  if (list.firstElementChild) list.firstElementChild.open = true;
}

// A document is laid out when it is first opened.
function folded({ one, chosen }) {
  const box = make("details", "doc");
  const head = make("summary");
  const wrong = one.items.filter((item) => item.kinds.length).length;
  head.append(make("b", "", one.id), make("span", "soft", one.title));
  head.append(make("span", "soft", `${wrong} of ${one.items.length} with errors`));
  box.append(head);
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) box.append(layout(one, chosen));
  });
  return box;
}

function layout(one, chosen) {
  const both = make("div", "both");
  const text = make("div", "text");
  const items = make("div", "items");
  const parts = [];
  one.items.forEach((item, index) => {
    if (!chosen.has(index)) return;
    const add = (spans, className) => spans.forEach(([a, b]) => parts.push({ a, b, className, index }));
    for (const [side, className] of [[item.gold, "gold"], [item.predicted, "guess"]]) {
      if (!side) continue;
      add(side.content, className);
      add(side.cue, "cue");
      add(side.source, "source");
    }
    add(item.agencies, "agency");
    items.append(card(item, index));
  });
  write(text, one.text, parts);
  if (one.excused) items.append(make("p", "soft", `${one.excused} more excused: they answer optional quotes.`));
  if (!items.children.length) items.append(make("p", "soft", "No quotations here."));
  both.append(text, items);
  link(both);
  return both;
}

// Offsets count code points; a string of the script counts UTF-16 units.
function write(target, text, parts) {
  const points = Array.from(text);
  const edges = new Set([0, points.length]);
  for (const { a, b } of parts) edges.add(a).add(b);
  const sorted = [...edges].sort((x, y) => x - y);
  const seen = new Set();
  for (let i = 0; i + 1 < sorted.length; i++) {
    const [start, end] = [sorted[i], sorted[i + 1]];
    const covering = parts.filter(({ a, b }) => a <= start && end <= b);
    const words = points.slice(start, end).join("");
    if (!covering.length) {
      target.append(words);
      continue;
    }
    const span = make("span", [...new Set(covering.map((part) => part.className))].join(" "), words);
    const indices = [...new Set(covering.map((part) => part.index))];
    span.dataset.items = indices.join(" ");
    const fresh = covering.some(({ className, index }) =>
      (className === "gold" || className === "guess") && !seen.has(index));
    if (fresh) {
      indices.forEach((index) => seen.add(index));
      span.tabIndex = 0;
    }
    target.append(span);
  }
}

function card(item, index) {
  const box = make("button", "item" + (item.kinds.length ? " wrong" : ""));
  box.type = "button";
  box.dataset.items = index;
  box.append(make("span", "kinds", item.kinds.length ? item.kinds.join(", ") : "right"));
  const rows = make("dl");
  const row = (name, value) => rows.append(make("dt", "", name), make("dd", "", value));
  const [gold, predicted] = [item.gold, item.predicted];
  const short = (words) => (words.length > 90 ? words.slice(0, 88) + "…" : words);
  if (gold) row("gold", `“${short(gold.quote)}”`);
  if (predicted && (!gold || item.kinds.includes("boundary")))
    row("predicted", `“${short(predicted.quote)}”` + (predicted.found === null ? " (not in the text)" : ""));
  const compare = (name, of) => {
    if (gold && predicted && of(gold) !== of(predicted)) row(name, `${of(predicted)} (gold: ${of(gold)})`);
    else row(name, of(gold || predicted));
  };
  compare("speaker", (side) => side.speaker.join(" and ") || "nobody");
  compare("agency", (side) => side.agency || "none");
  if (item.phenomena.length) row("phenomena", item.phenomena.join(", "));
  box.append(rows);
  return box;
}

function link(both) {
  const light = (event) => {
    const target = event.target.closest("[data-items]");
    both.querySelectorAll(".on").forEach((element) => element.classList.remove("on"));
    if (!target) return;
    const wanted = target.dataset.items.split(" ");
    both.querySelectorAll("[data-items]").forEach((element) => {
      if (element.dataset.items.split(" ").some((index) => wanted.includes(index)))
        element.classList.add("on");
    });
  };
  both.addEventListener("mouseover", light);
  both.addEventListener("focusin", light);
  both.addEventListener("click", (event) => {
    const target = event.target.closest(".item");
    if (!target) return;
    const place = both.querySelector(`.text [data-items~="${target.dataset.items}"]`);
    if (place) place.scrollIntoView({ block: "center" });
  });
}

for (const event of ["input", "change"]) form.addEventListener(event, filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
document.getElementById("back").addEventListener("click", () => { page -= 1; render(); });
document.getElementById("on").addEventListener("click", () => { page += 1; render(); });
fillFilters();
filter();
