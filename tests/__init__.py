from . import (
    test_between_stores,
)
