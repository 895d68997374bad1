// Arrow keys in the list of elements. Without this script it is plain links in details elements.
(function () {
  "use strict";

  var tree = document.querySelector("[data-tree]");
  if (!tree) return;

  function stops() {
    return Array.prototype.filter.call(tree.querySelectorAll("summary, a"), function (item) {
      return item.getClientRects().length > 0; // what a closed group holds has none
    });
  }

  // One stop for the Tab key: the element that is shown, or the one that had the focus last.
  function rove(to) {
    tree.querySelectorAll("summary, a").forEach(function (item) {
      item.tabIndex = item === to ? 0 : -1;
    });
  }

  function go(to) {
    if (!to) return;
    rove(to);
    to.focus();
  }

  function headOf(item) {
    return item.closest("details") && item.closest("details").querySelector("summary");
  }

  function nextUnassessed(from) {
    var open = tree.querySelectorAll("[data-open] a");
    var after = Array.prototype.filter.call(open, function (link) {
      return from.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    var link = after[0] || open[0];
    if (link && link.closest("details")) link.closest("details").open = true;
    return link;
  }

  function turn(item, isOpen) {
    var group = item.closest("details");
    if (!group) return;
    if (item.tagName === "SUMMARY") group.open = isOpen;
    else if (!isOpen) go(headOf(item));
  }

  var moves = {
    ArrowDown: function (item, all) { go(all[all.indexOf(item) + 1]); },
    ArrowUp: function (item, all) { go(all[all.indexOf(item) - 1]); },
    ArrowRight: function (item) { turn(item, true); },
    ArrowLeft: function (item) { turn(item, false); },
    Home: function (_item, all) { go(all[0]); },
    End: function (_item, all) { go(all[all.length - 1]); },
    n: function (item) { go(nextUnassessed(item)); },
  };

  tree.addEventListener("keydown", function (event) {
    var move = moves[event.key];
    if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    move(event.target, stops());
  });

  tree.addEventListener("focusin", function (event) { rove(event.target); });

  rove(tree.querySelector("[aria-current]") || stops()[0]);
  document.querySelector("[data-tree-keys]").hidden = false;
})();
