// What a reader does on the page of `jjak check --format html`; the title says in the end what went wrong.
const failures = [];
const expect = (what, is, wanted) => { if (String(is) !== String(wanted)) failures.push(`${what}: expected ${wanted}, found ${is}`); };
const key = (name) => dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
const all = (query) => [...document.querySelectorAll(query)];
const shown = () => all(".detail").filter((detail) => getComputedStyle(detail).display !== "none").map((detail) => detail.id).join();
const sentences = all("#text .sentence");
const id = (index) => "d" + sentences[index].dataset.segment;

expect("at the start", shown(), "");
key("j"); key("j"); expect("j twice", shown(), id(1));
key("k"); expect("k", shown(), id(0));
key("n"); expect("n finds something to look at", /\b(partial|unsupported|critical|major|minor)\b/.test(document.querySelector(".detail.here").innerHTML), true);
key("Escape"); expect("Escape", shown(), "");
sentences[2].click(); expect("a click", [shown(), location.hash, document.activeElement], [id(2), "#" + id(2), sentences[2]]);
document.querySelector("#findings li a").click(); expect("a click in the list", shown(), "d" + document.querySelector("#findings li a").dataset.segment);

const items = all("#findings li");
for (const name of ["check", "severity"]) {
  const box = document.querySelector(`input[name=${name}]`);
  const hidden = () => items.filter((item) => item.hidden).length;
  const wanted = items.filter((item) => item.dataset[name] === box.value).length;
  box.click(); expect(`${name} off`, hidden(), wanted);
  expect(`${name} off, marks`, all("#text .finding").some((mark) => mark.dataset.finding?.split(" ").every((one) => items[one].hidden) && !mark.classList.contains("off")), false);
  box.click(); expect(`${name} on`, hidden(), 0);
}
const verdict = document.querySelector("input[name=verdict]");
verdict.click(); expect("a verdict off", all("#text .dim").length, all(`#text [data-verdict=${verdict.value}]`).length);
verdict.click(); expect("a verdict on", all("#text .dim").length, 0);

const word = document.querySelector(".detail .words [data-evidence]");
const twins = [...word.closest(".detail").querySelectorAll("[data-evidence]")].filter((twin) => twin.dataset.evidence.split(" ").includes(word.dataset.evidence));
sentences.find((one) => "d" + one.dataset.segment === word.closest(".detail").id).click();
word.focus(); expect("a word lights up its counterpart", twins.length > 1 && twins.every((twin) => twin.classList.contains("on")), true);
expect("no text ran as a script", window.broken, undefined);
expect("nothing is fetched", performance.getEntriesByType("resource").length, 0);
document.title = failures.length ? "FAILED " + failures.join("; ") : "PASSED";
