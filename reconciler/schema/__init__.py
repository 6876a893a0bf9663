"""What a resource type is: kinds of values, attributes, rules. No type in particular."""
