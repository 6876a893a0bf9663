"""Random configurations as (text, tree) pairs: every form of the language in every spelling.

A pair is made from pairs, so that the text says what the tree says by construction, and not
because a writer of ours wrote it.
"""

from fractions import Fraction
from unicodedata import normalize

from hypothesis import strategies as st

from reconciler.lang import syntax as s
from reconciler.model.span import Span

HERE = Span("", 0, 0, 0, 0)
NAMES = ("a", "b-c", "var", "é", "for_each", "in", "if", "x1", "_y", "else")
BINARY = ("||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%")

names = st.sampled_from(NAMES)
gaps = st.sampled_from(["", " ", "\n", "\t", "/* c */", " # c\n", '// "c" ${ \r\n', "\n\n  "])
"""What may stand between any two words inside brackets."""
spaces = st.sampled_from([" ", "  ", "\t", " /* c = {\n } */ "])
ends = st.sampled_from(["\n", "\r\n", " # c\n", "\n\n", "  // c\n# d\n", "\n/* c\n c */\n"])
"""What may end a line."""


def pair(text, node):
    return st.just((text, node))


numbers = st.sampled_from(
    [("0", 0), ("7", 7), ("1.50", Fraction(3, 2)), ("1e3", 1000), ("2.5E-1", Fraction(1, 4)), ("9" * 60, int("9" * 60))]
).map(lambda p: (p[0], s.Literal(p[1], HERE)))  # fmt: skip
words = st.sampled_from([("true", True), ("false", False), ("null", None)]).map(
    lambda p: (p[0], s.Literal(p[1], HERE))
)
variables = names.map(lambda name: (name, s.Name(name, HERE)))

pieces = st.sampled_from(
    [
        *((letter, letter) for letter in "az09 .#/'[]{}()=é~"),
        *(("\\n", "\n"), ("\\t", "\t"), ("\\r", "\r"), ('\\"', '"'), ("\\\\", "\\")),
        *(("\\u00e9", "é"), ("\\U0001F600", "\U0001f600"), ("$${", "${"), ("%%{", "%{")),
        *(("$ ", "$ "), ("% ", "% "), ("$$ ", "$$ ")),
    ]
)


def joined(parts):
    """Nothing may compose (NFC) or be trimmed at the seams: the tests are not about that."""
    return "".join(p[0] for p in parts), normalize("NFC", "".join(p[1] for p in parts))


raw_texts = st.lists(pieces, max_size=6).map(joined)
solid_texts = raw_texts.map(lambda p: (f"<{p[0]}>", f"<{p[1]}>"))
"""Neither empty nor with space at an end."""
texts = raw_texts.map(lambda p: (f'"{p[0]}"', s.Text(p[1], HERE)))
leaves = st.one_of(numbers, words, variables, texts)


@st.composite
def lists(draw, inner):
    """Gaps everywhere, sometimes a comma at the end."""
    found = draw(st.lists(inner, max_size=3))
    text = ",".join(f"{draw(gaps)}{each}{draw(gaps)}" for each, _ in found)
    end = draw(st.sampled_from(["", ","])) if found else ""
    return f"[{text}{end}{draw(gaps)}]", s.Tuple(tuple(node for _, node in found), HERE)


@st.composite
def steps(draw, inner):
    """Something that steps may follow, and steps: attributes, indexes, legacy indexes."""
    text, node = draw(st.one_of(variables, parens(inner)))
    legacy = False
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["attribute", "index", "legacy"]))
        if kind == "attribute" or (kind == "legacy" and legacy):
            name = draw(names)
            text, node, legacy = f"{text}.{name}", s.GetAttr(node, name, HERE), False
        elif kind == "index":
            key, value = draw(inner)
            text = f"{text}[{draw(gaps)}{key}{draw(gaps)}]"
            node, legacy = s.Index(node, value, HERE), False
        else:
            text, node, legacy = f"{text}.3", s.Index(node, s.Literal(3, HERE), HERE), True
    return text, node


@st.composite
def splats(draw, inner):
    text, node = draw(st.one_of(variables, parens(inner)))
    full = draw(st.booleans())
    text += draw(st.sampled_from(["[*]", "[ * ]"] if full else [".*"]))
    each = s.Item(HERE)
    for _ in range(draw(st.integers(0, 2))):
        name = draw(names)
        text, each = f"{text}.{name}", s.GetAttr(each, name, HERE)
    if draw(st.booleans()):
        text += "[0]"
        if full:
            each = s.Index(each, s.Literal(0, HERE), HERE)
            return text, s.Splat(node, each, full=True, span=HERE)
        return text, s.Index(s.Splat(node, each, full=False, span=HERE), s.Literal(0, HERE), HERE)
    return text, s.Splat(node, each, full, HERE)


@st.composite
def calls(draw, inner):
    spelt, name = draw(
        st.sampled_from([("f", "f"), ("a::b", "a::b"), ("core::f", "f"), ("true", "true")])
    )
    found = draw(st.lists(inner, max_size=3))
    text = ",".join(f"{draw(gaps)}{each}{draw(gaps)}" for each, _ in found)
    end = draw(st.sampled_from(["", ",", "..."])) if found else ""
    arguments = tuple(node for _, node in found)
    call = f"{spelt}({text}{end}{draw(gaps)})"
    return call, s.Call(name, arguments, end == "...", HERE, HERE)


