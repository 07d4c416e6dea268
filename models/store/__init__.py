from . import (
    product_template,
    product_product,
    res_company,
    res_config_settings,
    res_groups,
    res_users,
    res_users_home,
    res_users_pin,
    stock_warehouse,
    stock_warehouse_types,
)
