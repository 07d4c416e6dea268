"""The workbench behind ``./dev``: everything needed to run and to test the addon.

It is no part of the addon: Odoo never imports it.
"""
