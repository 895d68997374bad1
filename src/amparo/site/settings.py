"""Django settings. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from amparo.site.databases import installed_database
from amparo.site.embedded import use_safe_sqlite
from amparo.site.keyfiles import django_secret
from amparo.site.logs import LOGGING as LOGGING
from amparo.site.paths import home, keys_folder

use_safe_sqlite()

BASE = Path(__file__).resolve().parent
PACKAGE = BASE.parent
ROOMS = [
    "ledger",
    "vault",
    "access",
    "library",
    "cases",
    "procedures",
    "panels",
    "referrals",
    "asylum",
    "solutions",
    "statistics",
    "advocacy",
    "site",
]

# For rooms below this one, which may not import amparo.site.paths.
AMPARO_HOME = home()
AMPARO_KEYS = keys_folder()
# Folders that receive the ledger's signed checkpoints: one here, and those of AMPARO_WITNESS (a path list).
AMPARO_WITNESSES = [
    home() / "witness",
    *(Path(name) for name in os.environ.get("AMPARO_WITNESS", "").split(os.pathsep) if name),
]

# The State whose law applies here (ISO alpha-3). Its own nationals are not behind the firewall of origin.
AMPARO_HOST_STATE = os.environ.get("AMPARO_HOST_STATE", "CRI")

DEBUG = False
SECRET_KEY = django_secret()
ALLOWED_HOSTS = os.environ.get("AMPARO_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("AMPARO_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    *(f"amparo.{room}" for room in ROOMS),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "amparo.site.middleware.guard_headers",
    "csp.middleware.CSPMiddleware",
    "amparo.site.middleware.clock",
    "amparo.site.middleware.request_log",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "amparo.site.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "amparo.site.middleware.say_what_a_button_does",
]

ROOT_URLCONF = "amparo.site.urls"
WSGI_APPLICATION = "amparo.site.wsgi.application"
DATABASES = {"default": installed_database()}
# The vault's server keys and its file streams. Neither is in a database dump; a backup takes only the files.
AMPARO_KEYS = keys_folder()
AMPARO_FILES = home() / "files"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amparo.site.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "amparo.site.templatetags.components",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.Staff"
PASSWORD_HASHERS = ["amparo.access.hashers.PepperedHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# Sign-in by django-allauth: user name and passphrase, second factors, passkeys. No sign-up, no mail.
ACCOUNT_ADAPTER = "amparo.access.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "amparo.access.forms.sign_in.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "unlock": "10/10m/user",
}
MFA_ADAPTER = "amparo.access.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_attempts"}
}

LANGUAGE_CODE = "es"
FORMAT_MODULE_PATH = "amparo.site.formats"
LANGUAGES = [("es", "Español"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in [Path("build/static").resolve()] if path.is_dir()]
STATIC_ROOT = home() / "static"
AMPARO_FONTS = Path("build/fonts").resolve()
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "amparo.site.static_files.HashedFiles"},
}

# Cookies: bound to this host, never sent over plain HTTP (browsers trust http://127.0.0.1), same site.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "amparo.site.views.csrf_failure"

# Headers. Only our own files load; nothing frames us; no address leaks to another site.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60  # sent only over https
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
if os.environ.get("AMPARO_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

TASKS = {"default": {"BACKEND": "amparo.ledger.backend.IdsOnlyBackend"}}
