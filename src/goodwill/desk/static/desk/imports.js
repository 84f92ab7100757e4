// Follows a job that runs, and says early that an upload is too large. Every page works without it.
(function () {
  "use strict";

  // A job that runs is looked at again each second; without scripts the page loads itself anew.
  async function follow() {
    const job = document.getElementById("job");
    if (!job || !job.querySelector("[data-poll]")) return;
    const before = job.querySelector("[data-state]").dataset.state;
    try {
      const answer = await fetch(location.href, { headers: { "X-Part": "job" } });
      if (answer.redirected) return location.reload();
      if (answer.ok) {
        const focused = job.contains(document.activeElement) && document.activeElement.getAttribute("href");
        job.innerHTML = await answer.text();
        if (focused) (job.querySelector(`a[href="${CSS.escape(focused)}"]`) || document.getElementById("main")).focus();
        const now = job.querySelector("[data-state]").dataset.state;
        if (now !== before) document.getElementById("job-said").textContent = now;
      }
    } catch (error) {
      // The desk may be starting anew: the next look tells.
    }
    setTimeout(follow, 1000);
  }
  setTimeout(follow, 700);

  document.querySelectorAll("form[data-most-megabytes]").forEach((form) => {
    const files = form.querySelector("input[type=file]"), said = form.querySelector("[data-too-large]");
    const button = form.querySelector("button"), words = button.textContent;
    const fits = () => [...files.files].reduce((sum, file) => sum + file.size, 0) <= form.dataset.mostMegabytes * 1048576;
    files.addEventListener("change", () => { said.hidden = fits(); });
    form.addEventListener("submit", (event) => {
      if (!fits()) event.preventDefault();
      else button.textContent = "Uploading…";
    });
    addEventListener("pageshow", () => { button.textContent = words; });
  });
})();
