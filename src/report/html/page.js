"use strict";
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const sentences = all("#text .sentence");
  const cells = new Map(all(".strip .cell").map((cell) => [cell.dataset.segment, cell]));
  const items = new Map(all("#findings li[data-finding]").map((item) => [item.dataset.finding, item]));
  const severities = ["critical", "major", "minor"];

  const choose = (segment, follow) => {
    for (const element of all(".here")) element.classList.remove("here");
    const detail = segment && document.getElementById("d" + segment);
    document.querySelector(".hint").hidden = Boolean(detail);
    // A fragment in the address shows its detail without this script; with it, only the chosen one is shown.
    for (const other of all(".detail")) other.classList.toggle("passed", other !== detail);
    if (!detail) return;
    detail.classList.add("here");
    detail.parentElement.scrollTop = 0;
    cells.get(segment)?.classList.add("here");
    const sentence = document.getElementById("t" + segment);
    sentence.classList.add("here");
    if (follow) {
      sentence.focus({ preventScroll: true });
      sentence.scrollIntoView({ block: "nearest" });
      history.replaceState(null, "", "#d" + segment);
    }
  };

  const current = () => sentences.findIndex((sentence) => sentence.classList.contains("here"));
  const step = (direction, wanted) => {
    const start = current();
    for (let at = start < 0 && direction < 0 ? sentences.length - 1 : start + direction; at >= 0 && at < sentences.length; at += direction) {
      if (wanted(sentences[at])) return choose(sentences[at].dataset.segment, true);
    }
  };
  const any = (sentence) => !sentence.classList.contains("dim");
  const notable = (sentence) => any(sentence) && (["partial", "unsupported"].includes(sentence.dataset.verdict) || cells.get(sentence.dataset.segment)?.dataset.worst);
  const keys = {
    j: () => step(1, any), k: () => step(-1, any), n: () => step(1, notable), p: () => step(-1, notable),
    Escape: () => { choose(null); history.replaceState(null, "", "#"); document.activeElement?.blur(); },
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  addEventListener("click", (event) => {
    const link = event.target.closest("a[data-segment]");
    if (!link) return;
    event.preventDefault();
    choose(link.dataset.segment, true);
  });

  const twins = (event, on) => {
    const word = event.target.closest?.("[data-evidence]");
    for (const number of word ? word.dataset.evidence.split(" ") : []) {
      for (const twin of all(`[data-evidence~="${number}"]`, word.closest(".detail") ?? document)) twin.classList.toggle("on", on);
    }
  };
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.getElementById("details").addEventListener(name, (event) => twins(event, on));
  }

  const filters = document.querySelector(".filters");
  const chosen = (name) => new Set(all(`input[name=${name}]`, filters).filter((box) => box.checked).map((box) => box.value));
  const worst = (numbers) => severities.find((severity) => numbers.some((number) => items.get(number) && !items.get(number).hidden && items.get(number).dataset.severity === severity));
  const apply = () => {
    const [checks, wanted, verdicts] = ["check", "severity", "verdict"].map(chosen);
    for (const item of items.values()) item.hidden = !checks.has(item.dataset.check) || !wanted.has(item.dataset.severity);
    for (const mark of all(".finding[data-finding]")) {
      const severity = worst(mark.dataset.finding.split(" "));
      mark.classList.remove(...severities, "off");
      mark.classList.add(severity ?? "off");
    }
    for (const sentence of sentences) {
      const cell = cells.get(sentence.dataset.segment);
      const numbers = (sentence.dataset.findings ?? "").split(" ").filter(Boolean);
      const severity = worst(numbers);
      if (severity) cell.dataset.worst = severity; else delete cell.dataset.worst;
      const off = sentence.dataset.verdict && !verdicts.has(sentence.dataset.verdict);
      for (const element of [sentence, cell]) element.classList.toggle("dim", Boolean(off));
    }
    document.body.classList.toggle("show-silenced", chosen("silenced").size > 0);
  };
  filters.addEventListener("change", apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  // A browser that goes back keeps the boxes as they were left.
  apply();
  const start = location.hash.match(/^#d(\d+)$/);
  choose(start ? start[1] : null, Boolean(start));
})();
