"""People who sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.functional import cached_property

from emporion.domain.reason import ProperName


def confirm_address(user: User) -> None:
    """Let an account's address count as confirmed, because whoever does so vouches for it."""
    addresses = apps.get_model("account", "EmailAddress")._default_manager
    addresses.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


class UserManager(BaseUserManager["User"]):
    """Makes people; their e-mail address names them."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The operator of the installation, made on its command line, where nobody can be sent a code yet."""
        user = self.create_user(email, password, **{**fields, "is_superuser": True})
        confirm_address(user)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, on either side of a fair or in its office.

    A superuser operates the installation. What else a person may do follows from what they represent and from their
    roles at fairs, and never from this record.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150, blank=True)
    name_latin = models.CharField(max_length=150, blank=True, help_text="a name in Chinese, as the passport has it")
    language = models.CharField(max_length=10, default="en", choices=[("en", "English"), ("zh-hans", "简体中文")])
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def proper_name(self) -> ProperName:
        """The name, else the address, and the name in Latin letters where one is given."""
        return ProperName(self.name_latin, str(self), is_person=True)

    @cached_property
    def is_staff(self) -> bool:
        """Whether the person works for an organiser: holds a role at a fair, or operates the installation."""
        return self.is_superuser or (self.pk is not None and self.staff_roles.exists())
