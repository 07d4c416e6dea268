from . import (
    test_bad_input,
    test_between_stores,
    test_demo,
    test_import,
    test_inventory_app,
    test_roles,
    test_third_party,
    test_views,
)
