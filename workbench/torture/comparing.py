"""Whether something stands as it was expected, and in words where it does not."""


def describe_carton(place, content):
    goods = ", ".join(f"{content[name]:g} {name}" for name in sorted(content))
    return f"{place}: {goods}"


def compare(shown, expected):
    """Return in words where two descriptions differ; nothing where they agree."""
    differences = []
    if shown["state"] != expected["state"]:
        differences.append(f"{shown['state']} instead of {expected['state']}")
    if shown["lines"].keys() != expected["lines"].keys():
        differences.append(f"{list(shown['lines'])}, not {list(expected['lines'])}")
    for sku in shown["lines"].keys() & expected["lines"].keys():
        for name, quantity in expected["lines"][sku].items():
            there = shown["lines"][sku][name]
            if there != quantity:
                differences.append(f"{sku}: {name} {there:g}, not {quantity:g}")
    return ", ".join(differences)


def compare_fully(shown, expected):
    """Compare also what did not simply arrive, and what was proposed instead."""
    differences = [compare(shown, expected)]
    for what in ("differences", "proposals"):
        there, wanted = shown[what], expected[what]
        for name in sorted(there.keys() | wanted.keys()):
            if there.get(name, 0) != wanted.get(name, 0):
                numbers = f"{there.get(name, 0):g}, not {wanted.get(name, 0):g}"
                differences.append(f"{name}: {numbers}")
    return ", ".join(filter(None, differences))
