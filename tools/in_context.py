"""What our own code says in the context to what it calls."""


class InContext:
    """An object that a step keeps in the context.

    It is known by its class, so that nobody can send one over RPC. It is compared by
    identity, unless a class says otherwise: Odoo shares one environment between
    contexts that are equal.
    """

    key = None

    @classmethod
    def get(cls, env):
        """Return the object of this class that is in ``env``, or None."""
        found = env.context.get(cls.key)
        return found if isinstance(found, cls) else None

    @property
    def context(self):
        """The values for ``with_context``."""
        return {self.key: self}


class Lasting(InContext):
    """An object that is there until it is over, however long the context lives on."""

    is_over = False

    @classmethod
    def get(cls, env):
        """Return the object of this class that is not over in ``env``, or None."""
        found = super().get(env)
        return found if found and not found.is_over else None


class Mark(InContext):
    """Something that simply is so while it is in the context."""

    def __init__(self, key):
        self.key = key

    def is_on(self, env):
        return env.context.get(self.key) is self
