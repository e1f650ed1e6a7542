"""Input that nobody should send and somebody will. All of it is made up here; none of it is secret."""

from __future__ import annotations

from collections.abc import Iterator

LONG = 100_000


def hostile_inputs() -> Iterator[tuple[str, str]]:
    """(name, text) of each; every one must be answered, declined or asked back about, without an exception."""
    yield "empty", ""
    yield "white space", " \t\r\n\u00a0\u2003 "
    yield "punctuation only", "?!… —  .,;:"
    yield "one letter", "a"
    yield "one emoji", "🏥"
    yield "100 kB of words", ("Is staff rostering in scope of the Charter? " * (LONG // 44))[:LONG]
    yield "100 kB without a space", "a" * LONG
    yield "100 kB of digits", "7" * LONG
    yield "100 kB of brackets", "[" * (LONG // 2) + "]" * (LONG // 2)
    yield "100 kB of sentence ends", ". " * (LONG // 2)
    yield "long single token", "Pseudopseudohypoparathyroidism" * 300
    yield "20,000 question marks", "Who signed" + "?" * 20_000
    yield "nul and control characters", "Who\x00 signed\x07 the\x1b[31m Charter\x7f?"
    yield "C1 controls", "".join(map(chr, range(0x80, 0xA0))) + " who signed?"
    yield "right-to-left override", "Who \u202edengis\u202c the Charter?"
    yield "zero-width letters", "W\u200bh\u200bo\u200d s\u2060i\ufeffgned the Charter?"
    yield "lone surrogate", "Who signed \ud83d the Charter?"
    yield "noncharacters", "Who signed \ufffe\uffff the Charter?"
    yield "stacked combining marks", "W" + "\u0301\u0323\u0337" * 400 + "ho signed the Charter?"
    yield "mixed scripts", "Кто signed الميثاق 憲章 चार्टर του Charter?"
    yield "look-alike letters", "Whо sіgnеd thе Chаrtеr?"
    yield "full-width", "Ｗｈｏ ｓｉｇｎｅｄ ｔｈｅ Ｃｈａｒｔｅｒ？"
    yield "script tag", "Who signed <script>alert(1)</script> the Charter?"
    yield "image with handler", '<img src=x onerror="alert(1)"> who signed the Charter?'
    yield "Markdown link with a script", "[who signed](javascript:alert(1)) the Charter?"
    yield "Markdown image", "![who](http://127.0.0.1:9/x.png) signed the Charter?"
    yield "HTML entities", "Who signed &lt;script&gt;alert(1)&lt;/script&gt;&#0; the Charter?"
    yield "nested quotes", ">" * 5000 + " who signed?"
    yield "table and code fence", "```\n| a | b |\n|---|---|\n```\nWho signed the Charter?"
    yield "template", "Who signed {{ config }} {% for x in y %} ${7*7} #{7*7} the Charter?"
    yield "citation markers", "Who signed [1] [2] [999999999999] the Charter [0]?"
    yield "SQL and shell", "'; DROP TABLE units; -- $(reboot) `id` || who signed?"
    yield "path", "../../../../etc/passwd\x00.md who signed?"
    yield "format string", "%s%s%n %x {0} {question} who signed?"
    yield "many lines", "\n".join(f"- use {number}: AI for rotas" for number in range(400))
    yield "many questions", "Who? What? When? Where? Why? How? " * 300
    yield "numbers", "1e309 -0 NaN Infinity 0x7fffffff 99999999999999999999 ½ ² who signed?"
    yield "byte order marks", "\ufeff\ufeffWho signed the Charter?\ufeff"
