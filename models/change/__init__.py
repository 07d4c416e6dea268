from . import change, transfer
