from . import (
    test_bad_input,
    test_between_stores,
    test_concurrency,
    test_demo,
    test_import,
    test_inventory_app,
    test_performance,
    test_roles,
    test_stores,
    test_third_party,
    test_units_and_lots,
    test_views,
)