@st.composite
def unaries(draw, inner):
    text, node = draw(st.one_of(variables, numbers, parens(inner)))
    for sign in draw(st.lists(st.sampled_from("-!"), min_size=1, max_size=3)):
        text, node = f"{sign}{draw(st.sampled_from(['', ' ']))}{text}", s.Unary(sign, node, HERE)
    return text, node


@st.composite
def parens(draw, inner):
    text, node = draw(st.one_of(inner, operations(inner)))
    return f"({draw(gaps)}{text}{draw(gaps)})", s.Parens(node, HERE)


def tight(inner):
    return st.one_of(variables, numbers, texts, inner.map(_in_parens))


def _in_parens(given):
    return f"({given[0]})", s.Parens(given[1], HERE)


@st.composite
def operations(draw, inner):
    """Operators and conditionals as they may stand in brackets, over several lines."""
    (left, a), (right, b) = draw(tight(inner)), draw(tight(inner))
    if draw(st.booleans()):
        operator = draw(st.sampled_from(BINARY))
        before, after = draw(gaps), draw(gaps)
        # A division right before a comment would itself begin one.
        apart = " " if operator == "/" and after.startswith("/") else ""
        text = f"{left} {before}{operator}{apart}{after} {right}"
        return text, s.Binary(operator, a, b, HERE)
    last, c = draw(inner)
    text = f"{left}{draw(gaps)} ?{draw(gaps)} {right}{draw(gaps)} :{draw(gaps)} {last}"
    return text, s.Conditional(a, b, c, HERE)


@st.composite
def keys(draw, inner):
    return draw(
        st.one_of(
            names.filter(lambda n: n != "for").map(lambda n: (n, s.Text(n, HERE))),
            st.sampled_from(["true", "null"]).map(lambda n: (n, s.Text(n, HERE))),
            texts,
            numbers,
            inner.map(_in_parens),
        )
    )


@st.composite
def objects(draw, inner):
    items, text = [], "{" + draw(st.sampled_from(["", " ", "\n", " # c\n"]))
    for _ in range(draw(st.integers(0, 3))):
        (key, name), (value, node) = draw(keys(inner)), draw(inner)
        sign = draw(st.sampled_from([" = ", "=", " : ", " /* c */ = "]))
        text += f"{key}{sign}{value}" + draw(
            st.sampled_from([",", ", ", "\n", ",\n", " # c\n", ", // c\n"])
        )
        items.append((name, node))
    return text + "}", s.Object(tuple(items), HERE)


@st.composite
def loops(draw, inner):
    """A for expression in either bracket, with all that may be left out."""
    key, value = draw(st.one_of(st.none(), names)), draw(names)
    (source, a), (result, b) = draw(inner), draw(inner)
    condition, c = draw(st.one_of(st.just(("", None)), inner))
    intro = f"for {key}{draw(gaps)},{draw(gaps)} {value}" if key else f"for {value}"
    head = f"{draw(gaps)}{intro} {draw(gaps)}in{draw(gaps)} {source}{draw(gaps)} :{draw(gaps)} "
    tail = f" {draw(gaps)}if{draw(gaps)} {condition}{draw(gaps)}" if condition else draw(gaps)
    if draw(st.booleans()):
        return f"[{head}{result}{tail}]", s.For(key, value, a, None, b, c, group=False, span=HERE)
    name, d = draw(inner)
    group = draw(st.booleans())
    dots = "..." if group else ""
    text = f"{{{head}{name}{draw(gaps)} =>{draw(gaps)} {result}{dots}{tail}}}"
    return text, s.For(key, value, a, d, b, c, group, HERE)


@st.composite
def sequences(draw, inner, solid, blanks):
    """Parts of a template: text between `${…}`, and directives. A strip marker takes the space
    beside it away, which is why text that touches one is solid but for that space.
    """
    text, parts, cut = "", [], False
    for _ in range(draw(st.integers(1, 3))):
        before, value = draw(solid)
        strip = draw(st.booleans())
        blank = draw(blanks) if strip else ""
        text += (draw(blanks) if cut else "") + before + blank
        parts.append(s.Text(value, HERE))
        spelt, node, cut = draw(sequence(inner, solid, blanks))
        text += spelt.replace("{", "{~", 1) if strip else spelt
        parts.append(node)
    after, value = draw(solid)
    text += (draw(blanks) if cut else "") + after
    return text, (*parts, s.Text(value, HERE))


