"""HCL, badly spaced: random files for the laws of the formatter. Nearly all are valid."""

SPACES = ("", "", "", " ", " ", "  ", "\t", "     ")
NAMES = ("a", "bcd", "long_name", "x-1", "in", "for", "if", "é", "漢字", "variable", "type")
TEXTS = (
    '""',
    '"a"',
    '"b c"',
    '"\\n\\"q"',
    '"$${x}"',
    '"é "',
    '"100%"',
    '"a$"',
    '"👨‍👩‍👧"',
    '"list"',
)
COMMENTS = ("# c", "// d e  ", "#", "# é")
OPERATORS = ("+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||")
LABELS = ('"a"', "b", '"c d"', '"é\\t"', '"\\u00e9"', '""')


class Source:
    """Writes one file. `breaks` says that lines may end between the parts of an expression."""

    def __init__(self, random):
        self.random = random
        self.newline = random.choice(["\n", "\n", "\n", "\r\n"])

    def chance(self, share):
        return self.random.random() < share

    def one(self, *choices):
        return self.random.choice(choices)

    def gap(self, *, breaks=False):
        """Space between two tokens, with a comment or line breaks where these may stand."""
        found = self.random.choice(SPACES)
        if self.chance(0.03):
            found += "/* c */" + self.random.choice(SPACES)
        if breaks and self.chance(0.15):
            found += self.line_end()
        return found

    def line_end(self):
        comment = self.random.choice(COMMENTS) if self.chance(0.3) else ""
        blank = "".join(self.random.choice(SPACES) + self.newline for _ in range(2))
        end = self.random.choice(SPACES) + comment + self.newline
        return end + (blank if self.chance(0.2) else "") + self.random.choice(SPACES)

    def join(self, *parts, breaks=False):
        """The parts with gaps between; words do not run into each other."""
        result = ""
        for part in parts:
            gap = self.gap(breaks=breaks)
            if result and part and not gap and touching(result[-1], part[0]):
                gap = " "
            result += gap + part if result else part
        return result

    def expression(self, depth, *, breaks=False):
        leaf = depth <= 0 or self.chance(0.3)
        kinds = LEAVES if leaf else (*LEAVES, *BRANCHES, *BRANCHES)
        return self.random.choice(kinds)(self, depth - 1, breaks)

    def number(self, _depth, _breaks):
        return self.one("0", "42", "1.5", "2e3", "1.5E-3")

    def text(self, _depth, _breaks):
        return self.random.choice(TEXTS)

    def reference(self, depth, breaks):
        steps = [self.random.choice(NAMES[:3])]
        steps += [self.one(".a", ".bcd", ". long_name") for _ in range(self.random.randint(0, 2))]
        if self.chance(0.3):
            steps.append(self.join("[", self.expression(depth, breaks=True), "]", breaks=True))
        elif self.chance(0.3):
            steps += [self.one(".*", "[*]", ". *"), ".q"]
        return self.join(*steps, breaks=breaks)

    def unary(self, depth, breaks):
        return self.join(self.one("-", "!"), self.expression(depth, breaks=breaks), breaks=breaks)

    def binary(self, depth, breaks):
        left, right = (self.expression(depth, breaks=breaks) for _ in range(2))
        return self.join(left, self.random.choice(OPERATORS), right, breaks=breaks)

    def conditional(self, depth, breaks):
        a, b, c = (self.expression(depth, breaks=breaks) for _ in range(3))
        return self.join(a, "?", b, ":", c, breaks=breaks)

    def parens(self, depth, _breaks):
        return self.join("(", self.expression(depth, breaks=True), ")", breaks=True)

    def items(self, depth):
        items = []
        for _ in range(self.random.randint(0, 4)):
            items += [self.expression(depth, breaks=True), ","]
        return items if self.chance(0.5) else items[:-1]

    def tuple(self, depth, _breaks):
        return self.join("[", *self.items(depth), "]", breaks=True)

    def call(self, depth, _breaks):
        name = self.one("f", "coalesce", "p::f", "p ::a :: f")
        items = self.items(depth)
        if items and items[-1] != "," and self.chance(0.3):
            items.append("...")
        return name + self.random.choice(SPACES) + self.join("(", *items, ")", breaks=True)

    def object(self, depth, _breaks):
        items = []
        for _ in range(self.random.randint(0, 4)):
            key = self.one(*NAMES[:4], '"k"', self.parens(depth, _breaks), '"${a}"')
            item = self.join(key, self.one("=", "=", ":"), self.expression(depth))
            items.append(self.gap() + item + self.gap())
        ends = [self.one(",", ",", self.line_end(), "," + self.line_end()) for _ in items]
        if items and self.chance(0.5):
            ends[-1] = ""
        body = "".join(item + end for item, end in zip(items, ends, strict=True))
        return "{" + (self.line_end() if self.chance(0.5) else self.gap()) + body + "}"

    def loop(self, depth, _breaks):
        names = self.one(["v"], ["k", ",", "v"])
        source, result, condition = (self.expression(depth, breaks=True) for _ in range(3))
        rest = ["if", condition] if self.chance(0.4) else []
        if self.chance(0.5):
            head = self.join("for", *names, "in", source, ":", result, breaks=True)
            return self.join("[", head, *rest, "]", breaks=True)
        key = self.expression(depth, breaks=True)
        group = ["..."] if self.chance(0.3) else []
        head = self.join("for", *names, "in", source, ":", key, "=>", result, *group, breaks=True)
        return self.join("{", head, *rest, "}", breaks=True)

    def sequence(self, depth):
        left, right = self.one("", "", "~"), self.one("", "", "~")
        inside = self.expression(depth, breaks=True)
        if self.chance(0.7):
            return self.join("${" + left, inside, right + "}")
        head = self.one("if", "for v in", "for k , v in")
        end = "endif" if head == "if" else "endfor"
        space = self.random.choice(SPACES)
        start = self.join("%{" + left + space + head, inside, right + "}")
        return start + "x " + "%{" + left + space + end + space + right + "}"

    def template(self, depth, _breaks):
        parts = [self.one("", "x ")]
        for _ in range(self.random.randint(1, 3)):
            parts += [self.sequence(depth), self.one("", "", " ", "a = b", "$ ", "%.", "\\n", "é")]
        return '"' + "".join(parts) + '"'

    def wrapped(self, depth, _breaks):
        return '"' + self.join("${", self.expression(depth), "}") + '"'

    def heredoc(self, depth):
        lines = []
        for _ in range(self.random.randint(0, 4)):
            text = self.one("  x  y", "\ta = b", "", "$ % {", "# no comment", '"', "é EOT")
            lines.append(text + (self.sequence(depth) if self.chance(0.4) else "") + "  ")
        marker = self.one("EOT", "  EOT", "EOT  ")
        return self.newline.join([self.one("<<EOT", "<<-EOT"), *lines, marker])

    def argument(self, name, depth):
        if self.chance(0.1):
            return self.join(name, "=", self.heredoc(2)) + self.newline
        return self.join(name, "=", self.expression(depth)) + self.line_end()

    def block(self, depth):
        labels = [self.random.choice(LABELS) for _ in range(self.random.randint(0, 2))]
        name = self.random.choice(NAMES)
        head = " ".join([name, *labels]) + self.random.choice(SPACES) + "{"
        if self.chance(0.3):
            inside = self.join("k", "=", self.expression(1)) if self.chance(0.6) else ""
            return head + self.gap() + inside + self.gap() + "}" + self.line_end()
        return head + self.line_end() + self.body(depth) + self.gap() + "}" + self.line_end()

    def body(self, depth):
        names = self.random.sample(NAMES, self.random.randint(0, 6))
        items = [self.argument(name, 3) for name in names]
        if depth:
            items += [self.block(depth - 1) for _ in range(self.random.randint(0, 3))]
        items += [self.line_end() for _ in range(self.random.randint(0, 2))]
        self.random.shuffle(items)
        return "".join(self.random.choice(SPACES) + item for item in items)


LEAVES = (Source.number, Source.text, Source.reference)
BRANCHES = (
    Source.unary,
    Source.binary,
    Source.conditional,
    Source.parens,
    Source.tuple,
    Source.call,
    Source.object,
    Source.loop,
    Source.template,
    Source.wrapped,
)


def touching(left, right):
    """Whether two tokens would become one, or another, without a space between."""
    return (left.isalnum() or left in "_-" or not left.isascii()) and (
        right.isalnum() or right in "_-" or not right.isascii()
    )


def untidy(random):
    """The text of a file. `random` is a random.Random, or behaves like one."""
    return Source(random).body(2)
