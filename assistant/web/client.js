// Runs once, in the page: `element` is the bridge, `trigger` tells the server. Nothing here makes markup from words.
const root = document.documentElement;
root.lang = "en-GB";
root.style.colorScheme = "light";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
let wanted = null;

function reveal(details) {
  details.open = true;
  const target = details.querySelector("mark") || details;
  target.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  details.querySelector("summary").focus({ preventScroll: true });
}

function openCitation(id) {
  const here = document.getElementById(id);
  if (here) return reveal(here);
  const parts = /^cite-(\w+)-(\d+)$/.exec(id);
  if (!parts) return;
  wanted = id;
  trigger("select", { answer: parts[1], number: Number(parts[2]) });
}

async function copy(button) {
  const words = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    const box = document.createElement("textarea");
    box.value = words;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    button.focus();
  }
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = before; }, 2000);
}

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  const cite = at('a[href^="#cite-"]');
  if (cite) {
    event.preventDefault();
    return openCitation(cite.getAttribute("href").slice(1));
  }
  const example = at("button[data-question]");
  if (example) return trigger("submit", { role: example.dataset.role, question: example.dataset.question });
  const source = at("button[data-source]");
  if (source) {
    wanted = "reading";
    return trigger("input", { source: source.dataset.source });
  }
  const copying = at("button[data-copy]");
  if (copying) copy(copying);
});

// Gradio names each message by its raw content, which a screen reader would read out as code.
function tidy() {
  if (document.body.classList.contains("dark")) document.body.classList.remove("dark"); // removing always reports a change
  for (const message of document.querySelectorAll('[data-testid="bot"][aria-label], [data-testid="user"][aria-label]')) {
    message.removeAttribute("aria-label");
  }
  if (!wanted) return;
  const here = document.getElementById(wanted);
  if (!here) return;
  wanted = null;
  if (here.tagName === "DETAILS") return reveal(here);
  here.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
  here.focus({ preventScroll: true });
}
new MutationObserver(tidy).observe(document.body, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label", "class"],
});
tidy();
