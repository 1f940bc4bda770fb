// SPDX-License-Identifier: BSD-3-Clause
// Pan, zoom, layers, language and what the pointer is on. Texts of the data are only ever set as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const svg = document.querySelector("svg"), map = at("map"), tip = at("tip"), full = svg.viewBox.baseVal;
  const home = { x: full.x, y: full.y, w: full.width, h: full.height };
  const view = { ...home };
  const layer = (name) => svg.querySelector(`[data-layer=${name}]`);
  const numbers = [...layer("numbers").children], borders = [...layer("borders").children];
  let lang = data.lang, chosen = -1;
  const word = (key) => data.texts[lang][key];
  const figure = (n) => n.toLocaleString("en-US");

  // Units of the drawing, decimetres, that one pixel shows.
  const unit = () => Math.max(view.w / map.clientWidth, view.h / map.clientHeight);

  function draw() {
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
    const u = unit(), size = 12 * u;
    numbers.forEach((text) => {
      const room = 2 * +text.dataset.r, wide = (0.62 * text.textContent.length + 0.3) * size;
      text.setAttribute("font-size", size);
      text.classList.toggle("off", wide > room || size > room);
    });
    const most = 120 * u / 10, power = 10 ** Math.floor(Math.log10(most));
    const metres = [5, 2, 1].map((step) => step * power).find((m) => m <= most);
    at("scale").style.width = `${metres * 10 / u}px`;
    at("scale").textContent = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  }

  function zoom(factor, clientX, clientY) {
    const box = svg.getBoundingClientRect(), u = unit();
    const wide = Math.min(Math.max(view.w * factor, home.w / 400), home.w * 3), real = wide / view.w;
    const dx = clientX === undefined ? 0 : (clientX - box.left - box.width / 2) * u;
    const dy = clientY === undefined ? 0 : (clientY - box.top - box.height / 2) * u;
    const x = view.x + view.w / 2 + dx * (1 - real), y = view.y + view.h / 2 + dy * (1 - real);
    view.w *= real; view.h *= real; view.x = x - view.w / 2; view.y = y - view.h / 2;
    draw();
  }
  const move = (dx, dy) => { const u = unit(); view.x -= dx * u; view.y -= dy * u; draw(); };
  const reset = () => { Object.assign(view, home); draw(); };

  function facts(k) {
    const g = data.grids[k];
    const rows = [["grid", g.code], ["community", g.community[lang]], ["kind", g.kind[lang]], ["households", figure(g.households)],
      ["buildings", figure(g.buildings)], ["state", g.state[lang]], ["chief", g.chief], ["worker", g.worker], ["phone", g.phone],
      ["posts", g.posts === null ? "" : figure(g.posts)], ["remark", g.remark[lang]]];
    return rows.filter((row) => row[1] !== "").map((row) => [word(row[0]), row[1]]);
  }

  function choose(k) {
    if (chosen >= 0) borders[chosen].classList.remove("chosen");
    chosen = k;
    const list = at("facts");
    list.replaceChildren();
    if (k < 0) { list.previousElementSibling.classList.remove("off"); return; }
    borders[k].classList.add("chosen");
    list.previousElementSibling.classList.add("off");
    facts(k).forEach(([name, value]) => {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = name; dd.textContent = value;
      list.append(dt, dd);
    });
  }

  function under(target) {
    const group = target && target.parentNode;
    if (!group || !group.dataset) return null;
    if (group.dataset.layer === "buildings") {
      const b = data.buildings[[...group.children].indexOf(target)];
      return { grid: b[0], building: b };
    }
    return group.dataset.layer === "grids" ? { grid: [...group.children].indexOf(target), building: null } : null;
  }

  function show(event) {
    const found = under(event.target);
    tip.classList.toggle("off", !found);
    if (!found) return;
    const lines = found.building ? [`${found.building[1]}: ${figure(found.building[2])} ${word("homes")}`, ""] : [];
    tip.textContent = lines.concat(facts(found.grid).map((row) => row.join(lang === "zh" ? "：" : ": "))).join("\n");
    const box = map.getBoundingClientRect(), x = event.clientX - box.left + 14, y = event.clientY - box.top + 14;
    tip.style.left = `${Math.max(4, Math.min(x, box.width - tip.offsetWidth - 6))}px`;
    tip.style.top = `${y + tip.offsetHeight < box.height ? y : Math.max(4, y - tip.offsetHeight - 28)}px`;
  }

  function speak() {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.querySelectorAll("[data-text]").forEach((element) => { element.textContent = word(element.dataset.text); });
    document.querySelectorAll("[data-title]").forEach((element) => { element.title = word(element.dataset.title); });
    at("find").placeholder = word("find");
    document.title = word("title");
    choose(chosen);
  }

  function find() {
    const asked = at("find").value.trim().toLowerCase();
    if (!asked) { choose(-1); return; }
    const words = (g) => [g.code, g.worker, g.chief, g.community.zh, g.community.en].map((text) => text.toLowerCase());
    let k = data.grids.findIndex((g) => g.code.toLowerCase() === asked);
    if (k < 0) k = data.grids.findIndex((g) => words(g).some((text) => text.includes(asked)));
    if (k < 0) {
      const b = data.buildings.find((row) => row[1].toLowerCase().includes(asked));
      k = b ? b[0] : -1;
    }
    at("find").setCustomValidity(k < 0 ? word("nothing") : "");
    at("find").reportValidity();
    if (k < 0) return;
    choose(k);
    const box = borders[k].getBBox(), ratio = home.h / home.w;
    const wide = 1.6 * Math.max(box.width, box.height / ratio, 200);
    Object.assign(view, { w: wide, h: wide * ratio, x: box.x + box.width / 2 - wide / 2, y: box.y + box.height / 2 - wide * ratio / 2 });
    draw();
  }

  const held = new Map();
  let travelled = 0;
  svg.addEventListener("pointerdown", (event) => {
    held.set(event.pointerId, event); travelled = 0; svg.classList.add("moving");
  });
  svg.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) { show(event); return; }
    const other = [...held.values()].find((held) => held.pointerId !== event.pointerId);
    held.set(event.pointerId, event);
    travelled += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
    if (travelled > 4 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    if (other) {
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      zoom(apart(before) / apart(event), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
    } else if (travelled > 4) {
      tip.classList.add("off");
      move(event.clientX - before.clientX, event.clientY - before.clientY);
    }
  });
  ["pointerup", "pointercancel"].forEach((name) => svg.addEventListener(name, (event) => {
    if (held.delete(event.pointerId) && name === "pointerup" && travelled <= 4) {
      const found = under(event.target);
      choose(found ? found.grid : -1);
    }
    if (!held.size) svg.classList.remove("moving");
  }));
  svg.addEventListener("pointerleave", () => tip.classList.add("off"));
  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(1.0015 ** Math.max(-400, Math.min(400, event.deltaY * (event.deltaMode ? 30 : 1))), event.clientX, event.clientY);
  }, { passive: false });
  svg.addEventListener("keydown", (event) => {
    const acts = { "+": () => zoom(0.7), "=": () => zoom(0.7), "-": () => zoom(1 / 0.7), "0": reset, Escape: () => choose(-1),
      ArrowLeft: () => move(60, 0), ArrowRight: () => move(-60, 0), ArrowUp: () => move(0, 60), ArrowDown: () => move(0, -60) };
    if (acts[event.key]) { event.preventDefault(); acts[event.key](); }
  });
  at("in").onclick = () => zoom(0.7);
  at("out").onclick = () => zoom(1 / 0.7);
  at("home").onclick = reset;
  at("lang").onclick = () => { lang = lang === "zh" ? "en" : "zh"; speak(); };
  at("find").addEventListener("change", find);
  document.querySelectorAll("input[data-for]").forEach((box) => {
    box.onchange = () => layer(box.dataset.for).classList.toggle("off", !box.checked);
  });
  new ResizeObserver(draw).observe(map);
  speak();
  draw();
})();
