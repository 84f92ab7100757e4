// Moves through a queue by key: j and k, x ticks, Enter opens. The page works without it.
(function () {
  "use strict";
  const rows = [...document.querySelectorAll("[data-queue] [data-row]")];
  let at = -1;

  function go(step) {
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    const aim = rows[at].querySelector("input, a");
    aim.focus();
    rows[at].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (!rows.length || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (typing) return;
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    if (here >= 0) at = here;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "x" && at >= 0) rows[at].querySelector("input")?.click();
    else if (event.key === "Enter" && here >= 0 && event.target.matches("input")) {
      // Enter in a form would send it: a ticked row must not close everything by a slip.
      rows[at].querySelector("a")?.click();
    } else return;
    event.preventDefault();
  });
})();
