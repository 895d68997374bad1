// Small comforts; every page works without them.
(function () {
  "use strict";

  var hideForm = document.querySelector("[data-hide-now]");
  var idle = document.querySelector("[data-idle-seconds]");

  function hideNow() {
    document.body.classList.add("am-hidden");
    hideForm.submit();
  }

  function escapeTwiceHides() {
    var last = 0;
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      var now = Date.now();
      if (now - last < 800) {
        event.preventDefault(); // else the browser takes Escape as "stop loading" and stops the lock
        hideNow();
      }
      last = now;
    });
  }

  // Shown again from the browser's back cache, a page may hold names after they were locked.
  function reloadOnReturn() {
    window.addEventListener("pageshow", function (event) {
      if (event.persisted) window.location.reload();
    });
  }

  // The server locks by its own clock; this hides what is on the screen and tells it of typing.
  function idleLock() {
    var limit = Number(idle.dataset.idleSeconds) * 1000;
    var token = hideForm.querySelector("[name=csrfmiddlewaretoken]").value;
    var told = Date.now();
    var active = told;

    function sign() {
      active = Date.now();
      if (active - told < 60000) return;
      told = active;
      fetch(idle.dataset.stillHere, { method: "POST", headers: { "X-CSRFToken": token } });
    }

    ["keydown", "pointerdown", "input"].forEach(function (kind) {
      document.addEventListener(kind, sign, { passive: true });
    });
    window.setInterval(function () {
      var quiet = Date.now() - active;
      idle.hidden = quiet < limit - 60000;
      if (quiet > limit) hideNow();
    }, 1000);
  }

  if (hideForm) {
    escapeTwiceHides();
    reloadOnReturn();
    if (idle) idleLock();
  }

  var summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
})();
