"use strict";
(() => {
  const root = document.documentElement;

  document.getElementById("switch").addEventListener("click", () => {
    const lang = root.dataset.lang === "zh" ? "en" : "zh";
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-CN" : "en";
  });

  // Only one cell with its findings and its place is marked at a time.
  const mark = (elements) => {
    document.querySelectorAll(".here").forEach((element) => element.classList.remove("here"));
    elements.filter(Boolean).forEach((element) => element.classList.add("here"));
  };

  const show = (target) => {
    const pane = target.closest(".source");
    if (pane && pane !== target && pane.scrollHeight > pane.clientHeight) {
      const middle = pane.getBoundingClientRect().top + pane.clientHeight / 2;
      pane.scrollTop += target.getBoundingClientRect().top - middle;
    }
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const byId = (id) => document.getElementById(id);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const finding = event.target.closest(".finding");
    if (link) {
      const target = byId(decodeURIComponent(link.hash.slice(1)));
      const cell = link.closest("td");
      const spoken = (link.getAttribute("aria-describedby") || "").split(" ").filter(Boolean).map(byId);
      const cells = finding ? (finding.dataset.cells || "").split(" ").filter(Boolean).map(byId) : [];
      mark([target, cell, finding, ...spoken, ...cells]);
      if (target) {
        // The default jump would scroll the table away; the source scrolls in its own pane, the page only if it must.
        event.preventDefault();
        show(target);
      }
    } else if (finding) {
      mark([finding, ...(finding.dataset.cells || "").split(" ").filter(Boolean).map(byId)]);
    }
  });
})();
