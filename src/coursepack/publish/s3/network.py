"""How long one request may take, and how often the client repeats it by itself."""

import msgspec


class Network(msgspec.Struct, frozen=True):
    """Bounds of a request. What is beyond them is `Doubtful`, and the publish protocol's to answer."""

    connect_s: float = 10.0
    read_s: float = 60.0
    """Between two pieces of an answer."""
    attempts: int = 4
    """The first one included."""
