"""Every setting, read once from the environment. What is missing has a default that is safe on one small server."""

import os
from pathlib import Path

from havn import __version__
from havn.config.keys import server_secret
from havn.config.release import release_of, static_folders

BASE = Path(__file__).resolve().parent.parent

# Where everything that must be kept lives: database, server key, run-time sockets.
DATA = Path(os.environ.get("HAVN_DATA", Path.cwd() / ".data")).resolve()
DEMO = os.environ.get("HAVN_DEMO") == "1"
# "loopback": plain http on this machine only. "tls": own certificate. "proxy": behind Caddy or nginx.
FRONT = os.environ.get("HAVN_FRONT", "loopback")
SECURE = FRONT != "loopback"
TRUSTED_PROXY = os.environ.get("HAVN_TRUSTED_PROXY", "")
TLS_CERT = os.environ.get("HAVN_CERT", "")
TLS_KEY = os.environ.get("HAVN_KEY", "")
RELEASE = release_of(BASE, __version__)

DEBUG = False
SECRET_KEY = server_secret(DATA, "django")
# Seals what the server must read with nobody signed in, such as second-factor secrets (`havn.vault.server_key`).
SERVER_KEY = server_secret(DATA, "server")
# Where the daily signed heads of the audit trail go: best a folder on another disk or machine.
AUDIT_HEADS = Path(os.environ.get("HAVN_AUDIT_HEADS") or DATA / "audit-heads").resolve()
# Host names are the centres' own, checked by tenancy's middleware against the database.
ALLOWED_HOSTS = ["*"]
USE_X_FORWARDED_HOST = False

# What people write and translate pages with. The live process knows none of it: 60 MB and a second of start less.
LIVE = os.environ.get("HAVN_PROCESS") == "live"
_EDITOR = [
    "havn.awareness",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
]
INSTALLED_APPS = [
    "havn.connections",
    "havn.trends",
    "havn.recommendations",
    "havn.door",
    "havn.mailbox",
    "havn.handover",
    "havn.limits",
    "havn.quality",
    "havn.letterbox",
    "havn.phone",
    "havn.supervision",
    "havn.helpline",
    "havn.activities",
    "havn.directory",
    "havn.events",
    "havn.rounds",
    "havn.surveys",
    "havn.forms",
    "havn.releases",
    "havn.centres",
    "havn.vocabularies",
    "havn.statistics",
    "havn.live",
    "havn.vault",
    "havn.mail",
    "havn.tasks",
    "havn.accounts",
    "havn.audit",
    "havn.tenancy",
    "havn.common",
    *([] if LIVE else _EDITOR),
    "django_tasks",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "havn.common.once.within_a_request",
    # Compresses here and not in the live process, with a random length added against guessing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "havn.common.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "havn.tenancy.middleware.centre_of_host",
    "havn.common.language.language_of_path",
    "havn.common.left.blank_after_leaving",
    "havn.accounts.sessions.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "havn.common.middleware.refusals",
]

