"""Selections that a report shares with the model that it is about."""


def selection_of(model, name):
    """Return the selection of another model's field, with what other addons add to it.

    To be handed to a ``Selection`` field: it is asked for whenever it is needed, in the
    language of who asks.
    """
    return lambda report: (
        report.env[model]._fields[name]._description_selection(report.env)
    )
