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
        // The default jump would also scroll the table away; the source scrolls in its own pane.
        event.preventDefault();
        history.replaceState(null, "", link.hash);
        target.scrollIntoView({ block: "center", inline: "nearest" });
      }
    } else if (finding) {
      mark([finding, ...(finding.dataset.cells || "").split(" ").filter(Boolean).map(byId)]);
    }
  });
})();
