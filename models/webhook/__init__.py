from . import webhook, secret, message, publishing, sending, settings
