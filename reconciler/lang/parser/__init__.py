"""How text becomes syntax: scanner, grammar, tree builder. Only `lang.parse` and `lang.format` look in here."""
