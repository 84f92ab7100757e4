// Draws the charts and closes opened figures with Escape. Every page works without it.
(function () {
  "use strict";

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map();

  // The colours are the sheet's own: resolved by the browser, so that light and dark both hold.
  function colour(name) {
    const probe = document.createElement("span");
    probe.className = "probe-" + name;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  // In a specification "@accent" stands for the sheet's accent, and so on.
  function paint(value, colours) {
    if (Array.isArray(value)) return value.map((part) => paint(part, colours));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === "data" ? v : paint(v, colours)]));
    }
    return typeof value === "string" && value.startsWith("@") ? colours[value.slice(1)] : value;
  }

  function options(colours) {
    const font = getComputedStyle(document.body).fontFamily;
    const text = { labelColor: colours.quiet, titleColor: colours.quiet, labelFont: font, titleFont: font, labelFontSize: 12 };
    return {
      actions: false,
      ast: true,
      defaultStyle: false,
      mode: "vega-lite",
      renderer: "svg",
      tooltip: { disableDefaultStyle: true },
      config: {
        background: null,
        font,
        aria: false,
        axis: { ...text, gridColor: colours.line, domainColor: colours.line, tickColor: colours.line },
        axisX: { grid: false },
        axisY: { domain: false, ticks: false, labelPadding: 6 },
        legend: text,
        view: { stroke: null },
      },
    };
  }

  async function draw(plot) {
    const spec = JSON.parse(document.getElementById(plot.dataset.chart).textContent);
    const colours = Object.fromEntries(["accent", "ink", "quiet", "line", "pale"].map((name) => [name, colour(name)]));
    delete plot.dataset.drawn;
    drawn.get(plot)?.finalize();
    drawn.set(plot, await vegaEmbed(plot, paint(spec, colours), options(colours)));
    // The plot is one image with a name and a description; its parts say nothing of their own.
    plot.querySelector("svg").setAttribute("aria-hidden", "true");
    plot.dataset.drawn = "yes";
  }

  function drawAll() {
    if (window.vegaEmbed) document.querySelectorAll("[data-chart]").forEach(draw);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".fig details[open]").forEach((details) => {
      details.open = false;
      details.querySelector("summary").focus();
    });
  });
  dark.addEventListener("change", drawAll);
  drawAll();
})();
