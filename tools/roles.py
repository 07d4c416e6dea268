"""The groups that the steps ask for."""

GROUP_STAFF = "store_transfer.group_staff"
GROUP_APPROVER = "store_transfer.group_approver"
GROUP_HEAD_OFFICE = "store_transfer.group_head_office"
GROUP_INVENTORY = "stock.group_stock_user"
