from . import import_template, transfer_link
