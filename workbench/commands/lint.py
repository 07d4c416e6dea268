"""x"""
ENVIRONMENT = "lint"
PASSES_ARGUMENTS_ON = False
def add_arguments(parser):
    pass
def run(arguments):
    return 0
