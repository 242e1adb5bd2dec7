"""Django as a WSGI app, for `web` and for anyone who runs Havn under a server of their own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "havn.config.settings")
application = get_wsgi_application()
