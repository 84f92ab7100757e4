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
    const colours = Object.fromEntries(["accent", "ink", "quiet", "line", "pale", "band", "less", "gone"].map((name) => [name, colour(name)]));
    delete plot.dataset.drawn;
    drawn.get(plot)?.finalize();
    drawn.set(plot, await vegaEmbed(plot, paint(spec, colours), options(colours)));
    // The plot is one image with a name and a description; its parts say nothing of their own.
    plot.querySelector("svg").setAttribute("aria-hidden", "true");
    plot.dataset.drawn = "yes";
    offer(plot, spec);
  }

  // Three files to take away: the picture as it is drawn, and its numbers.
  function offer(plot, spec) {
    const figure = plot.closest("figure");
    if (figure.querySelector(".take")) return;
    const name = figure.querySelector("h2, h3").textContent.trim().replace(/\W+/g, "-").toLowerCase();
    const row = document.createElement("p");
    row.className = "take";
    const makers = {
      PNG: async () => {
        const canvas = await drawn.get(plot).view.toCanvas(2);
        return new Promise((done) => canvas.toBlob(done, "image/png"));
      },
      SVG: async () => new Blob([await drawn.get(plot).view.toSVG()], { type: "image/svg+xml" }),
      CSV: async () => new Blob([csv(spec.data.values)], { type: "text/csv" }),
    };
    for (const [kind, make] of Object.entries(makers)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = kind;
      button.setAttribute("aria-label", `Save as ${kind}: ${figure.querySelector("h2, h3").textContent.trim()}`);
      button.addEventListener("click", async () => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(await make());
        link.download = `${name}.${kind.toLowerCase()}`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
        row.dataset.saved = link.download;
      });
      row.append(button);
    }
    figure.append(row);
  }

  function csv(rows) {
    const names = Object.keys(rows[0] || {});
    const cell = (value) => (/[",\n]/.test(String(value ?? "")) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ""));
    return [names, ...rows.map((row) => names.map((name) => row[name]))].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
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
