"""What people write who come from other languages, and how HCL says the same. Knows tokens only."""

from reconciler.lang.parser.tokens import Token

_WORDS = {
    "and": "Write && for and.",
    "or": "Write || for or.",
    "not": "Write ! for not.",
    "is": "Write == for is.",
    "if": "A choice is written condition ? value : other value.",
    "then": "A choice is written condition ? value : other value.",
    "else": "A choice is written condition ? value : other value.",
}
_SIGNS = {
    "[*]": 'A star that is meant as text stands in quotes: ["*"].',
    ".": "A number begins with a digit: write 0.5 and not .5.",
    "=>": "An arrow stands only in a for expression between braces: { for k, v in map : k => v }.",
}
COLON = "Between the name of an argument and its value stands =, not a colon."
_NUMBERS = frozenset({"INT_LITERAL", "FLOAT_LITERAL"})
_CALLED = "Only a plain name can be called as a function. Take away what stands before it."


def cure(last: Token, sign: str, *, adjoining: bool) -> str:
    """How to mend that `sign` follows `last`, directly where `adjoining`; "" if that is no habit."""
    if adjoining and last.type in _NUMBERS and sign[:1].isalnum() | (sign[:1] == "_"):
        return (
            "A number is written in decimal digits alone. Put what has a unit or a base in quotes: "
            f'"{last.value}{sign}".'
        )
    if sign == "(" and last.type == "NAME":
        return _CALLED
    if sign.startswith('"') and last.type in {"TEMPLATE_STRING", "DBLQUOTE"}:
        return 'Texts are joined by a template: "${one}${other}". Several lines are a heredoc (<<EOT).'
    return _WORDS.get(last.value if last.value == "not" else sign) or _SIGNS.get(sign, "")