ROOT_URLCONF = "havn.config.urls"
WSGI_APPLICATION = "havn.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "havn.common.context.page",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "havn.sqlite3",
            "OPTIONS": {
                "timeout": 10,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                    "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
                ),
            },
            # Threads of `web` live as long as the process, and so do their connections.
            "CONN_MAX_AGE": None,
            # A file even under test: the processes and threads of a test must share one database.
            "TEST": {"NAME": os.environ.get("HAVN_TEST_SQLITE") or None},
        }
    from havn.config.database_url import parse_postgres

    return parse_postgres(url)


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
PASSWORD_HASHERS = ["havn.accounts.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Cookies carry the __Host- prefix wherever the browser will honour it (it demands https).
COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_ENGINE = "havn.accounts.sessions"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}havn-session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}havn-csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "havn.config.pages.forged"
VAULT_COOKIE_NAME = f"{COOKIE_PREFIX}havn-key"
VISITOR_COOKIE_NAME = f"{COOKIE_PREFIX}visit"
PAUSE_COOKIE_NAME = f"{COOKIE_PREFIX}later"
LEFT_COOKIE_NAME = f"{COOKIE_PREFIX}p"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
# The public helpline speaks all of them; the rest of Havn those that are whole (`tools/messages.py`).
LANGUAGES = [
    ("en", "English"), ("nb", "Norsk bokmål"), ("da", "Dansk"), ("nn", "Norsk nynorsk"), ("sv", "Svenska"),
    ("fi", "Suomi"), ("is", "Íslenska"), ("bg", "Български"), ("cs", "Čeština"), ("de", "Deutsch"), ("el", "Ελληνικά"),
    ("es", "Español"), ("et", "Eesti"), ("fr", "Français"), ("ga", "Gaeilge"), ("hr", "Hrvatski"), ("hu", "Magyar"),
    ("it", "Italiano"), ("lt", "Lietuvių"), ("lv", "Latviešu"), ("mt", "Malti"), ("nl", "Nederlands"), ("pl", "Polski"),
    ("pt", "Português"), ("ro", "Română"), ("sk", "Slovenčina"), ("sl", "Slovenščina"), ("uk", "Українська"),
]  # fmt: skip
STAFF_LANGUAGES = LANGUAGES[:3]
# Those with a second, formal way to say "you": a centre chooses (`havn.common.language`).
FORMAL_LANGUAGES = frozenset(
    (
        "bg",
        "cs",
        "de",
        "el",
        "es",
        "et",
        "fi",
        "fr",
        "hr",
        "hu",
        "it",
        "lt",
        "lv",
        "nl",
        "pl",
        "pt",
        "ro",
        "sk",
        "sl",
        "uk",
    )
)
LOCALE_PATHS = [BASE / "locale"]
FORMAT_MODULE_PATH = "havn.common.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# The release in the path: relative imports need no rewriting and old tabs keep their files.
STATIC_URL = f"/static/{RELEASE}/"
STATIC_ROOT = Path(os.environ.get("HAVN_STATIC", DATA / "static"))

# The live process sends these files too, and need not import the apps for that.
STATICFILES_DIRS = static_folders(_EDITOR) if LIVE else []

# Files that editors give: below the data folder, never served by their path (`havn.awareness.views.public_files`).
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

WAGTAIL_SITE_NAME = "Havn"
WAGTAILADMIN_BASE_URL = ""
WAGTAIL_APPEND_SLASH = False
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = STAFF_LANGUAGES
# One door with one second factor: the editor has no sign-in, no passwords and no addresses of its own.
WAGTAILADMIN_LOGIN_URL = "accounts:sign_in"
WAGTAIL_FRONTEND_LOGIN_URL = "/desk/sign-in"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# It calls home unless all three are said.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_IMAGE_MODEL = "awareness.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "awareness.PublishedFile"
WAGTAILIMAGES_IMAGE_FORM_BASE = "havn.awareness.editor.pictures.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_EXTENSIONS = [
    "pdf",
    "odt",
    "ods",
    "odp",
    "docx",
    "xlsx",
    "pptx",
    "txt",
    "csv",
    "zip",
    "mp4",
    "webm",
    "mp3",
    "vtt",
]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
# A translation begins as a draft that is written, submitted and published as any page. The library would publish the
# untranslated words at once, past every review.
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILREDIRECTS_AUTO_CREATE = True

TASKS = {"default": {"BACKEND": "havn.tasks.backend.LeaseBackend"}}

# The mail server that takes what the centres send. Without a host letters wait, and Health says so.
EMAIL_HOST = os.environ.get("HAVN_SMTP_HOST", "")
_SMTP_SECURITY = os.environ.get("HAVN_SMTP_SECURITY", "starttls")
EMAIL_USE_TLS = _SMTP_SECURITY == "starttls"
EMAIL_USE_SSL = _SMTP_SECURITY == "tls"
EMAIL_PORT = int(os.environ.get("HAVN_SMTP_PORT") or {"starttls": 587, "tls": 465, "none": 25}[_SMTP_SECURITY])
EMAIL_HOST_USER = os.environ.get("HAVN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("HAVN_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("HAVN_MAIL_FROM", "")

# Whether messages to other systems may go to addresses inside the house, and by http to this machine.
CONNECT_PRIVATE = os.environ.get("HAVN_CONNECT_PRIVATE") == "1"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# The front door lets no more than 64 KB through but where the editor writes long pages (`havn.config.uploads`).
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# In memory whole, however large: nothing that was sent lies in a file that nobody clears.
FILE_UPLOAD_MAX_MEMORY_SIZE = 50 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
# Request lines, addresses and text never reach a log: only our own sentences at warning and above.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "havn.common.logs.QuietFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "havn": {"level": "INFO"},
        # A page that is not there is no fault of ours, and its address is nobody's business.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "uvicorn.error": {"level": "ERROR"},
    },
}
