"use strict";
// A word under the pointer lights up with its counterpart in the same bead.
const numbers = (element) => (element.dataset.evidence || "").split(" ");
document.querySelectorAll(".bead").forEach((bead) => {
  const words = [...bead.querySelectorAll("[data-evidence]")];
  const light = (wanted) => words.forEach((word) => word.classList.toggle("here", numbers(word).some((number) => wanted.includes(number))));
  words.forEach((word) => {
    word.addEventListener("pointerenter", () => light(numbers(word)));
    word.addEventListener("pointerleave", () => light([]));
  });
});