@st.composite
def sequence(draw, inner, solid, blanks):
    """`${…}` or a directive with its end, and whether the space after it goes."""
    strip = draw(st.booleans())
    close = "~}" if strip else "}"
    spelt, node = draw(inner)
    kind = draw(st.sampled_from(["value", "value", "if", "else", "for"]))
    if kind == "value":
        return f"${{{draw(gaps)}{spelt}{draw(gaps)} {close}", node, strip
    (then, a), (other, b) = draw(solid), draw(solid)
    inside = (s.Text(a, HERE),)
    if kind == "if":
        text = f"%{{ if {spelt} }}{then}%{{ endif {close}"
        return text, s.TemplateIf(node, inside, (), HERE), strip
    if kind == "else":
        text = f"%{{if {spelt} ~}}{draw(blanks)}{then}%{{else}}{other}%{{endif{close}"
        return text, s.TemplateIf(node, inside, (s.Text(b, HERE),), HERE), strip
    text = f"%{{ for a, b in {spelt} ~}}{draw(blanks)}{then}{draw(blanks)}%{{~ endfor {close}"
    return text, s.TemplateFor("a", "b", node, inside, HERE), strip


def templates(inner):
    blanks = st.sampled_from(["", " ", "\\n", "\t "])
    return sequences(inner, solid_texts, blanks).map(
        lambda p: (f'"{p[0]}"', s.Template(p[1], HERE))
    )


def larger(inner):
    return st.one_of(
        steps(inner),
        splats(inner),
        calls(inner),
        unaries(inner),
        parens(inner),
        lists(inner),
        objects(inner),
        loops(inner),
        templates(inner),
    )


expressions = st.recursive(leaves, larger, max_leaves=8)

# Heredocs, which stand where a line may end

lines = st.lists(
    st.sampled_from(["a", "b c ", "\\n stays", '"q"', "$${x} %%{y}", "é è", "", "E x", "# no comment"]),
    min_size=1,
    max_size=4,
)  # fmt: skip


def plain(text):
    return text.replace("$${", "${").replace("%%{", "%{")


@st.composite
def heredocs(draw):
    """Text alone; where flush, all lines lose what the least indented one has."""
    found = draw(lines)
    flush = draw(st.booleans())
    depths = [draw(st.integers(0, 3)) if line else 0 for line in found]
    base = draw(st.integers(0, 2))
    full = [depth for depth, line in zip(depths, found, strict=True) if line]
    least = min(full, default=0) + base if flush and full else 0
    written = [
        " " * (base + d) + line if line else "" for d, line in zip(depths, found, strict=True)
    ]
    meant = "".join(f"{line[least:] if line else line}\n" for line in written)
    marker = draw(st.sampled_from(["E", "EOT", "_x", "é"]))
    end = " " * draw(st.integers(0, 3)) + marker
    body = "".join(f"{line}\n" for line in written)
    return f"<<{'-' if flush else ''}{marker}\n{body}{end}", s.Text(plain(meant), HERE)


@st.composite
def heredoc_templates(draw):
    spelt, node = draw(expressions)
    text = f"<<-E\n    one ${{ {spelt} }} two\n      three\n  E"
    inside = (s.Text("one ", HERE), node, s.Text(" two\n  three\n", HERE))
    return text, s.Template(inside, HERE)


# Bodies


@st.composite
def arguments(draw, name):
    text, node = draw(st.one_of(expressions, expressions, heredocs(), heredoc_templates()))
    is_heredoc = text.startswith("<<")
    end = draw(st.sampled_from(["\n", "\n\n"]) if is_heredoc else ends)
    spelt = f"{name}{draw(spaces)}={draw(spaces)}{text}{end}"
    return spelt, s.Argument(name, node, HERE, HERE)


labels = st.one_of(names.map(lambda n: (n, n)), raw_texts.map(lambda p: (f'"{p[0]}"', p[1])))


@st.composite
def blocks(draw, inside):
    given = draw(st.lists(labels, max_size=2))
    head = "".join([draw(names), *(f" {text}" for text, _ in given)])
    kind = head.split(" ", 1)[0]
    named = tuple(label for _, label in given)
    shape = draw(st.sampled_from(["empty", "line", "lines"]))
    if shape == "empty":
        text, body = "{}", s.Body((), (), HERE)
    elif shape == "line":
        spelt, node = draw(leaves)
        text = f"{{ a = {spelt} }}"
        body = s.Body((s.Argument("a", node, HERE, HERE),), (), HERE)
    else:
        spelt, body = draw(inside)
        text = f"{{{draw(ends)}{spelt}}}"
    spans = (HERE,) * len(named)
    return f"{head} {text}{draw(ends)}", s.Block(kind, named, body, HERE, HERE, spans)


@st.composite
def bodies(draw, inside):
    """Arguments and blocks mixed, comments and empty lines between them."""
    chosen = draw(st.lists(names, max_size=3, unique=True))
    items = [draw(arguments(name)) for name in chosen]
    items += [draw(blocks(inside)) for _ in range(draw(st.integers(0, 2)))]
    items = draw(st.permutations(items))
    text = "".join(draw(st.sampled_from(["", "  ", "# c\n", "\t/* c */ "])) + i for i, _ in items)
    nodes = [node for _, node in items]
    return text, s.Body(
        tuple(node for node in nodes if isinstance(node, s.Argument)),
        tuple(node for node in nodes if isinstance(node, s.Block)),
        HERE,
    )


files = st.recursive(pair("", s.Body((), (), HERE)), bodies, max_leaves=4)
