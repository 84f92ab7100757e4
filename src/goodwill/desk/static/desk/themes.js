// An audit by keyboard: a letter presses the button that shows it. Without this, Tab and Enter do.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  document.querySelector(`[data-keys] [data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
});
