"""Settings of accounts: django-allauth, second factors, sessions, and the limits that shut out guessers."""

from __future__ import annotations

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my"

ACCOUNT_ADAPTER = "emporion.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Without a password one signs in by a code or a passkey.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_SIGNUP_FORM_CLASS = "emporion.web.accounts.details.SignupDetails"
ACCOUNT_FORMS = {"signup": "emporion.web.accounts.signup_form.AccountSignupForm"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Login throttle: each account (key) is locked after a few failures; the network address only after more attempts than
# a delegation of some hundred people behind one address needs in a minute.
ACCOUNT_RATE_LIMITS = {
    "signup": "300/m/ip",
    "login": "600/m/ip",
    "login_failed": "300/m/ip,5/300s/key",
    "request_login_code": "300/m/ip,3/m/key",
    "reset_password": "300/m/ip,5/m/key",
    "reset_password_from_key": "300/m/ip",
    "confirm_email": "1/10s/key",
}

MFA_ADAPTER = "emporion.web.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "emporion.web.accounts.second_factor_forms.AuthenticateForm",
    "reauthenticate": "emporion.web.accounts.second_factor_forms.ReauthenticateForm",
    "activate_totp": "emporion.web.accounts.second_factor_forms.ActivateForm",
    "add_webauthn": "emporion.web.accounts.second_factor_forms.AddKeyForm",
    "edit_webauthn": "emporion.web.accounts.second_factor_forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = False
# A code is taken half a minute early or late: a phone's clock differs, and so does the time it takes to type.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False

# Limits are counted in the database, so that all processes of a site count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        # Above this, entries are removed early; limits must outlive whoever fills the table.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
