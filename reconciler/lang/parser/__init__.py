"""How text becomes syntax: scanner, grammar, tree builder. Only `lang.parse` looks in here."""
