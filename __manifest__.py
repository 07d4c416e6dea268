{
    "name": "Store Transfer",
    "summary": "One document for every movement of goods between shops, "
    "the e-commerce warehouse and vendors",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "author": "Store Transfer contributors",
    "license": "LGPL-3",
    "application": True,
    "depends": ["stock"],
    "external_dependencies": {"python": ["openpyxl", "xlsxwriter"]},
    "data": [
        "security/store_transfer_security.xml",
        "security/ir.model.access.csv",
        "data/ir_sequence_data.xml",
        "data/mail_activity_type_data.xml",
        "data/store_transfer_reason_data.xml",
        "views/stock_warehouse_views.xml",
        "views/store_transfer_count_views.xml",
    ],
    "demo": [],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
