from . import (
    dashboard,
    ir_module,
)
