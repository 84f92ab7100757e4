// Saves what the page itself draws: the chain and the maps of processes, as PNG and SVG, their table
// as CSV. No image is loaded for it: the policy of the pages forbids that.
(function () {
  "use strict";

  // Every shape of a picture with the colours that the sheet gives it.
  function shapes(svg) {
    return [...svg.querySelectorAll("path, rect, text")].map((e) => {
      const style = getComputedStyle(e);
      const number = (name) => Number(e.getAttribute(name) || 0);
      return {
        kind: e.localName, d: e.getAttribute("d"), x: number("x"), y: number("y"),
        width: number("width"), height: number("height"), rx: number("rx"),
        text: e.textContent.trim(), anchor: e.getAttribute("text-anchor") || "start",
        size: number("font-size") || 14, weight: e.getAttribute("font-weight") || "400",
        fill: style.fill, stroke: style.stroke, thick: parseFloat(style.strokeWidth) || 0,
        dash: style.strokeDasharray, opacity: Number(style.strokeOpacity),
      };
    });
  }

  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  function asSvg(seen, box, paper, font) {
    const looks = (s) => `fill="${s.fill}" stroke="${s.stroke}" stroke-width="${s.thick}" stroke-opacity="${s.opacity}"${s.dash === "none" ? "" : ` stroke-dasharray="${s.dash}"`}`;
    const drawn = seen.map((s) => {
      if (s.kind === "path") return `<path d="${s.d}" ${looks(s)}/>`;
      if (s.kind === "rect") return `<rect x="${s.x}" y="${s.y}" width="${s.width}" height="${s.height}" rx="${s.rx}" ${looks(s)}/>`;
      return `<text x="${s.x}" y="${s.y}" fill="${s.fill}" text-anchor="${s.anchor}" font-size="${s.size}" font-weight="${s.weight}">${escaped(s.text)}</text>`;
    });
    const [x, y, width, height] = box;
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(" ")}" width="${width}" height="${height}" font-family="${escaped(font)}"><rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${paper}"/>${drawn.join("")}</svg>`;
  }

  function asCanvas(seen, box, paper, font) {
    const canvas = document.createElement("canvas"), brush = canvas.getContext("2d");
    [canvas.width, canvas.height] = [2 * box[2], 2 * box[3]];
    brush.fillStyle = paper;
    brush.fillRect(0, 0, canvas.width, canvas.height);
    brush.scale(2, 2);
    brush.translate(-box[0], -box[1]);
    for (const s of seen) {
      brush.fillStyle = s.fill;
      if (s.kind === "text") {
        brush.font = `${s.weight} ${s.size}px ${font}`;
        brush.textAlign = { middle: "center", end: "right" }[s.anchor] || "left";
        brush.fillText(s.text, s.x, s.y);
        continue;
      }
      const path = new Path2D(s.kind === "path" ? s.d : undefined);
      if (s.kind === "rect") path.roundRect(s.x, s.y, s.width, s.height, s.rx);
      if (s.fill !== "none") brush.fill(path);
      if (s.stroke !== "none" && s.thick) {
        [brush.strokeStyle, brush.lineWidth, brush.globalAlpha] = [s.stroke, s.thick, s.opacity];
        brush.setLineDash(s.dash === "none" ? [] : s.dash.split(/[, ]+/).map(parseFloat));
        brush.stroke(path);
        brush.globalAlpha = 1;
      }
    }
    return canvas;
  }

  function asCsv(table) {
    const said = (cell) => cell.dataset.value ?? cell.textContent.trim().replace(/\s+/g, " ");
    const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    return [...table.rows].map((row) => [...row.cells].map((cell) => quoted(said(cell))).join(",")).join("\r\n") + "\r\n";
  }

  document.querySelectorAll("[data-picture]").forEach((part) => {
    const title = part.querySelector("h2").textContent.trim();
    const svg = part.querySelector("svg[data-box]"), table = part.querySelector(".as-table table");
    const inked = () => [shapes(svg), svg.dataset.box.split(" ").map(Number), getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).fontFamily];
    const makers = {
      PNG: () => new Promise((done) => asCanvas(...inked()).toBlob(done, "image/png")),
      SVG: async () => new Blob([asSvg(...inked())], { type: "image/svg+xml" }),
      CSV: async () => new Blob([asCsv(table)], { type: "text/csv" }),
    };
    const row = document.createElement("p");
    row.className = "take";
    for (const [kind, make] of Object.entries(makers)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = kind;
      button.setAttribute("aria-label", `Save as ${kind}: ${title}`);
      button.addEventListener("click", async () => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(await make());
        link.download = `${title.replace(/\W+/g, "-").toLowerCase()}.${kind.toLowerCase()}`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
        row.dataset.saved = link.download;
      });
      row.append(button);
    }
    part.querySelector(".as-table").after(row);
  });
})();
