// Comforts only: every page works without this file.
(function () {
  "use strict";
  // A form is sent once, however often its button is pressed; the server's once-only id is what really protects.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  // Coming back by the browser's history makes forms usable again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
  // Open lists close with Escape or a click beside them.
  function close(except) {
    document.querySelectorAll("details.choice[open]").forEach(function (list) {
      if (!except || !list.contains(except)) list.removeAttribute("open");
    });
  }
  document.addEventListener("click", function (event) { close(event.target); });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details.choice[open] > summary");
    close();
    if (open) open.focus();
  });
  // An address to send on stands with the server's name, and is chosen whole when it is touched.
  document.querySelectorAll("[data-address]").forEach(function (field) {
    field.value = location.origin + field.value;
    field.addEventListener("focus", function () { field.select(); });
  });
  // After a form came back with errors, the reader starts at their summary.
  var summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
